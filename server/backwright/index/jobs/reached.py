"""Which jobs a route asks for: its handler itself, or what that calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from backwright.facts.backend import Job, Route
from backwright.index.calls import Calls
from backwright.index.reach import Reach, Site
from backwright.index.scopes import Scopes


def with_jobs(
    routes: Sequence[Route],
    jobs: Sequence[Job],
    calls: Calls,
    calls_of: Callable[[frozenset[str]], Calls],
    scopes: Scopes,
) -> list[Route]:
    """The routes, each with the names of the jobs that it asks for. The jobs were found in
    `calls`; `calls_of` gives the calls of functions with some names."""
    names: dict[Site, list[str]] = {}
    for job in jobs:
        for site in job.enqueued_at:
            names.setdefault((site.file, site.start, site.end), []).append(job.name)
    reach = Reach[str](calls_of, scopes)
    reach.look(names, calls)
    return [
        replace(route, jobs=list(found)) if (found := reach.at(route.handler_place)) else route
        for route in routes
    ]
