"""Routes that no test calls."""

from __future__ import annotations

from backwright.facts.backend import Backend
from backwright.gaps.rule import Found, Rule


def find(backend: Backend) -> Found:
    for route in backend.routes:
        if not route.tests and route.protocol == "http":
            yield f"No test calls {route.title}", route.handler_place


RULE = Rule(
    id="no-tests",
    title="No test calls a route",
    why="A change that breaks it is noticed by those who use it.",
    severity="note",
    recipe="generate-tests",
    find=find,
)
