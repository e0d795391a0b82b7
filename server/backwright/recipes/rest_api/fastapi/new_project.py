"""A whole project in FastAPI, for a folder that has none."""

from __future__ import annotations

from backwright.recipes.rest_api.files import File, Order
from backwright.recipes.rest_api.packages import python_requirements
from backwright.recipes.rest_api.python.project import Flavor, endpoints, shared_files
from backwright.recipes.rest_api.python.schemas import nested_schema
from backwright.recipes.rest_api.python.source import module
from backwright.recipes.rest_api.render import Render, renderer
from backwright.recipes.rest_api.resources import Api, Resource

_DATABASE = "sqlite:///./app.db"
_POSTGRES = "postgresql+psycopg://postgres:postgres@localhost:5432/app"
_FLAVOR = Flavor(
    session="session",
    is_handed=True,
    base="Base",
    metadata="Base.metadata",
    own=("Base", "UtcDateTime", "utc_now"),
    client="TestClient",
    client_from="fastapi.testclient",
    json=".json()",
    params="params",
    request="request(method, PATH, json=body)",
    content="content",
    broken_status=422,
    broken_code="validation_error",
)
_IGNORED = (".venv/", "__pycache__/", "*.db", ".env", ".pytest_cache/", ".ruff_cache/")


def new_project(api: Api, order: Order) -> list[File]:
    """The files of a project that serves the resources."""
    render = renderer(__file__)
    secret = "password" in api.types
    names = [it.plural for it in api.resources]
    plain = {
        "app/config.py": "config.py.j2",
        "app/database.py": "database.py.j2",
        "app/errors.py": "errors.py.j2",
        "app/pagination.py": "pagination.py.j2",
        "app/store.py": "store.py.j2",
        **({"app/passwords.py": "passwords.py.j2"} if secret else {}),
        "app/main.py": "main.py.j2",
        "app/schemas/types.py": "types.py.j2",
        "README.md": "README.md.j2",
        "tests/conftest.py": "conftest.py.j2",
        "pyproject.toml": "pyproject.toml.j2",
    }
    url = _POSTGRES if order.database == "postgresql" else _DATABASE
    values: dict[str, object] = {
        "api": api,
        "modules": names,
        "title": order.title,
        "name": order.title.lower().replace(" ", "-"),
        "types": api.types,
        "database_url": _DATABASE,
        "python": "3.11",
        "packages": _packages(api),
        "development": python_requirements("pytest", "httpx2", "ruff"),
        "endpoints": endpoints,
    }
    packages = ("app", "app/models", "app/routers", "app/schemas", "app/services", "tests")
    return [
        *(File(f"{it}/__init__.py", "") for it in packages if it != "app/models"),
        *(File(path, render(template, **values)) for path, template in plain.items()),
        *shared_files(api, _FLAVOR, render),
        *(File(f"app/routers/{it.plural}.py", router(it, render)) for it in api.resources),
        File(".env.example", f"DATABASE_URL={url}\n"),
        File(".gitignore", "".join(f"{it}\n" for it in _IGNORED)),
    ]


def _packages(api: Api) -> list[str]:
    pydantic = "pydantic[email]" if "email" in api.types else "pydantic"
    hasher = ["argon2-cffi"] if "password" in api.types else []
    return python_requirements(
        "fastapi", "uvicorn[standard]", "sqlalchemy", "psycopg[binary]", pydantic,
        "pydantic-settings", *hasher,
    )  # fmt: skip


def router(it: Resource, render: Render) -> str:
    """The module that answers requests for a resource."""
    text = render(
        "router.py.j2",
        it=it,
        nested_schema=nested_schema(it),
        filters=[f"{link.key}: Id | None = None" for link in it.links],
        passed=[f"{link.key}={link.key}" for link in it.links],
    )
    lines = [
        "from typing import Any",
        "from fastapi import APIRouter",
        "from app.database import DbSession",
        "from app.pagination import Page, Paging",
        f"from app.schemas.{it.name} import {it.kind}Create, {it.kind}Read, {it.kind}Update",
        "from app.schemas.types import Id",
        f"from app.services import {it.plural} as service",
    ]
    if it.owner is not None:
        lines.append(f"from app.schemas.{it.name} import {nested_schema(it)}")
    others = [*(peers.target for peers in it.peers), *(peers.source for peers in it.peered)]
    lines += [
        f"from app.schemas.{other.name} import {other.kind}Read"
        for other in others
        if other.name != it.name
    ]
    return module(text, lines, "app")
