"""What the variables are for that an application reads: services, secrets, its port, the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backwright.recipes.infrastructure.reading import defaults
from backwright.recipes.infrastructure.services import Service, services
from backwright.recipes.project import Project

_SECRET = re.compile(
    r"(^|_)(SECRETS?|PASSWORD|PASSWD|PASS|PWD|TOKEN|KEY|CREDENTIALS?|DSN|SALT|PRIVATE|PEPPER)($|_)"
)
_NOT_SECRET = re.compile(
    r"_(LIFETIME|TTL|EXPIR\w*|EXPIRATION|AGE|MINUTES|SECONDS|HOURS|DAYS|ALGORITHM|LENGTH|ISSUER"
    r"|AUDIENCE|NAME|HEADER|PREFIX|URL|ROUNDS|ID|PATH|FILE)$|^PUBLIC_|_PUBLIC_"
)
_MODES = {"NODE_ENV", "APP_ENV", "ENVIRONMENT", "ENV", "FLASK_ENV"}
_HOSTS = {"HOST", "BIND_HOST", "SERVER_HOST", "LISTEN_HOST"}


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable that the code reads.

    `service` is the service it tells of, with `part`: `url`, `host`, `port`, `user`, `password`
    or `name`. `default` is what the code itself takes; `optional` when it does without.
    """

    name: str
    service: str = ""
    part: str = ""
    secret: bool = False
    optional: bool = False
    default: str = ""

    @property
    def is_mode(self) -> bool:
        """It says whether this is production."""
        return self.name in _MODES

    @property
    def is_host(self) -> bool:
        """It says at which address the application listens."""
        return self.name in _HOSTS


def variables_of(project: Project, wanted: Sequence[str]) -> list[Variable]:
    """The variables of the application, those of `wanted` services marked."""
    known = defaults(project)
    found = []
    for name in project.situation.stack.env:
        service, part = _service_of(name, wanted)
        found.append(
            Variable(
                name,
                service,
                part,
                secret=is_secret(name) or part in {"url", "password"},
                optional=name in known,
                default=known.get(name, ""),
            )
        )
    return found


def is_secret(name: str) -> bool:
    """Whether the name says that its value opens something."""
    upper = name.upper()
    return _SECRET.search(upper) is not None and _NOT_SECRET.search(upper) is None


def value_in(service: Service, part: str, password: str, url: str, host: str = "") -> str:
    """What a variable for one part of a service holds."""
    user = next((v for k, v in service.environment.items() if k.endswith(("USER", "USERNAME"))), "")
    return {
        "url": url,
        "host": host or service.host,
        "port": str(service.port),
        "user": user,
        "password": password,
        "name": "app",
    }[part]


def _service_of(name: str, wanted: Sequence[str]) -> tuple[str, str]:
    upper = name.upper()
    for key in wanted:
        service = services()[key]
        if any(upper == it or upper.endswith(f"_{it}") for it in service.variables):
            return key, "url"
    for key in wanted:
        for prefix in services()[key].parts:
            found = re.search(rf"(?:^|_){prefix}_?([A-Z]+)$", upper)
            if found and found[1] in _PARTS:
                return key, _PARTS[found[1]]
    return "", ""


_PARTS = {
    "HOST": "host",
    "HOSTNAME": "host",
    "SERVER": "host",
    "PORT": "port",
    "USER": "user",
    "USERNAME": "user",
    "PASSWORD": "password",
    "PASS": "password",
    "NAME": "name",
    "DATABASE": "name",
    "DB": "name",
}
