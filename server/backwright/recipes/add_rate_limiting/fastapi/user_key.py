"""How slowapi can tell users apart: by what a guard has put on the request."""

from __future__ import annotations

import re

from backwright.facts.backend import Route
from backwright.recipes.add_rate_limiting.guards import is_read, left_by_guards
from backwright.recipes.project import Project

_ON_REQUEST = re.compile(r"^request\.state\.(\w+)$")
_IDENTIFIES = re.compile(r"(^|_)(id|sub|uid|email|username)$")


def user_key(project: Project, route: Route) -> str:
    """A key function over the request; "" when no guard of the route leaves the user there."""
    for left in left_by_guards(project, route):
        found = _ON_REQUEST.match(left)
        if found and _IDENTIFIES.search(found[1]):
            return f"lambda request: str({left})"
        if found and is_read(project, f"{left}.id", (".py",)):
            return f"lambda request: str({left}.id)"
    return ""
