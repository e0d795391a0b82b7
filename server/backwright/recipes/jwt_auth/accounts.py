"""Accounts that register, sign in and have a profile."""

from __future__ import annotations

from backwright.recipes.authentication.choice import Choice
from backwright.recipes.brief.brief import Brief
from backwright.recipes.jwt_auth.asked import Asked
from backwright.recipes.outcome import Outcome, Refused
from backwright.recipes.project import Project


def new_project(brief: Brief, asked: Asked, choice: Choice) -> Outcome:
    return Refused("later")


def added_accounts(project: Project, brief: Brief, asked: Asked, choice: Choice) -> Outcome:
    return Refused("later")
