"""The card of a route."""

from __future__ import annotations

from backwright.facts.backend import Guard, Route, RouteParameter, TestRef
from backwright.lsp.card import Card, Row, at
from backwright.lsp.words import lacking

_MOST_TESTS = 5


def route_card(route: Route) -> Card:
    count = len(route.tests)
    rows = [
        Row("Handler", [f"{route.handler or 'unnamed'} ({at(route.handler_place)})"]),
        Row("Guards", [_guard(it) for it in route.guards], "none"),
        Row("Rate limit", [route.rate_limit] if route.rate_limit else [], "none"),
        Row("Validation", route.validators, "none"),
        Row("Parameters", [_parameter(it) for it in route.parameters]),
        Row("Request", [route.request_model] if route.request_model else []),
        Row("Response", [route.response_model] if route.response_model else []),
        Row("Models", route.models),
        Row("Jobs", route.jobs),
        Row(f"Tests ({count})" if count else "Tests", _tests(route.tests), "none"),
        Row("Path", words="" if route.resolved else "part of it is not known"),
        Row("Missing", words=", ".join(lacking(route))),
    ]
    return Card(route.title, route.framework, rows)


def _guard(guard: Guard) -> str:
    where = f", {at(guard.place)}" if guard.place is not None else ""
    return f"{guard.name} ({guard.source}{where})"


def _parameter(parameter: RouteParameter) -> str:
    of_type = f": {parameter.type}" if parameter.type else ""
    return f"{parameter.name}{of_type} ({parameter.location})"


def _tests(tests: list[TestRef]) -> list[str]:
    places = [f"{it.file}:{it.line}" for it in tests[:_MOST_TESTS]]
    return [*places, f"{len(tests) - _MOST_TESTS} more"] if len(tests) > _MOST_TESTS else places
