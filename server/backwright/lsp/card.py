"""One route as a card: a table in Markdown, or aligned lines of text."""

from __future__ import annotations

from backwright.facts.backend import Guard, Place, Route, TestRef
from backwright.lsp.words import lacking

_MOST_TESTS = 5


def as_markdown(route: Route) -> str:
    heading = f"**{_code(route.title)}** {_escaped(route.framework)}"
    rows = [f"| {name} | {_cell(values)} |" for name, values in _rows(route)]
    return "\n".join([heading, "", "| | |", "|---|---|", *rows])


def as_text(route: Route) -> str:
    rows = [f"{name:<12} {', '.join(values)}" for name, values in _rows(route)]
    return "\n".join([f"{route.title} ({route.framework})", *rows])


def _rows(route: Route) -> list[tuple[str, list[str]]]:
    """What is known, row by row; rows without anything to say are left out."""
    rows = [
        ("Handler", [f"{route.handler or 'unnamed'} ({_at(route.handler_place)})"]),
        ("Guards", [_guard(it) for it in route.guards] or ["none"]),
        ("Rate limit", [route.rate_limit or "none"]),
        ("Validation", route.validators or ["none"]),
        ("Parameters", [_parameter(it.name, it.location, it.type) for it in route.parameters]),
        ("Request", [route.request_model] if route.request_model else []),
        ("Response", [route.response_model] if route.response_model else []),
        ("Tests", _tests(route.tests)),
        ("Path", [] if route.resolved else ["part of it is not known"]),
        ("Missing", lacking(route)),
    ]
    return [(name, values) for name, values in rows if values]


def _guard(guard: Guard) -> str:
    where = f", {_at(guard.place)}" if guard.place is not None else ""
    return f"{guard.name} ({guard.source}{where})"


def _parameter(name: str, location: str, of_type: str) -> str:
    return f"{name}: {of_type} ({location})" if of_type else f"{name} ({location})"


def _tests(tests: list[TestRef]) -> list[str]:
    places = [f"{it.file}:{it.line}" for it in tests[:_MOST_TESTS]]
    more = [f"{len(tests) - _MOST_TESTS} more"] if len(tests) > _MOST_TESTS else []
    return [f"{len(tests)}: {places[0]}", *places[1:], *more] if tests else ["none"]


def _at(place: Place) -> str:
    return f"{place.file}:{place.line}"


def _cell(values: list[str]) -> str:
    return ", ".join(_code(it) if it != "none" else it for it in values)


def _code(text: str) -> str:
    """Inline code, whatever the text holds: names come from code that anyone may have written."""
    line = " ".join(text.replace("`", "'").split()).replace("|", "\\|")
    return f"`{line}`"


def _escaped(text: str) -> str:
    return "".join(it if it.isalnum() or it in " -_." else f"\\{it}" for it in text)
