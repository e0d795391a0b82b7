"""Routes that change something, or give tokens, as often as anyone likes."""

from __future__ import annotations

from backwright.facts.backend import Backend
from backwright.gaps.endpoints import writes
from backwright.gaps.rule import Found, Rule


def find(backend: Backend) -> Found:
    for route in backend.routes:
        if writes(route) and not route.rate_limit:
            yield f"{route.title} can be called without limit", route.handler_place


RULE = Rule(
    id="no-rate-limit",
    title="A route that changes something has no rate limit",
    why="One client can guess passwords or fill the database as fast as the server answers.",
    severity="note",
    recipe="add-rate-limiting",
    find=find,
)
