"""What is said of a limit to the person: what was done, and what deserves a second look."""

from __future__ import annotations

from backwright.facts.backend import Route
from backwright.recipes.add_rate_limiting.python_limiter import Limiter
from backwright.recipes.add_rate_limiting.rate import Rate
from backwright.recipes.project import Project


def summary(
    project: Project, route: Route, rates: tuple[Rate, ...], whom: str, *, asked: bool
) -> str:
    """One sentence; it names the other endpoints that are limited with this one."""
    rate = " and ".join(it.worded for it in rates)
    why = "" if asked else ", as no rate was asked for"
    others = [
        it.title
        for it in project.situation.backend.routes
        if it.handler_place == route.handler_place and it.title != route.title
    ]
    verb = "shares" if len(others) == 1 else "share"
    also = f"; {' and '.join(others)} {verb} the handler and its limit" if others else ""
    return f"{route.title} answers {rate} for each {whom}{why}, then 429{also}"


def review_of_tests(route: Route, rates: tuple[Rate, ...]) -> tuple[str, ...]:
    """A word of warning where tests may come to the limit themselves."""
    least = min((it.count for it in rates), default=0)
    if len(route.tests) <= least:
        return ()
    return (
        f"{len(route.tests)} tests call {route.title} and may reach the limit when they run"
        " together; switch the limiter off for tests",
    )


def review_of_new(limiter: Limiter, proxy: str) -> tuple[str, ...]:
    """Nothing for a limiter that is there; its owner has thought of these."""
    if limiter.new is None:
        return ()
    if "storage_uri" in limiter.new.body and '"memory://"' not in limiter.new.body:
        return (proxy,)
    memory = (
        "counts are kept in the memory of each process: with several workers give the limiter in"
        f" {limiter.file} a storage_uri that they share, such as a Redis"
    )
    return (proxy, memory)
