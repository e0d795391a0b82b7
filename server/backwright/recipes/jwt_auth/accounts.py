"""Accounts that register, sign in and have a profile."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from backwright.edits.units import Unit
from backwright.recipes.authentication.choice import Choice
from backwright.recipes.brief.brief import Brief
from backwright.recipes.jwt_auth.account import Account, account_of
from backwright.recipes.jwt_auth.asked import Asked
from backwright.recipes.jwt_auth.express.new_project import new_project as guarded_express
from backwright.recipes.jwt_auth.said import ACCOUNT_REVIEW
from backwright.recipes.outcome import Draft, Outcome, Refused
from backwright.recipes.project import Project

_NEW = ("fastapi", "flask")
_DATABASES = frozenset({"", "sqlite", "postgresql"})
_LIBRARIES = {
    "fastapi": {"sqlalchemy", "pydantic"},
    "flask": {"sqlalchemy", "pydantic"},
}
_STEPS = {
    "fastapi": ('pip install -e ".[dev]"', "uvicorn app.main:app --reload"),
    "flask": ('pip install -e ".[dev]"', "flask --app app run --debug"),
}


def new_project(brief: Brief, asked: Asked, choice: Choice) -> Outcome:
    """A project of its own, for an empty folder."""
    if choice.framework == "express" and not asked.accounts:
        return guarded_express(asked, choice.language)
    if choice.framework not in _NEW:
        return Refused(
            f"a new project with accounts has templates for {', '.join(_NEW)}, not for"
            f" {choice.framework}; start one with its own scaffolder, or configure a model"
        )
    account = account_of(brief, asked)
    if isinstance(account, Refused):
        return account
    make = import_module(f"{__package__}.{choice.framework}.new_project").new_project
    units = cast("Callable[[Account, str], list[Unit]]", make)(account, choice.language)
    wishes = brief.wishes
    used = _LIBRARIES[choice.framework]
    undone = [it for it in (wishes.orm, wishes.validation) if it and it not in used]
    undone += [wishes.database] if wishes.database not in _DATABASES else []
    install, run = _STEPS[choice.framework]
    secret = "cp .env.example .env, and set JWT_SECRET in it as the README says"
    return Draft(
        tuple(units),
        f"A project with accounts of {account.plural.replace('_', ' ')}: registration, login that"
        f" hands out a JWT, and {account.profile_path} for whom the token was made",
        unserved=tuple(undone),
        next_steps=(install, secret, run),
        review=ACCOUNT_REVIEW,
    )


def added_accounts(project: Project, brief: Brief, asked: Asked, choice: Choice) -> Outcome:
    """Accounts in the project that is there."""
    return Refused(
        "accounts are only written for an empty folder yet; ask for tokens alone to have what"
        " validates them, or configure a model"
    )
