"""Which statements that are put together a route runs: its handler itself, or what that calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from backwright.facts.backend import Place, Route, SqlFinding
from backwright.index.calls import Calls
from backwright.index.reach import Reach, Site
from backwright.index.scopes import Scopes


def with_sql(
    routes: Sequence[Route],
    findings: Sequence[SqlFinding],
    calls: Calls,
    calls_of: Callable[[frozenset[str]], Calls],
    scopes: Scopes,
) -> list[Route]:
    """The routes, each with the calls that run such a statement. The findings were made in
    `calls`; `calls_of` gives the calls of functions with some names."""
    sites: dict[Site, list[Place]] = {
        (it.file, it.place.start, it.place.end): [it.place] for it in findings
    }
    reach = Reach[Place](calls_of, scopes)
    reach.look(sites, calls)
    return [
        replace(route, sql=list(found)) if (found := reach.at(route.handler_place)) else route
        for route in routes
    ]
