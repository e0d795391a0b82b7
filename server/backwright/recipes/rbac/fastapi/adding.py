"""Roles and permissions in a FastAPI project with SQLAlchemy."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from backwright.edits.units import Unit
from backwright.recipes.authentication.python_places import app_of, module_path, test_path
from backwright.recipes.authentication.render import renderer
from backwright.recipes.guarding.naming import imports_for
from backwright.recipes.jwt_auth.python.source import signature
from backwright.recipes.local_imports import python_import, python_module
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused
from backwright.recipes.project import Project
from backwright.recipes.rbac.asked import Access
from backwright.recipes.rbac.fastapi.imports import merged
from backwright.recipes.rbac.fastapi.rows import row_of
from backwright.recipes.rbac.fastapi.surroundings import Surroundings, Written, surroundings_of
from backwright.recipes.rbac.said import review_of, summary_of

_UNTESTED = ("tests: with an asynchronous session they need a driver that the project decides on",)
_NAMES = ("access", "access_control", "roles_permissions")


def adding(project: Project, access: Access) -> Outcome:
    if (there := _standing(project)) is not None:
        return there
    around = surroundings_of(project)
    if isinstance(around, Refused):
        return around
    path = module_path(project, _NAMES)
    models = _models(project, around)
    if isinstance(models, Refused):
        return models
    home, model_units = models
    module = _module(project, access, around, path, home)
    if isinstance(module, Refused):
        return module
    units = [*model_units, Unit(path, "create", text=module)]
    tests = test_path(project, posixpath.basename(path).removesuffix(".py"))
    if tests and not around.is_async:
        units.append(
            Unit(tests, "create", text=_tests(project, access, around, tests, (path, home)))
        )
    run = f"python -m {_dotted(project, path)}"
    return Draft(
        tuple(units),
        summary_of(access, path),
        next_steps=(
            *_migration(project),
            f"{run}, which makes the first roles; {run} USER_ID gives a user the role admin",
        ),
        unserved=_UNTESTED if around.is_async else (),
        review=(*review_of(access, access.name), *_circle(project, around, access.name)),
    )


def _standing(project: Project) -> AlreadyDone | Refused | None:
    stored = {it.name: it for it in project.situation.backend.models if it.table}
    if "Role" in stored and "Permission" in stored:
        return AlreadyDone(
            f"{stored['Role'].place.file} keeps roles and {stored['Permission'].place.file}"
            " permissions already; `require-permission` puts the check in front of an endpoint"
        )
    return None


def _models(project: Project, around: Surroundings) -> tuple[str, list[Unit]] | Refused:
    """The file of the new models, and the units that write them."""
    user = around.model.place.file
    for name in ("Role", "Permission"):
        found = project.definitions.find(user, name)
        if found is not None:
            return Refused(
                f"{name} means something else already ({found.place.file}:{found.place.line}):"
                " users have one role there; roles in tables would take its place, which needs a"
                " model to rewrite what uses it"
            )
    render = renderer(__file__)
    folder = posixpath.dirname(user)
    siblings = [
        it
        for it in project.sources((".py",))
        if posixpath.dirname(it) == folder and not it.endswith("__init__.py")
    ]
    others = {it.place.file for it in project.situation.backend.models if it.table}
    is_package = posixpath.basename(folder) in {"models", "entities", "tables", "db"}
    body = render("models.py.j2", base=around.base.name, table=around.model.table, key=around.key)
    needed = [
        "import sqlalchemy as sa\n",
        "from sqlalchemy.orm import Mapped, mapped_column, relationship\n",
    ]
    if not (is_package and len(siblings) > 0 and len(others) >= 1):
        return user, [
            Unit(user, "append", text=f"\n\n{body}"),
            Unit(user, "imports", text="".join(needed)),
        ]
    home = posixpath.join(folder, "role.py")
    own = python_import(project, home, around.base.place.file, around.base.name)
    units = [Unit(home, "create", text=f"{merged([*needed, own])}\n{body}")]
    package = f"{folder}/__init__.py"
    if any(it.file == user for it in project.imports(package)):
        units += _exported(project, package, home)
    return home, units


def _exported(project: Project, package: str, home: str) -> list[Unit]:
    """The new models among those that the package hands on, so that their tables are known."""
    line = python_import(project, package, home, "Permission, Role")
    source = project.situation.source(package)
    units = [Unit(package, "imports", text=line)]
    shown = re.search(r"^__all__ = \[([^\]]*)\]", source, re.MULTILINE)
    if shown is not None:
        listed = re.findall(r"[\"'](\w+)[\"']", shown[1])
        names = sorted({*listed, "Permission", "Role"})
        text = f"__all__ = [{', '.join(chr(34) + it + chr(34) for it in names)}]"
        if len(text) > 100 or "\n" in shown[1]:
            text = "__all__ = [\n" + "".join(f'    "{it}",\n' for it in names) + "]"
        units.insert(0, Unit(package, "edit", search=shown[0], text=text))
    return units


def _module(
    project: Project, access: Access, around: Surroundings, path: str, home: str
) -> str | Refused:
    opens = around.opens
    given: list[str] = []
    for it in (
        around.user,
        around.session,
        Written(f": {around.model.name}", around.model.place.file),
    ):
        found = _needed(project, it, path)
        if isinstance(found, Refused):
            return found
        given += found
    given += [
        python_import(project, path, opens.place.file, opens.name),
        python_import(project, path, home, "Permission, Role, role_permissions, user_roles"),
        "import sqlalchemy as sa\n",
        "import sys\n",
        "from collections.abc import Callable\n",
    ]
    manager = "asynccontextmanager" if around.is_async else "contextmanager"
    session = "AsyncSession" if around.is_async else "Session"
    given += [
        f"from contextlib import {manager}\n",
        f"from sqlalchemy.{'ext.asyncio' if around.is_async else 'orm'} import {session}\n",
        *(["import asyncio\n"] if around.is_async else []),
    ]
    if around.forbidden is not None:
        error = around.forbidden
        given.append(python_import(project, path, error.place.file, error.name))
    else:
        given.append("from fastapi import HTTPException\n")
    key = next(it for it in around.model.fields if it.name == around.key)
    kind = _kind(key.type)
    given += {"UUID": ["from uuid import UUID\n"], "Any": ["from typing import Any\n"]}.get(
        kind, []
    )
    body = renderer(__file__)(
        "access.py.j2",
        access=access,
        around=around,
        manager=manager,
        session_type=session,
        kind=kind,
        convert="" if kind in {"Any", "str"} else kind,
        signature=signature,
        module=_dotted(project, path),
        forbidden=around.forbidden.name if around.forbidden else "",
        **_awaits(around),
    )
    purpose = '"""Who may do what: users have roles, and roles have permissions."""'
    return f"{purpose}\n\n{merged(given)}\n{body}"


def _kind(type_: str) -> str:
    """What Python calls the type of a key."""
    for kind, words in (("UUID", "uuid"), ("int", "int"), ("str", "str|char|text")):
        if re.search(words, type_, re.IGNORECASE):
            return kind
    return "Any"


def _circle(project: Project, around: Surroundings, name: str) -> tuple[str, ...]:
    """What to do where the app's own module has what the check builds on."""
    app = app_of(project)
    home = app.place.file if app is not None else ""
    there = [it.name for it in (around.guard, around.opens) if it.place.file == home]
    if not there:
        return ()
    return (
        f"move {' and '.join(there)} out of {home} into a module of its own before endpoints in"
        f" {home} use `{name}`, else the two files would import each other",
    )


def _awaits(around: Surroundings) -> dict[str, object]:
    return {
        "await_": "await " if around.is_async else "",
        "async_": "async " if around.is_async else "",
    }


def _needed(project: Project, it: Written, path: str) -> list[str] | Refused:
    found = imports_for(project, it.code, it.file, path)
    return found if isinstance(found, Refused) else [unit.text for unit in found]


def _tests(
    project: Project, access: Access, around: Surroundings, path: str, places: tuple[str, str]
) -> str:
    module, home = places
    lines = [
        python_import(project, path, around.guard.place.file, around.guard.name),
        python_import(project, path, around.opens.place.file, around.opens.name),
        python_import(project, path, around.model.place.file, around.model.name),
        python_import(project, path, around.base.place.file, around.base.name),
        f"from {python_module(project, path, module)} import"
        f" {access.name}, give_role, permissions_of, seed_roles, take_role\n",
        "import sqlalchemy as sa\n",
        "from fastapi import Depends, FastAPI\n",
        "from fastapi.testclient import TestClient\n",
        "from sqlalchemy.pool import StaticPool\n",
        "import pytest\n",
        python_import(project, path, home, "Permission, Role, role_permissions, user_roles"),
    ]
    lines += ["from sqlalchemy.orm import Session\n", "from collections.abc import Iterator\n"]
    row = row_of(project, around.model)
    lines += row.imports
    body = renderer(__file__)(
        "test.py.j2",
        access=access,
        around=around,
        row=row.text,
        permission=access.every[0],
        fixtures=["client: TestClient", "session: Session", f"user: {around.model.name}"],
        signature=signature,
        arguments=_arguments(access),
    )
    return f"{merged(lines)}\n\n{body}"


def _arguments(access: Access) -> str:
    name = access.every[0]
    if not access.is_pair:
        return f'"{name}"'
    return ", ".join(f'"{it}"' for it in name.split(access.separator))


def _dotted(project: Project, path: str) -> str:
    """The module as `python -m` finds it."""
    return python_module(project, "__main__.py", path).lstrip(".")


def _migration(project: Project) -> Iterable[str]:
    packages = project.situation.stack.dependencies
    if "alembic" in packages:
        yield 'alembic revision --autogenerate -m "roles and permissions"'
        yield "alembic upgrade head"
    elif not any(b"create_all(" in project.source(it) for it in project.sources((".py",))):
        yield "make the new tables in the database: nothing here does so by itself"
