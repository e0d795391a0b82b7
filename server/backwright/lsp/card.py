"""One route as a card: a table in Markdown, or aligned lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backwright.facts.backend import Guard, Place, Route, RouteParameter, TestRef
from backwright.lsp.words import lacking

_MOST_TESTS = 5


@dataclass(frozen=True, slots=True)
class _Row:
    """`names` come from the code, `words` are ours."""

    title: str
    names: Sequence[str] = ()
    words: str = ""


def as_markdown(route: Route, links: Sequence[str] = ()) -> str:
    """`links` are Markdown too; they stand above the table, which a small window cuts off."""
    heading = f"**{_code(route.title)}** {_escaped(route.framework)}"
    rows = []
    for row in _rows(route):
        shown = ", ".join(_code(it) for it in row.names) or row.words
        rows.append(f"| {row.title} | {shown} |")
    above = [" · ".join(links), ""] if links else []
    return "\n".join([heading, "", *above, "| | |", "|---|---|", *rows])


def as_text(route: Route) -> str:
    rows = [f"{it.title:<12} {', '.join(it.names) or it.words}" for it in _rows(route)]
    return "\n".join([f"{route.title} ({route.framework})", *rows])


def _rows(route: Route) -> list[_Row]:
    """What is known, row by row; rows without anything to say are left out."""
    count = len(route.tests)
    rows = [
        _Row("Handler", [f"{route.handler or 'unnamed'} ({_at(route.handler_place)})"]),
        _Row("Guards", [_guard(it) for it in route.guards], "none"),
        _Row("Rate limit", [route.rate_limit] if route.rate_limit else [], "none"),
        _Row("Validation", route.validators, "none"),
        _Row("Parameters", [_parameter(it) for it in route.parameters]),
        _Row("Request", [route.request_model] if route.request_model else []),
        _Row("Response", [route.response_model] if route.response_model else []),
        _Row(f"Tests ({count})" if count else "Tests", _tests(route.tests), "none"),
        _Row("Path", words="" if route.resolved else "part of it is not known"),
        _Row("Missing", words=", ".join(lacking(route))),
    ]
    return [it for it in rows if it.names or it.words]


def _guard(guard: Guard) -> str:
    where = f", {_at(guard.place)}" if guard.place is not None else ""
    return f"{guard.name} ({guard.source}{where})"


def _parameter(parameter: RouteParameter) -> str:
    of_type = f": {parameter.type}" if parameter.type else ""
    return f"{parameter.name}{of_type} ({parameter.location})"


def _tests(tests: list[TestRef]) -> list[str]:
    places = [f"{it.file}:{it.line}" for it in tests[:_MOST_TESTS]]
    return [*places, f"{len(tests) - _MOST_TESTS} more"] if len(tests) > _MOST_TESTS else places


def _at(place: Place) -> str:
    return f"{place.file}:{place.line}"


def _code(text: str) -> str:
    """Inline code, whatever the text holds: names come from code that anyone may have written."""
    line = " ".join(text.replace("`", "'").split()).replace("|", "\\|")
    return f"`{line}`"


def _escaped(text: str) -> str:
    return "".join(it if it.isalnum() or it in " -_." else f"\\{it}" for it in text)
