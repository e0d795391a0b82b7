"""Where an endpoint needs no authentication, and what a person is told of one that has it now."""

from __future__ import annotations

from backwright.edits.units import Unit
from backwright.facts.backend import Route
from backwright.gaps.endpoints import lets_in
from backwright.recipes.guarding.usage import Usage
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation


def route_of(situation: Situation) -> Route | AlreadyDone | Refused:
    """The endpoint that shall be guarded."""
    route = situation.target.route
    if route is None:
        return Refused("there is no endpoint here to guard")
    if route.protocol != "http":
        return Refused(f"this guards HTTP endpoints; {route.title} is a {route.protocol} one")
    if route.guards:
        names = ", ".join(it.name for it in route.guards)
        return AlreadyDone(f"{route.title} is guarded already, by {names}")
    if lets_in(route):
        return Refused(
            f"{route.title} is for those who are not signed in yet; nobody could pass it any more"
        )
    return route


def without_guard() -> Refused:
    return Refused(
        "no endpoint of this project asks who calls, so there is no guard to reuse; it would need"
        " sign-in first, such as by JSON Web Tokens (jwt-auth), or a model to write one"
    )


def draft(route: Route, usage: Usage, units: list[Unit] | Refused) -> Outcome:
    if isinstance(units, Refused):
        return units
    ordered = sorted(units, key=lambda it: it.action == "imports")
    said = f"{route.title} asks who calls, by {usage.factory or usage.guard} as other endpoints do"
    return Draft(tuple(ordered), said, review=tuple(review_of_tests(route)))


def review_of_tests(route: Route) -> list[str]:
    if not route.tests:
        return []
    count = len(route.tests)
    tests = "1 test was" if count == 1 else f"{count} tests were"
    return [f"{tests} written before {route.title} was guarded: see that credentials are sent"]
