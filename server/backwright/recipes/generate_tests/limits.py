"""How many requests a rate limit leaves for new tests of an endpoint."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backwright.facts.backend import Route
from backwright.recipes.generate_tests.existing import ExistingTest, covers
from backwright.recipes.generate_tests.project import Project

_RATE = re.compile(r"(\d+)\s*(?:/|per)")


def budget_of(
    route: Route,
    tests: list[ExistingTest],
    routes: Sequence[Route],
    *,
    switched_off: bool = False,
) -> int | None:
    """The requests that are left when the tests that are there have made theirs; None without a
    limit. One is kept in reserve."""
    if switched_off:
        return None
    rates = [int(it) for it in _RATE.findall(route.rate_limit)]
    if not rates:
        return None
    spent = sum(
        1
        for test in tests
        for method, path in test.requests
        if covers(test, route, routes) and method == route.method
    )
    return max(min(rates) - spent - 1, 0)


def limits_are_off(project: Project) -> bool:
    """Whether the project switches its limiter off while it is tested."""
    return any(
        _OFF.search(project.situation.source(it)) for it in project.paths if it.endswith(".py")
    )


_OFF = re.compile(r"RATELIMIT_ENABLED|limiter\.enabled\s*=\s*False")
