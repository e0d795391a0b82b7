"""A REST API in a project in FastAPI that is there."""

from __future__ import annotations

from backwright.recipes.outcome import AlreadyDone, Refused
from backwright.recipes.project import Project
from backwright.recipes.rest_api.files import Extension
from backwright.recipes.rest_api.resources import Api


def extend(project: Project, api: Api) -> Extension | AlreadyDone | Refused:
    return Refused("not yet")
