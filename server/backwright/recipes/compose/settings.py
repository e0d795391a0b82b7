"""What the containers are told: values of the services, and what `.env` has to hold."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass

from backwright.recipes.infrastructure.application import Application
from backwright.recipes.infrastructure.services import services
from backwright.recipes.infrastructure.variables import Variable, value_in, variables_of
from backwright.recipes.project import Project


@dataclass(frozen=True, slots=True)
class Settings:
    """`environment` is the application's: a value, or None for what it may be told and need not.

    `names` are the variables that have to be set in `.env`.
    """

    environment: dict[str, str | None]
    names: tuple[str, ...]
    notes: tuple[str, ...]


def settings_of(
    project: Project, app: Application, wanted: Sequence[str], *, development: bool
) -> Settings:
    """The environment of the application among the `wanted` services."""
    environment: dict[str, str | None] = {}
    variables = variables_of(project, wanted)
    for variable in variables:
        environment[variable.name] = _value(project, app, variable, development=development)
    notes: list[str] = []
    stack = project.situation.stack
    for key in wanted:
        service = services()[key]
        if key not in stack.databases and service.drivers:
            manifest = posixpath.basename(stack.manifest)
            notes.append(
                f"no package of the application talks to {service.title}: add"
                f" {service.drivers[app.language]} to {manifest}"
            )
        if not any(it.service == key for it in variables):
            name = service.variables[0]
            environment[name] = service.url_for(stack, _secret(key))
            notes.append(f"the code reads no variable for {service.title}: {name} is set for it")
    secrets = [name for key in wanted for name in services()[key].secrets]
    if any("@" in (value or "") and "?" in (value or "") for value in environment.values()):
        listed = " and ".join(secrets)
        notes.append(f"take letters and digits alone for {listed}: URLs are made with it")
    own = [name for name, value in environment.items() if value and value.startswith(f"${{{name}")]
    return Settings(environment, tuple(dict.fromkeys([*secrets, *own])), tuple(notes))


def _value(
    project: Project, app: Application, variable: Variable, *, development: bool
) -> str | None:
    if variable.service:
        service = services()[variable.service]
        password = _secret(variable.service)
        url = service.url_for(project.situation.stack, password)
        return value_in(service, variable.part, password, url)
    if variable.name == "PORT":
        return str(app.port)
    if variable.is_host:
        return "0.0.0.0"
    if variable.is_mode:
        return "development" if development else "production"
    return None if variable.optional else f"${{{variable.name}:?set it in .env}}"


def _secret(key: str) -> str:
    """Where the password of a service stands, "" for one that has none."""
    secrets = services()[key].secrets
    return f"${{{secrets[0]}:?set it in .env}}" if secrets else ""
