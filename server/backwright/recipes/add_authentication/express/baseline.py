"""An endpoint of Express comes under the guard that most others are under."""

from __future__ import annotations

from backwright.facts.backend import Route
from backwright.recipes.add_authentication.said import draft, route_of, without_guard
from backwright.recipes.guarding.express import put, usages
from backwright.recipes.guarding.usage import usual
from backwright.recipes.outcome import Outcome, Situation
from backwright.recipes.project import Project


def baseline(situation: Situation) -> Outcome:
    route = route_of(situation)
    if not isinstance(route, Route):
        return route
    project = Project(situation)
    fitting = [it for it in usages(project) if not it.is_of_role]
    usage = usual(fitting, route.handler_place.file)
    if usage is None:
        return without_guard()
    return draft(route, usage, put(project, route, [usage]))
