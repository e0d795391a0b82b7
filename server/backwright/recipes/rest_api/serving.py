"""Serves a brief: by a project of its own in an empty folder, else in the project that is there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from backwright.edits.units import Unit
from backwright.recipes.brief.brief import Brief, Wishes
from backwright.recipes.brief.unread import unserved
from backwright.recipes.infrastructure.present import listed
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.project import Project
from backwright.recipes.rest_api import spelling
from backwright.recipes.rest_api.choice import Choice, choose
from backwright.recipes.rest_api.files import Extension, File, Order
from backwright.recipes.rest_api.reserved import refused_names, with_free_classes
from backwright.recipes.rest_api.resources import Api, api_of
from backwright.recipes.rest_api.rules import rules_in
from backwright.recipes.rest_api.standing import ALL, operations, routes_of

_KNOWN = (
    "crud", "endpoint", "error", "valid", "pagina", "page", "status", "code", "http", "rest",
    "test", "route", "rout", "list", "creat", "read", "updat", "delet", "json", "relation",
    "one", "many", "nested", "proper", "usual", "get", "post", "put", "patch", "schema", "model",
    "dto", "404", "409", "422", "400", "typescript", "structure", "layer", "service",
)  # fmt: skip
"""Beginnings of words for what every API here has anyway."""
_LIBRARIES = {
    "fastapi": {"orm": "sqlalchemy", "validation": "pydantic"},
    "flask": {"orm": "sqlalchemy", "validation": "pydantic"},
    "express": {"orm": "typeorm", "validation": "zod"},
    "nestjs": {"orm": "typeorm", "validation": "class-validator"},
}
"""What templates for a new project use."""
_DATABASES = frozenset({"", "sqlite", "postgresql"})


def serve(situation: Situation, brief: Brief) -> Outcome:
    """What a request with this brief comes to."""
    return serve_these(situation, brief, tuple(it.name for it in brief.entities))


def serve_these(situation: Situation, brief: Brief, names: tuple[str, ...]) -> Outcome:
    """The same, for those entities of the brief that have one of the names."""
    api = api_of(brief)
    if isinstance(api, Refused):
        return api
    api = Api(tuple(it for it in api.resources if it.name in names))
    choice = choose(situation, brief.wishes)
    if isinstance(choice, Refused):
        return choice
    reserved = refused_names(api, choice.language)
    if reserved is not None:
        return reserved
    api = with_free_classes(api, choice.language)
    left = list(unserved(brief, _KNOWN))
    left += [it for it in rules_in(situation.request) if it not in left]
    if choice.is_new:
        return _new(situation, api, choice, brief.wishes, left)
    routes = routes_of(situation, situation.stack)
    lacking = [it for it in api.resources if operations(it, routes) < ALL]
    if not lacking:
        return AlreadyDone(f"{_shown(api)} are served already, each with all five operations")
    if not (Path(__file__).parent / choice.framework / "extension.py").is_file():
        return Refused(
            f"there is no built-in template yet that adds resources to a project in"
            f" {_TITLES[choice.framework]}; configure a model to have it written"
        )
    extend = import_module(f"{__package__}.{choice.framework}.extension").extend
    extension = cast("Extender", extend)(Project(situation), api)
    return _extended(extension, Api(tuple(lacking)), left)


Extender = Callable[[Project, Api], "Extension | AlreadyDone | Refused"]


def title_of(api: Api) -> str:
    """What a new project is called."""
    first = api.resources[0]
    root = next((it for it in api.resources if not it.links), first)
    return f"{spelling.spaced(root.name).title()} API"


def _new(
    situation: Situation, api: Api, choice: Choice, wishes: Wishes, left: list[str]
) -> Outcome:
    make = import_module(f"{__package__}.{choice.framework}.new_project").new_project
    order = Order(title_of(api), choice.language, wishes.database, situation.request)
    files = cast("Callable[[Api, Order], list[File]]", make)(api, order)
    units: list[Unit] = []
    for file in files:
        present = situation.source(file.path)
        if not present.strip():
            units.append(Unit(file.path, "create", text=file.text))
        elif file.path == ".gitignore":
            units += listed(situation, file.path, file.text.splitlines())
        elif file.path == "package.json":
            units.append(_merged(file, present))
        elif file.path not in {"README.md", ".env.example"}:
            return Refused(
                f"{file.path} is there already, but no application; open an empty folder"
            )
    units = [it for it in units if it.action != "edit" or it.search != it.text]
    left += _unlike(choice.framework, wishes)
    if re.search(r"\bcommon\s?js\b", situation.request, re.IGNORECASE):
        left.append("CommonJS (a new project is made of ES modules)")
    done = [f"{_TITLES[choice.framework]} with {_WITH[choice.framework]}"]
    return Draft(
        tuple(units),
        f"A new project for {_shown(api)}: {done[0]}{_supposed(api)}"
        + (f"; {choice.note}" if choice.note else ""),
        unserved=tuple(left),
        next_steps=_STEPS[choice.framework],
    )


def _extended(extension: Extension | AlreadyDone | Refused, api: Api, left: list[str]) -> Outcome:
    if not isinstance(extension, Extension):
        return extension
    summary = f"{extension.summary}{_supposed(api)}"
    return Draft(
        extension.units,
        summary,
        unserved=(*left, *extension.unserved),
        next_steps=extension.next_steps,
        review=extension.review,
    )


def _shown(api: Api) -> str:
    return spelling.listed([spelling.spaced(it.plural) for it in api.resources])


def _supposed(api: Api) -> str:
    supposed = api.supposed
    return f"; supposed, since the request does not say: {'; '.join(supposed)}" if supposed else ""


def _unlike(framework: str, wishes: Wishes) -> list[str]:
    """The libraries that were wished for and that the templates do not use."""
    used = _LIBRARIES[framework]
    wished = {"orm": wishes.orm, "validation": wishes.validation}
    found = [
        f"{it} (the template uses {used[kind]})"
        for kind, it in wished.items()
        if it and it != used[kind]
    ]
    if wishes.database not in _DATABASES:
        found.append(f"{wishes.database} (the template uses SQLite or PostgreSQL)")
    return found


def _merged(file: File, present: str) -> Unit:
    """A package.json that is there, with what it lacks."""
    try:
        table = json.loads(present)
    except ValueError:
        table = {}
    wanted = json.loads(file.text)
    for key, value in wanted.items():
        if isinstance(value, dict):
            table[key] = {**value, **table.get(key, {})}
            if key in {"dependencies", "devDependencies"}:
                table[key] = dict(sorted(table[key].items()))
        elif key == "type" or key not in table:
            table[key] = value
    text = json.dumps(table, indent=2, ensure_ascii=False) + "\n"
    return Unit(file.path, "edit", text=text, search=present)


_TITLES = {"fastapi": "FastAPI", "flask": "Flask", "express": "Express", "nestjs": "NestJS"}
_WITH = {
    "fastapi": "SQLAlchemy and Pydantic",
    "flask": "Flask-SQLAlchemy and Pydantic",
    "express": "TypeORM and Zod",
    "nestjs": "TypeORM and class-validator",
}
_STEPS = {
    "fastapi": ('pip install -e ".[dev]"', "pytest", "uvicorn app.main:app --reload"),
    "flask": ('pip install -e ".[dev]"', "pytest", "flask --app app run --debug"),
    "express": ("npm install", "npm test", "npm run dev"),
    "nestjs": ("npm install", "npm test", "npm run start:dev"),
}
