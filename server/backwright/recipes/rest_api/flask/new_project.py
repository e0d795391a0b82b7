"""A whole project in Flask, for a folder that has none."""

from __future__ import annotations

from backwright.recipes.rest_api.files import File, Order
from backwright.recipes.rest_api.packages import python_requirements
from backwright.recipes.rest_api.python.project import Flavor, endpoints, shared_files
from backwright.recipes.rest_api.python.schemas import nested_schema
from backwright.recipes.rest_api.python.source import module
from backwright.recipes.rest_api.render import Render, renderer
from backwright.recipes.rest_api.resources import Api, Resource

_DATABASE = "sqlite:///app.db"
_POSTGRES = "postgresql+psycopg://postgres:postgres@localhost:5432/app"
_FLAVOR = Flavor(
    session="db.session",
    is_handed=False,
    base="db.Model",
    metadata="db.metadata",
    own=("UtcDateTime", "db", "utc_now"),
    client="FlaskClient",
    client_from="flask.testing",
    json=".get_json()",
    params="query_string",
    request="open(PATH, method=method, json=body)",
    content="data",
    broken_status=400,
    broken_code="bad_request",
)
_IGNORED = (
    ".venv/", "__pycache__/", "instance/", ".env", ".pytest_cache/", ".ruff_cache/",
)  # fmt: skip


def new_project(api: Api, order: Order) -> list[File]:
    """The files of a project that serves the resources."""
    render = renderer(__file__)
    plain = {
        "app/__init__.py": "app.py.j2",
        "app/database.py": "database.py.j2",
        "app/errors.py": "errors.py.j2",
        "app/http.py": "http.py.j2",
        "app/pagination.py": "pagination.py.j2",
        "app/store.py": "store.py.j2",
        **({"app/passwords.py": "passwords.py.j2"} if "password" in api.types else {}),
        "app/schemas/types.py": "types.py.j2",
        "README.md": "README.md.j2",
        "tests/conftest.py": "conftest.py.j2",
        "pyproject.toml": "pyproject.toml.j2",
    }
    url = _POSTGRES if order.database == "postgresql" else _DATABASE
    values: dict[str, object] = {
        "api": api,
        "modules": [it.plural for it in api.resources],
        "title": order.title,
        "name": order.title.lower().replace(" ", "-"),
        "types": api.types,
        "database_url": _DATABASE,
        "python": "3.11",
        "packages": _packages(api),
        "development": python_requirements("pytest", "ruff"),
        "endpoints": endpoints,
    }
    packages = ("app/routes", "app/schemas", "app/services", "tests")
    return [
        *(File(f"{it}/__init__.py", "") for it in packages),
        *(File(path, render(template, **values)) for path, template in plain.items()),
        *shared_files(api, _FLAVOR, render),
        *(File(f"app/routes/{it.plural}.py", _routes(it, render)) for it in api.resources),
        File(".env.example", f"DATABASE_URL={url}\n"),
        File(".gitignore", "".join(f"{it}\n" for it in _IGNORED)),
    ]


def _packages(api: Api) -> list[str]:
    pydantic = "pydantic[email]" if "email" in api.types else "pydantic"
    hasher = ["argon2-cffi"] if "password" in api.types else []
    return python_requirements(
        "flask", "flask-sqlalchemy", "sqlalchemy", "psycopg[binary]", pydantic, "python-dotenv",
        *hasher,
    )  # fmt: skip


def _routes(it: Resource, render: Render) -> str:
    text = render(
        "routes.py.j2",
        it=it,
        nested_schema=nested_schema(it),
        passed=[f"{link.key}=page.{link.key}" for link in it.links],
    )
    lines = [
        "from flask import Blueprint",
        "from flask.typing import ResponseReturnValue",
        "from app.http import body, query, shown, shown_page",
        "from app.pagination import PageParams",
        f"from app.schemas.{it.name} import {it.kind}Create, {it.kind}Read, {it.kind}Update",
        "from app.schemas.types import Id" if it.links else "",
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
