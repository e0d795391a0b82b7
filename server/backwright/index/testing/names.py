"""Paths by the names of routes: `url_for("users.read", id=1)`, `app.url_path_for("read_user")`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from backwright.facts.backend import Route
from backwright.index.frameworks import roles
from backwright.index.mounting.events import Endpoint
from backwright.index.values import Arguments, Object, Str, Value

_PARAMETER = re.compile(r"\{(\w*)\*?\}")


@dataclass(slots=True)
class RouteNames:
    """The paths that a name stands for. A route is called like its handler unless it says
    otherwise; below a named router that name may precede it."""

    _paths: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[Endpoint, Route]]) -> RouteNames:
        names = cls()
        for endpoint, route in pairs:
            given = endpoint.event.name
            own = given.text if isinstance(given, Str) else route.handler.rpartition(".")[2]
            names._add(own, route.path)
            if above := _router_name(endpoint.event.owner):
                names._add(f"{above}.{own}", route.path)
        return names

    def path(self, arguments: Arguments) -> Value | None:
        """The path that a URL builder gives; None when no single route has the name."""
        named = arguments.get((0, "endpoint", "name"))
        if not isinstance(named, Str) or not named.known:
            return None
        path = self._find(named.text)
        if path is None:
            return None
        parts: list[str | None] = []
        at = 0
        for match in _PARAMETER.finditer(path):
            given = arguments.keywords.get(match[1])
            parts.append(path[at : match.start()])
            parts += given.parts if isinstance(given, Str) else (None,)
            at = match.end()
        return Str((*parts, path[at:]))

    def _add(self, name: str, path: str) -> None:
        self._paths.setdefault(name, set()).add(path)

    def _find(self, name: str) -> str | None:
        """The whole name first, then without the outer routers and mounts that it names."""
        pieces = re.split(r"[.:]", name.lstrip("."))
        for wanted in (name, ".".join(pieces[-2:]), pieces[-1]):
            found = self._paths.get(wanted, set())
            if len(found) == 1:
                return next(iter(found))
        return None


def _router_name(owner: Object) -> str:
    known = roles().by_construct.get(owner.origin)
    if known is None or not known[1].name:
        return ""
    named = owner.arguments.get(known[1].name)
    return named.text if isinstance(named, Str) and named.known else ""
