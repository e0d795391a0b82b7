"""What the application reads from its environment: what may be seen, and what is secret."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.recipes.infrastructure.application import Application
from backwright.recipes.infrastructure.services import services
from backwright.recipes.infrastructure.variables import variables_of
from backwright.recipes.project import Project

FILE_DATABASE = (
    "the database is a file, which a read-only container can't write and replicas can't share: tell"
    " the application the URL of a database server"
)


@dataclass(frozen=True, slots=True)
class Environment:
    """`plain` are names with values; `secret` names alone, `optional` those that may be missing.

    `unset` are the plain ones whose value nothing tells.
    """

    plain: dict[str, str]
    secret: tuple[str, ...]
    optional: frozenset[str]
    unset: tuple[str, ...]


def environment_of(project: Project, app: Application) -> Environment:
    plain: dict[str, str] = {}
    secret: list[str] = []
    optional: set[str] = set()
    unset: list[str] = []
    for variable in variables_of(project, list(services())):
        if variable.secret:
            secret.append(variable.name)
            if variable.optional:
                optional.add(variable.name)
        elif variable.name == "PORT":
            plain["PORT"] = str(app.port)
        elif variable.is_mode:
            plain[variable.name] = "production"
        elif variable.is_host:
            plain[variable.name] = "0.0.0.0"
        elif variable.default:
            plain[variable.name] = variable.default
        elif not variable.optional:
            plain[variable.name] = ""
            unset.append(variable.name)
    return Environment(plain, tuple(secret), frozenset(optional), tuple(unset))
