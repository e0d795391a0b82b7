"""Roles and permissions from a request, on what the project has: users, a session, a sign-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import cast

from backwright.recipes.authentication.choice import Choice, choose
from backwright.recipes.authentication.clauses import left_undone
from backwright.recipes.brief.brief import Brief
from backwright.recipes.brief.read import read
from backwright.recipes.outcome import Draft, Outcome, Refused, Situation, Step, Steps
from backwright.recipes.project import Project
from backwright.recipes.rbac.asked import Access, access_of
from backwright.recipes.rbac.said import BEYOND, KNOWN

_SERVED = ("express", "fastapi")


def baseline(situation: Situation) -> Outcome:
    brief = read(situation.request, situation.backend)
    choice = choose(situation, brief.wishes, _SERVED)
    if isinstance(choice, Refused):
        return choice
    if choice.is_new:
        return _with_accounts(situation, brief, choice)
    project = Project(replace(situation, stack=choice.stack))
    name = "requirePermission" if choice.framework == "express" else "require_permission"
    access = access_of(situation.request, situation.backend.routes, name)
    module = import_module(f"{__package__}.{choice.framework}.adding")
    outcome = cast("Callable[[Project, Access], Outcome]", module.adding)(project, access)
    if not isinstance(outcome, Draft):
        return outcome
    undone = left_undone(situation.request, brief, KNOWN, BEYOND)
    left = dict.fromkeys([*access.beyond, *undone, *outcome.unserved])
    return replace(outcome, unserved=tuple(left))


def _with_accounts(situation: Situation, brief: Brief, choice: Choice) -> Steps:
    """In an empty folder accounts come first, since roles are given to them."""
    if choice.framework == "express":
        kind = "TypeScript" if choice.language == "typescript" else "JavaScript"
        tokens = f"JWT middleware for Express in {kind}"
        return Steps(
            (
                Step("jwt-auth", "A project with what tells who calls", tokens),
                Step("rbac", "Roles and permissions", situation.request),
            ),
            chained=True,
        )
    database = f" with {brief.wishes.database}" if brief.wishes.database else ""
    accounts = (
        f"a {choice.framework} application{database} where users register with name, email and"
        " password, log in with JWT and see their profile"
    )
    return Steps(
        (
            Step("jwt-auth", "Accounts with registration, login and profile", accounts),
            Step("rbac", "Roles and permissions", situation.request),
        ),
        chained=True,
    )
