"""What recipes for infrastructure read: requests, versions, ports, variables and their defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from backwright.context.target import Target
from backwright.facts.backend import Backend, Stack
from backwright.index.workspace import Workspace
from backwright.recipes.infrastructure.asked import Asked, asked_of
from backwright.recipes.infrastructure.health import Health, health_of, standing_health
from backwright.recipes.infrastructure.reading import defaults, listening
from backwright.recipes.infrastructure.services import services
from backwright.recipes.infrastructure.variables import is_secret, variables_of
from backwright.recipes.infrastructure.versions import node_version, python_version
from backwright.recipes.outcome import Situation
from backwright.recipes.project import Project
from projects import write


def asked(request: str) -> Asked:
    stack = Stack(app="", root="")
    return asked_of(Situation(Target(), Backend(), stack, lambda _: None, request))


def project(folder: Path, notation: str) -> Project:
    workspace = Workspace(write(folder, notation))
    backend = workspace.refresh()
    paths = tuple(workspace.paths())
    return Project(Situation(Target(), backend, backend.stacks[0], workspace.snapshot, paths=paths))


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ("with PostgreSQL and Redis", {"services": ("postgresql", "redis")}),
        ("redis, then mongo and Postgres", {"services": ("redis", "mongodb", "postgresql")}),
        ("expose port 8080", {"port": 8080}),
        ("listen on port: 9000, please", {"port": 9000}),
        ("3 replicas", {"replicas": 3, "at_most": 0}),
        ("from 2 to 8 pods", {"replicas": 2, "at_most": 8}),
        ("replicas: 4", {"replicas": 4}),
        ("limits of 2 CPUs and 512 MiB", {"cpu": "2", "memory": "512Mi"}),
        ("250m cpu, 1Gi memory", {"cpu": "250m", "memory": "1Gi"}),
        ("on Node.js 22", {"version": "22"}),
        ("Python 3.12 image", {"version": "3.12"}),
        ("image ghcr.io/acme/shop:1.4.0.", {"image": "ghcr.io/acme/shop:1.4.0"}),
        ("push to registry.example.com:5000/shop", {"image": "registry.example.com:5000/shop"}),
        ("replace the old one", {"replace": True}),
        ("no numbers here", {"port": 0, "replicas": 0, "version": "", "image": "", "cpu": ""}),
    ],
)
def test_requests(request_: str, expected: dict[str, object]) -> None:
    found = asked(request_)
    assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("request_", "unserved"),
    [
        ("Create a Dockerfile", ()),
        ("Create a Dockerfile for this app, with a small image and Redis", ()),
        ("Create a Dockerfile and a Grafana dashboard", ("a Grafana dashboard",)),
        ("A Dockerfile. Then deploy it to Heroku.", ("Then deploy it to Heroku",)),
        ("a Dockerfile, push the image", ("push the image",)),
    ],
)
def test_clauses_that_mean_nothing_here(request_: str, unserved: tuple[str, ...]) -> None:
    assert asked(request_).unserved(["docker", "image", "small"], ["push"]) == unserved


@pytest.mark.parametrize(
    ("wanted", "version"),
    [
        ("", "24"),
        (">=20.19", "24"),
        ("^22.1.0", "22"),
        ("20.x", "20"),
        (">=18 <21", "20"),
        (">=18.0.0 <22.0.0", "20"),
        ("18 || 20 || 22", "22"),
        ("~20.11", "20"),
        ("v16.3.0", "16"),
        ("14", "14"),
        ("*", "24"),
    ],
)
def test_versions_of_node(wanted: str, version: str) -> None:
    assert node_version(wanted) == version


@pytest.mark.parametrize(
    ("wanted", "version"),
    [
        ("", "3.13"),
        (">=3.11", "3.13"),
        (">=3.10,<3.12", "3.11"),
        ("^3.11", "3.13"),
        ("~3.11", "3.11"),
        ("~=3.10", "3.13"),
        ("==3.12.*", "3.12"),
        (">=3.14", "3.14"),
        ("!=3.13,>=3.9", "3.12"),
        ("3.7", "3.7"),
    ],
)
def test_versions_of_python(wanted: str, version: str) -> None:
    assert python_version(wanted) == version


SCRIPT = '//- package.json\n{ "name": "a" }\n//- src/server.js\n'


@pytest.mark.parametrize(
    ("source", "port"),
    [
        ("app.listen(process.env.PORT || 4000);", 4000),
        ("const port = Number(process.env.PORT ?? '4100');\napp.listen(port);", 4100),
        ("const PORT = 4200;\napp.listen(PORT, () => {});", 4200),
        ("server.listen({ port: 4300, host: '0.0.0.0' });", 4300),
        (
            "const s = z.object({ PORT: z.coerce.number().default(4400) });\n"
            "const e = s.parse(process.env);\napp.listen(e.PORT);",
            4400,
        ),
        ("app.listen(config.port);", 0),
    ],
)
def test_ports(source: str, port: int, tmp_path: Path) -> None:
    found = listening(project(tmp_path, f"{SCRIPT}{source}\n"))
    assert (found.port, found.file) == (port, "src/server.js")


def test_defaults_of_variables(tmp_path: Path) -> None:
    read = project(
        tmp_path,
        """
        #- requirements.txt
        pydantic-settings
        #- app/config.py
        import os
        from pydantic_settings import BaseSettings, SettingsConfigDict

        LEVEL = os.getenv("LOG_LEVEL", "info")
        KEY = os.environ["API_KEY"]
        MODE = os.environ.get("MODE") or "fast"

        class Settings(BaseSettings):
            model_config = SettingsConfigDict(env_prefix="SHOP_")
            token_minutes: int = 60
            database_url: str
        """,
    )
    assert defaults(read) == {"LOG_LEVEL": "info", "MODE": "fast", "SHOP_TOKEN_MINUTES": "60"}
    found = {it.name: it for it in variables_of(read, list(services()))}
    assert found["SHOP_DATABASE_URL"].service == "postgresql"
    assert found["API_KEY"].secret and not found["API_KEY"].optional
    assert found["LOG_LEVEL"].default == "info" and not found["LOG_LEVEL"].secret


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("JWT_SECRET", True),
        ("STRIPE_API_KEY", True),
        ("DB_PASSWORD", True),
        ("SENTRY_DSN", True),
        ("ACCESS_TOKEN_EXPIRE_MINUTES", False),
        ("TOKEN_LIFETIME", False),
        ("SECRET_NAME", False),
        ("PUBLIC_KEY_URL", False),
        ("LOG_LEVEL", False),
        ("MONKEY", False),
    ],
)
def test_names_of_secrets(name: str, secret: bool) -> None:
    assert is_secret(name) is secret


HEALTH = """
#- requirements.txt
fastapi
#- main.py
from fastapi import Depends, FastAPI, HTTPException

def user():
    raise HTTPException(401)

app = FastAPI()

@app.get("{path}"{guard})
def answer(): ...

@app.post("/ready")
def other(): ...
"""


@pytest.mark.parametrize(
    ("path", "guard", "reused"),
    [
        ("/health", "", True),
        ("/api/v1/healthz", "", True),
        ("/ping", "", True),
        ("/health", ", dependencies=[Depends(user)]", False),
        ("/health/{item}", "", False),
        ("/healthy-recipes", "", False),
        ("/healthy", "", False),
        ("/items", "", False),
    ],
)
def test_a_health_endpoint_is_open_and_called_so(
    path: str, guard: str, reused: bool, tmp_path: Path
) -> None:
    read = project(tmp_path, HEALTH.format(path=path, guard=guard))
    route = standing_health(read)
    assert (route.path if route is not None else None) == (path if reused else None)
    health = health_of(read)
    assert isinstance(health, Health)
    assert bool(health.units) is not reused
    assert health.path not in ({path} if not reused else set())
