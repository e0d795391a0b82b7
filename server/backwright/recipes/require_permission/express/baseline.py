"""A route of Express asks for a role: behind what asks who calls, with that where it is missing."""

from __future__ import annotations

from backwright.recipes.guarding.express import of_route, put, usages
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
    own = of_route(project, route)
    names = {it.name for it in route.guards}
    inherited = [it for it in every if it.is_of_role and it.guard in names]
    if (there := standing(route, own or inherited, found)) is not None:
        return there
    before = [] if route.guards else in_front(project, "express", every, found.usage)
    behind = own[-1].code if own else ""
    return draft(route, found, put(project, route, [*before, found.usage], behind))
