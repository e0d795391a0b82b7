"""Which resources of a request the project serves already."""

from __future__ import annotations

import re

from backwright.facts.backend import Route, Stack
from backwright.recipes.outcome import Situation
from backwright.recipes.rest_api.resources import Resource

_PARAMETER = re.compile(r"\{[^}]*\}")


def routes_of(situation: Situation, stack: Stack) -> list[Route]:
    """The routes of one application."""
    return [it for it in situation.backend.routes if it.app in {stack.app, ""}]


def operations(it: Resource, routes: list[Route]) -> set[str]:
    """What is served of a resource: `list`, `create`, `read`, `change`, `delete`."""
    names = {it.path, it.table, it.many.lower(), it.plural}
    found = set()
    for route in routes:
        parts = [part for part in route.path.lower().strip("/").split("/") if part]
        if not parts:
            continue
        if parts[-1] in names and not any(_PARAMETER.fullmatch(part) for part in parts):
            found.add({"GET": "list", "POST": "create"}.get(route.method, ""))
        elif len(parts) > 1 and parts[-2] in names and _PARAMETER.fullmatch(parts[-1]):
            found.add(_ON_ONE.get(route.method, ""))
    return found - {""}


_ON_ONE = {"GET": "read", "PUT": "change", "PATCH": "change", "DELETE": "delete"}
ALL = frozenset({"list", "create", "read", "change", "delete"})
