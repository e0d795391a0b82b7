"""Reads how the application of a project runs, in whatever language it is written."""

from __future__ import annotations

from dataclasses import replace

from backwright.recipes.infrastructure import (
    node_application,
    python_application,
    ruby_application,
)
from backwright.recipes.infrastructure.application import Application
from backwright.recipes.infrastructure.asked import Asked
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project

_NODE = ("node", "nodejs", "express")
_PYTHON = ("python", "fastapi", "flask", "django")


def application_of(
    project: Project, asked: Asked, *, in_ruby: bool = False
) -> Application | Refused:
    """How the application runs; refused when that can't be found out. `in_ruby` says that the
    recipe can do with one in Ruby."""
    languages = project.situation.stack.languages
    if not languages:
        return Refused("no application is found here: there are no sources that can be read")
    if languages[0] == "ruby":
        if not in_ruby:
            return Refused("this is not offered for applications in Ruby yet")
        return ruby_application.read(project, asked)
    is_python = languages[0] == "python"
    found = (
        python_application.read(project, asked)
        if is_python
        else node_application.read(project, asked)
    )
    if isinstance(found, Refused):
        return found
    if asked.says(*(_NODE if is_python else _PYTHON)) and not asked.says(found.language):
        note = f"the request speaks of another language; {found.name} is written in {languages[0]}"
        found = replace(found, notes=(note, *found.notes))
    if not asked.port or asked.port == found.port:
        return found
    if is_python or found.reads_port:
        return replace(found, port=asked.port)
    note = f"the code listens on port {found.port} whatever is asked: it reads no PORT"
    return replace(found, notes=(*found.notes, note))
