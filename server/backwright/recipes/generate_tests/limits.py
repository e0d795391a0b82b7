"""How many requests a rate limit leaves for new tests of an endpoint."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backwright.facts.backend import Route
from backwright.recipes.generate_tests.existing import ExistingTest, covers

_RATE = re.compile(r"(\d+)\s*(?:/|per)")


def budget_of(route: Route, tests: list[ExistingTest], routes: Sequence[Route]) -> int | None:
    """The requests that are left when the tests that are there have made theirs; None without a
    limit. One is kept in reserve."""
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
