"""What a module makes for an application, put as expressions of Terraform."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from backwright.recipes.infrastructure.application import Application
from backwright.recipes.infrastructure.environment import environment_of
from backwright.recipes.infrastructure.services import Service, services
from backwright.recipes.infrastructure.variables import value_in, variables_of
from backwright.recipes.project import Project
from backwright.recipes.terraform.clouds import Cloud, Input

_NAME = 32
"""As long as the name of a load balancer may be."""
_PASSWORD = "${random_password.database.result}"


@dataclass(frozen=True, slots=True)
class Database:
    engine: str
    version: str
    port: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`plain` and `secrets` are variables of the application with expressions for their values."""

    cloud: Cloud
    name: str
    port: int
    health: str
    plain: tuple[tuple[str, str], ...]
    secrets: tuple[tuple[str, str], ...]
    inputs: tuple[Input, ...]
    database: Database | None = None
    cache: bool = False
    notes: tuple[str, ...] = ()

    @property
    def has_password(self) -> bool:
        return self.database is not None

    @property
    def account(self) -> str:
        """A name for the application that is as short as accounts of Google Cloud must be."""
        return f"{self.name[:26].rstrip('-')}-app"

    @property
    def files(self) -> list[str]:
        """The names of the templates that this module has files from, without their ends."""
        names = ["versions", "main", "outputs"]
        if self.cloud.key == "aws":
            names += ["network", "roles"]
        names += ["secrets"] if self.secrets else []
        names += ["database"] if self.database is not None else []
        return names + (["cache"] if self.cache else [])


def plan_of(
    project: Project, app: Application, cloud: Cloud, wanted: list[str], health: str
) -> Plan:
    """`wanted` are services that the cloud runs: one database at most, and Redis."""
    relational = next((it for it in wanted if it in cloud.engines), "")
    cache = "redis" in wanted
    plain, secrets, told = _of_services(project, cloud, wanted)
    environment = environment_of(project, app)
    inputs: list[Input] = []
    kept: list[str] = []
    for name, value in environment.plain.items():
        if name in told or name in cloud.own_variables:
            continue
        if name in environment.unset:
            inputs.append(Input(name.lower(), f"The application's {name}."))
            plain.append((name, f"var.{name.lower()}"))
        else:
            plain.append((name, _text(value)))
    for name in environment.secret:
        if name in told:
            continue
        if name in environment.optional:
            kept.append(name)
        else:
            inputs.append(Input(name.lower(), f"The application's {name}.", sensitive=True))
            secrets.append((name, f"var.{name.lower()}"))
    reaches = cloud.private if relational or cache else ()
    database = None
    if relational:
        database = Database(*cloud.engines[relational], services()[relational].port)
    return Plan(
        cloud,
        app.name[:_NAME].rstrip("-"),
        app.port,
        health,
        tuple(sorted(plain)),
        tuple(sorted(secrets)),
        (
            *cloud.inputs,
            *reaches,
            *(cloud.database if relational else ()),
            *(cloud.cache if cache else ()),
            *inputs,
        ),
        database,
        cache,
        tuple(f"{name} is not set: the code has a default for it" for name in kept),
    )


def _of_services(
    project: Project, cloud: Cloud, wanted: list[str]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]], set[str]]:
    """What tells the application of its services: plain, secret, and the names of both."""
    plain: list[tuple[str, str]] = []
    secrets: list[tuple[str, str]] = []
    variables = [it for it in variables_of(project, wanted) if it.service]
    told = {it.name for it in variables}
    for variable in variables:
        service = services()[variable.service]
        url, host = _url(project, cloud, service), _host(cloud, service)
        value = value_in(service, variable.part, _PASSWORD, url, host)
        is_secret = _PASSWORD in value
        (secrets if is_secret else plain).append((variable.name, _quoted(value)))
    for key in wanted:
        if not any(it.service == key for it in variables):
            service = services()[key]
            value = _quoted(_url(project, cloud, service))
            (secrets if _PASSWORD in value else plain).append((service.variables[0], value))
            told.add(service.variables[0])
    return plain, secrets, told


def _quoted(template: str) -> str:
    """A template as an expression: `"a-${b}"`, and `b` for `${b}` alone."""
    alone = re.fullmatch(r"\$\{([^{}]+)\}", template)
    return alone[1] if alone else f'"{template}"'


def _text(value: str) -> str:
    """A string that means itself."""
    escaped = value.replace("${", "$${").replace("%{", "%%{")
    return json.dumps(escaped, ensure_ascii=False)


def _host(cloud: Cloud, service: Service) -> str:
    return cloud.cache_address if service.host == "redis" else cloud.database_address


def _url(project: Project, cloud: Cloud, service: Service) -> str:
    url = service.url_for(project.situation.stack, _PASSWORD, _host(cloud, service))
    return url.replace("redis://", f"{cloud.cache_scheme}://", 1)
