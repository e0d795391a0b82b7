"""Tokens from a request: what validates them in a project, and accounts that are given them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import cast

from backwright.recipes.authentication.choice import Choice, choose
from backwright.recipes.brief.brief import Brief
from backwright.recipes.brief.read import read
from backwright.recipes.jwt_auth.accounts import added_accounts, new_project
from backwright.recipes.jwt_auth.asked import Asked, asked_of
from backwright.recipes.jwt_auth.standing import standing
from backwright.recipes.outcome import Draft, Outcome, Refused, Situation
from backwright.recipes.project import Project

_SERVED = ("django", "express", "fastapi", "flask")


def baseline(situation: Situation) -> Outcome:
    brief = read(situation.request, situation.backend)
    asked = asked_of(situation.request, brief)
    choice = choose(situation, brief.wishes, _SERVED)
    if isinstance(choice, Refused):
        return choice
    project = Project(replace(situation, stack=choice.stack))
    outcome = _outcome(project, brief, asked, choice)
    if not isinstance(outcome, Draft):
        return outcome
    noted = f"{outcome.summary}; {choice.note}" if choice.note else outcome.summary
    return replace(outcome, summary=noted, unserved=(*asked.undone, *outcome.unserved))


def _outcome(project: Project, brief: Brief, asked: Asked, choice: Choice) -> Outcome:
    if choice.is_new:
        return new_project(brief, asked, choice)
    if (there := standing(project, asked)) is not None:
        return there
    if asked.accounts:
        return added_accounts(project, brief, asked, choice)
    verifying = import_module(f"{__package__}.{choice.framework}.verifying").verifying
    return cast("Callable[[Project, Asked], Outcome]", verifying)(project, asked)
