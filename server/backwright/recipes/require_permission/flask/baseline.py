"""A view of Flask asks for a role: by a decorator below that which asks who calls."""

from __future__ import annotations

from backwright.recipes.guarding.flask import of_view, put, usages
from backwright.recipes.guarding.usage import in_front
from backwright.recipes.outcome import Outcome, Refused, Situation
from backwright.recipes.project import Project
from backwright.recipes.require_permission.said import draft, standing
from backwright.recipes.require_permission.wish import chosen, route_of


def baseline(situation: Situation) -> Outcome:
    route = route_of(situation)
    if isinstance(route, Refused):
        return route
    project = Project(situation)
    every = usages(project)
    found = chosen(project, route, every)
    if isinstance(found, Refused):
        return found
    own = of_view(project, route)
    if (there := standing(route, own, found)) is not None:
        return there
    before = [] if route.guards else in_front(project, "flask", every, found.usage)
    below = own[-1].factory if own else ""
    return draft(route, found, put(project, route, [*before, found.usage], below))
