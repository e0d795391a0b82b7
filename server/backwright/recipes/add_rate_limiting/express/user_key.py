"""How express-rate-limit can tell users apart: by what a guard has put on the request."""

from __future__ import annotations

import re

from backwright.facts.backend import Route
from backwright.recipes.add_rate_limiting.guards import is_read, left_by_guards
from backwright.recipes.project import Project

_ON_REQUEST = re.compile(r"^(?:req|request|ctx\.req)\.(\w+)$")
_IDENTIFIES = re.compile(r"(^|_)(id|sub|uid|email|username)$|[a-z](Id|Uid)$")
_FIELDS = ("id", "_id", "sub", "userId", "uid", "email", "username", "name")
_SUFFIXES = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")


def user_key(project: Project, route: Route) -> str:
    """A key function over the request; "" when no guard of the route leaves the user there."""
    for left in left_by_guards(project, route):
        found = _ON_REQUEST.match(left)
        if found is None:
            continue
        if _IDENTIFIES.search(found[1]):
            return f"(req) => String(req.{found[1]})"
        for field in _FIELDS:
            for access in (".", "?.", "!."):
                if is_read(project, f"{left}{access}{field}", _SUFFIXES):
                    return f"(req) => String(req.{found[1]}{access}{field})"
    return ""
