"""What a route has or lacks, in words."""

from __future__ import annotations

from backwright.facts.backend import Route
from backwright.recipes.recipe import RouteFact

LACKING: dict[RouteFact, str] = {
    "tests": "no tests",
    "rate_limit": "no rate limit",
    "guards": "no guard",
    "validators": "no validation",
}


def state_of(route: Route, fact: RouteFact) -> str:
    """Such as `2 tests` or `no rate limit`."""
    value = getattr(route, fact)
    if not value:
        return LACKING[fact]
    if isinstance(value, str):
        return value
    word = fact if len(value) > 1 else fact.removesuffix("s")
    return f"{len(value)} {word}"


def lacking(route: Route) -> list[str]:
    return [words for fact, words in LACKING.items() if not getattr(route, fact)]
