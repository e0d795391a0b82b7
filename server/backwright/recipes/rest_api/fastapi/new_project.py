"""A whole project in FastAPI, for a folder that has none."""

from __future__ import annotations

from backwright.recipes.rest_api.files import File, Order
from backwright.recipes.rest_api.packages import python_requirements
from backwright.recipes.rest_api.python import tests
from backwright.recipes.rest_api.python.columns import model, pairs
from backwright.recipes.rest_api.python.schemas import nested_schema, schemas
from backwright.recipes.rest_api.python.source import WIDTH, module
from backwright.recipes.rest_api.render import Render, renderer
from backwright.recipes.rest_api.resources import Api, Resource

_DATABASE = "sqlite:///./app.db"
_POSTGRES = "postgresql+psycopg://postgres:postgres@localhost:5432/app"
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
        File("app/models/__init__.py", _exported(api)),
        *_models(api),
        *(File(f"app/schemas/{it.name}.py", _schemas(it)) for it in api.resources),
        *(File(f"app/services/{it.plural}.py", service(it, render)) for it in api.resources),
        *(File(f"app/routers/{it.plural}.py", router(it, render)) for it in api.resources),
        File("tests/samples.py", _samples(api, render)),
        *(File(f"tests/test_{it.plural}.py", _tests(it, render)) for it in api.resources),
        File(".env.example", f"DATABASE_URL={url}\n"),
        File(".gitignore", "".join(f"{it}\n" for it in _IGNORED)),
    ]


def endpoints(it: Resource) -> str:
    """The addresses of a resource, for its row in the README."""
    paths = [f"/{it.path}", f"/{it.path}/{{{it.name}_id}}"]
    paths += [f"/{link.target.path}/{{{link.key}}}/{it.path}" for link in it.nested]
    paths += [f"/{it.path}/{{{it.name}_id}}/{peers.target.path}" for peers in it.peers]
    return ", ".join(f"`{path}`" for path in paths)


def _packages(api: Api) -> list[str]:
    pydantic = "pydantic[email]" if "email" in api.types else "pydantic"
    hasher = ["argon2-cffi"] if "password" in api.types else []
    return python_requirements(
        "fastapi", "uvicorn[standard]", "sqlalchemy", "psycopg[binary]", pydantic,
        "pydantic-settings", *hasher,
    )  # fmt: skip


def _exported(api: Api) -> str:
    """What the package of models offers; importing it makes every table known."""
    lines = [f"from app.models.{it.name} import {it.kind}" for it in api.resources]
    kinds = sorted(it.kind for it in api.resources)
    shown = [f'"{it}"' for it in kinds]
    listed = f"__all__ = [{', '.join(shown)}]"
    if len(listed) > WIDTH:
        listed = "__all__ = [\n" + "".join(f"    {it},\n" for it in shown) + "]"
    return module(listed, lines, "app")


def _models(api: Api) -> list[File]:
    files = []
    for it in api.resources:
        piece = model(it)
        text = "\n\n\n".join([piece.text, *(pairs(peers) for peers in it.peers)])
        base = ["Base", "UtcDateTime", "utc_now"]
        lines = [*piece.imports, f"from app.database import {', '.join(base)}"]
        if it.peers:
            lines.append("import sqlalchemy as sa")
        kinds = {other.name: other.kind for other in api.resources}
        later = [f"from app.models.{name} import {kinds[name]}" for name in piece.later]
        files.append(File(f"app/models/{it.name}.py", _with_later(text, lines, later)))
    return files


def _with_later(text: str, lines: list[str], later: list[str]) -> str:
    """A module with imports that only type checkers do: models name each other."""
    if not later:
        return module(text, lines, "app")
    rows = "".join(f"    {it}\n" for it in sorted(later))
    lines = [*lines, "from typing import TYPE_CHECKING"]
    whole = module(f"if TYPE_CHECKING:\n{rows}\n\n{text}", lines, "app")
    return whole


def _schemas(it: Resource) -> str:
    piece = schemas(it, "app.schemas.types")
    return module(piece.text, piece.imports, "app")


def service(it: Resource, render: Render) -> str:
    """The module that keeps and finds a resource."""
    secret = any(field.type == "password" for field in it.fields)
    kinds = {it.kind}
    kinds |= {link.target.kind for link in it.links}
    kinds |= {peers.target.kind for peers in it.peers}
    kinds |= {peers.source.kind for peers in it.peered}
    session = "OrmSession" if "Session" in kinds else "Session"
    text = render(
        "service.py.j2",
        it=it,
        session=session,
        secret=secret,
        filters=[f"{link.key}: int | None = None" for link in it.links],
    )
    store = ["commit", "get_or_404", *(["require"] if it.links else [])]
    lines = [
        "from typing import Any",
        "import sqlalchemy as sa",
        f"from sqlalchemy.orm import Session{' as OrmSession' if session != 'Session' else ''}",
        f"from app.models import {', '.join(kinds)}",
        "from app.pagination import PageParams, paginate",
        f"from app.store import {', '.join(store)}",
        "from app.passwords import hash_password" if secret else "",
    ]
    return module(text, lines, "app")


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
    for other in [*(p.target for p in it.peers), *(p.source for p in it.peered)]:
        if other.name != it.name:
            lines.append(f"from app.schemas.{other.name} import {other.kind}Read")
    return module(text, lines, "app")


def _samples(api: Api, render: Render) -> str:
    bodies = tests.bodies(api)
    values = [value for rows in bodies.values() for _, value in rows]
    numbered = any("_numbers" in it for it in values)
    text = render("samples.py.j2", api=api, bodies=bodies, numbered=numbered)
    lines = [
        "from typing import Any",
        "from fastapi.testclient import TestClient",
        "import itertools" if numbered else "",
        "import uuid" if any("uuid." in it for it in values) else "",
    ]
    return module(text, lines)


def _tests(it: Resource, render: Render) -> str:
    text = render("test_resource.py.j2", it=it, **tests.of_resource(it))
    used = {f"{it.name}_body", f"new_{it.name}"}
    used |= {f"new_{link.target.name}" for link in it.nested}
    used |= {f"new_{peers.target.name}" for peers in it.peers}
    lines = [
        "import pytest",
        "from fastapi.testclient import TestClient",
        f"from tests.samples import {', '.join(used)}",
    ]
    return module(text, lines, "app tests")
