"""An endpoint of FastAPI asks for a role: by another dependency, or instead of mere sign-in."""

from __future__ import annotations

from backwright.recipes.guarding.fastapi import of_endpoint, put, put_instead, usages
from backwright.recipes.outcome import Outcome, Refused, Situation
from backwright.recipes.project import Project
from backwright.recipes.require_permission.said import draft, standing
from backwright.recipes.require_permission.wish import chosen, route_of


def baseline(situation: Situation) -> Outcome:
    route = route_of(situation)
    if isinstance(route, Refused):
        return route
    project = Project(situation)
    found = chosen(project, route, usages(project))
    if isinstance(found, Refused):
        return found
    own = of_endpoint(project, route)
    if (there := standing(route, own, found)) is not None:
        return there
    signed = next((it for it in own if it.form == found.usage.form == "annotation"), None)
    if signed is not None:
        return draft(route, found, put_instead(project, route, signed, found.usage))
    return draft(route, found, put(project, route, found.usage))
