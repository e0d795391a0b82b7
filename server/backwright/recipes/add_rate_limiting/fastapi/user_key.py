"""How slowapi can tell users apart: by what a guard has put on the request."""

from __future__ import annotations

import re

from backwright.facts import code, walk
from backwright.facts.backend import Route
from backwright.recipes.project import Project

_ON_REQUEST = re.compile(r"^request\.state\.(\w+)$")
_IDENTIFIES = re.compile(r"(^|_)(id|sub|uid|email|username)$")


def user_key(project: Project, route: Route) -> str:
    """A key function over the request; "" when no guard of the route leaves the user there."""
    for guard in route.guards:
        if guard.place is None:
            continue
        function = project.function_at(guard.place.file, guard.place.start)
        for step in walk.steps(function.steps) if function is not None else ():
            if not isinstance(step, code.Assign):
                continue
            found = _ON_REQUEST.match(walk.dotted(step.target))
            if found and _IDENTIFIES.search(found[1]):
                return f"lambda request: str(request.state.{found[1]})"
            if found and _has_id(project, found[1]):
                return f"lambda request: str(request.state.{found[1]}.id)"
    return ""


def _has_id(project: Project, name: str) -> bool:
    return any(
        f"request.state.{name}.id".encode() in project.source(it)
        for it in project.sources((".py",))
    )
