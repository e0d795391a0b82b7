"""Routes that read a body as it comes."""

from __future__ import annotations

from backwright.facts.backend import Backend, Route, RouteParameter
from backwright.gaps.rule import Found, Rule

_ANYTHING = ("dict", "Dict", "Any", "object", "any", "unknown", "Mapping", "Request")


def find(backend: Backend) -> Found:
    for route in backend.routes:
        given = [it for it in route.parameters if it.location in {"body", "form"}]
        if given and not _is_checked(route, given):
            names = ", ".join(it.name for it in given[:3])
            more = ", …" if len(given) > 3 else ""
            yield f"{route.title} reads {names}{more} without checking it", route.handler_place


def _is_checked(route: Route, given: list[RouteParameter]) -> bool:
    if route.validators:
        return True
    if route.request_model:
        return not route.request_model.startswith(_ANYTHING)
    return all(it.type and not it.type.startswith(_ANYTHING) for it in given)


RULE = Rule(
    id="no-validation",
    title="A route reads its body without checking it",
    why="What a client sends may be missing, of another type or far too large; the handler then"
    " fails or stores it.",
    severity="warning",
    recipe="add-validation",
    find=find,
)
