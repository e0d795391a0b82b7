"""Bearer tokens in Django: an authentication class of REST framework, else a middleware."""

from __future__ import annotations

import posixpath
import re

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.recipes.authentication.environment import example_of
from backwright.recipes.authentication.render import renderer
from backwright.recipes.jwt_auth.asked import Asked
from backwright.recipes.jwt_auth.said import REVIEW, SECRET_STEP
from backwright.recipes.outcome import Draft, Outcome, Refused
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project
from backwright.text.span import Span

_MIDDLEWARE = re.compile(rb"^MIDDLEWARE\s*=\s*\[(?P<inner>[^\]]*)\]", re.MULTILINE)
_LAST = "django.contrib.auth.middleware.AuthenticationMiddleware"


def verifying(project: Project, asked: Asked) -> Outcome:
    settings = _settings(project)
    if not settings:
        return Refused("no settings module with MIDDLEWARE or INSTALLED_APPS is found here")
    home = posixpath.dirname(settings)
    if posixpath.basename(home) == "settings":
        home = posixpath.dirname(home)
    path = _free(project, home)
    package = _module(project, path)
    wants_plain = re.search(
        r"\b(?:without|no) (?:drf|rest framework)\b", asked.request, re.IGNORECASE
    )
    rest = "djangorestframework" in project.situation.stack.dependencies and not wants_plain
    values = {"module": package, "claims": asked.claims, "path": path}
    render = renderer(__file__)
    units = [Unit(path, "create", text=render("rest.py.j2" if rest else "plain.py.j2", **values))]
    tests = _tests(project, home)
    if tests:
        text = render("rest_test.py.j2" if rest else "plain_test.py.j2", **values)
        units.append(Unit(tests, "create", text=text))
    units += example_of(project, ["JWT_SECRET"])
    if rest:
        summary = (
            f"`BearerAuthentication` in {path} validates bearer tokens and gives the request its"
            " user; an expired token is answered with 401 and the code token_expired"
        )
        undone = (
            (
                f"its place in REST_FRAMEWORK: name {package}.BearerAuthentication in"
                " DEFAULT_AUTHENTICATION_CLASSES, or in the authentication_classes of a view",
            )
            if asked.everywhere
            else ()
        )
    else:
        wired = _with_middleware(project, settings, f"{package}.bearer_middleware")
        if wired is None:
            return Refused(f"the list MIDDLEWARE is not found in {settings}")
        units += wired
        summary = (
            f"the middleware in {path} validates bearer tokens and sets `request.user`,"
            " `token_required` demands one of a view; an expired token is answered with 401 and"
            " the code token_expired"
        )
        undone = ()
    return Draft(
        tuple(units),
        summary,
        unserved=undone,
        next_steps=(SECRET_STEP,),
        review=(
            "a token's `sub` has to be the primary key of a user who is active",
            *REVIEW[:1],
        ),
    )


def _settings(project: Project) -> str:
    """The module of settings that lists the middleware; the outermost of several."""
    found = [it for it in project.sources((".py",)) if _MIDDLEWARE.search(project.source(it))]
    return min(found, key=lambda it: ("settings" not in it, it.count("/"), it), default="")


def _free(project: Project, home: str) -> str:
    paths = [posixpath.join(home, f"{it}.py") for it in ("bearer", "jwt_auth", "bearer_tokens")]
    return next((it for it in paths if project.situation.document(it) is None), paths[-1])


def _module(project: Project, path: str) -> str:
    """The dotted name of a module, from the folder of `manage.py`."""
    manage = [it for it in project.situation.paths if posixpath.basename(it) == "manage.py"]
    roots = [posixpath.dirname(it) for it in manage]
    root = max((it for it in roots if path.startswith(it)), key=len, default="")
    return path[len(root) :].strip("/").removesuffix(".py").replace("/", ".")


def _tests(project: Project, home: str) -> str:
    path = posixpath.join(home, "test_bearer.py")
    return path if project.situation.document(path) is None else ""


def _with_middleware(project: Project, settings: str, name: str) -> list[Unit] | None:
    """The middleware behind the one that Django itself tells users by, else at the end."""
    source = project.source(settings)
    found = _MIDDLEWARE.search(source)
    if found is None:
        return None
    inner, start = found["inner"].decode(), found.start("inner")
    last = max(inner.rfind(f'"{_LAST}"'), inner.rfind(f"'{_LAST}'"))
    line = inner.rfind("\n", 0, last) + 1 if last >= 0 else -1
    if line > 0:
        indent = inner[line:last]
        quote = inner[last]
        at = inner.find("\n", last)
        at = at if at >= 0 else len(inner)
        comma = "" if "," in inner[last:at] else ","
        text = f"{comma}\n{indent}{quote}{name}{quote},"
    else:
        at = len(inner.rstrip().rstrip(","))
        text = f', "{name}"' if inner.strip() else f'"{name}"'
    place = start + len(inner[:at].encode())
    return edited_lines(settings, source, [Edit(Span(place, place), text)])
