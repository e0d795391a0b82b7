"""How Flask-Limiter can tell users apart: by what a guard has left in `g` or in its library."""

from __future__ import annotations

import re

from backwright.facts.backend import Route
from backwright.recipes.add_rate_limiting.guards import is_read, left_by_guards
from backwright.recipes.add_rate_limiting.python_limiter import UserKey
from backwright.recipes.project import Project

_IN_G = re.compile(r"^g\.(\w+)$")
_IDENTIFIES = re.compile(r"(^|_)(id|sub|uid|email|username)$")
_LIBRARIES = {
    "flask_login": UserKey(
        "lambda: current_user.get_id()", "from flask_login import current_user\n"
    ),
    "flask_jwt_extended": UserKey(
        "lambda: str(get_jwt_identity())", "from flask_jwt_extended import get_jwt_identity\n"
    ),
}


def user_key(project: Project, route: Route) -> UserKey | None:
    """A key function; None when no guard of the route tells who the user is."""
    for left in left_by_guards(project, route):
        found = _IN_G.match(left)
        if found and _IDENTIFIES.search(found[1]):
            return UserKey(f"lambda: str({left})", "from flask import g\n")
        if found and is_read(project, f"{left}.id", (".py",)):
            return UserKey(f"lambda: str({left}.id)", "from flask import g\n")
    for guard in route.guards:
        origin = project.origin(route.handler_place.file, guard.name)
        if (key := _LIBRARIES.get(origin.partition(".")[0])) is not None:
            return key
    return None
