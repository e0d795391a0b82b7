"""What a project has already: code that verifies tokens, and endpoints for accounts."""

from __future__ import annotations

import re

from backwright.recipes.jwt_auth.asked import Asked
from backwright.recipes.outcome import AlreadyDone, Refused
from backwright.recipes.project import Project

_SUFFIXES = (".py", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")
_VERIFIES = re.compile(
    rb"\bjwt\.decode\(|\bjwt\.verify\(|\bjwtVerify\(|\bverify_jwt_in_request\b|@jwt_required\b"
    rb"|\bJWTAuthentication\b|\bJWTManager\(|\bexpressjwt\("
)
_LOGIN = re.compile(r"(?:login|log-in|signin|sign-in|tokens?|sessions?)$", re.IGNORECASE)
_REGISTER = re.compile(r"(?:register|registration|sign-?up|accounts?|users)$", re.IGNORECASE)


def standing(project: Project, asked: Asked) -> AlreadyDone | Refused | None:
    """What there is to say where tokens are verified already; None where nothing does."""
    file = verifies_in(project)
    if not file:
        return None
    if not asked.accounts:
        return AlreadyDone(
            f"{file} verifies tokens already; `add-authentication` puts what does so in front of"
            " an endpoint"
        )
    posts = [it for it in project.situation.backend.routes if it.method == "POST"]
    signs_in = next((it for it in posts if _LOGIN.search(it.path)), None)
    registers = next((it for it in posts if _REGISTER.search(it.path)), None)
    if signs_in and registers:
        return AlreadyDone(
            f"tokens are verified in {file}, accounts register with {registers.title} and sign in"
            f" with {signs_in.title} already"
        )
    return Refused(
        f"{file} verifies tokens already, but no endpoint to"
        f" {'register' if signs_in else 'sign in'} is found; accounts are only added with all of"
        " it, so say what is missing with a model configured"
    )


def verifies_in(project: Project) -> str:
    """The first file of the application that verifies tokens; "" for none."""
    return next(
        (it for it in project.sources(_SUFFIXES) if _VERIFIES.search(project.source(it))), ""
    )
