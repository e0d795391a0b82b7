"""Routes that change something and let anyone do so."""

from __future__ import annotations

from backwright.facts.backend import Backend
from backwright.gaps.endpoints import lets_in, writes
from backwright.gaps.rule import Found, Rule


def find(backend: Backend) -> Found:
    for route in backend.routes:
        if writes(route) and not route.guards and not lets_in(route):
            yield f"{route.title} can be called by anyone: nothing guards it", route.handler_place


RULE = Rule(
    id="unguarded-write",
    title="A route that changes something has no guard",
    why="Whoever can reach the server can change its data. Require a signed-in user, or a"
    " permission.",
    severity="warning",
    recipe="add-authentication",
    find=find,
)
