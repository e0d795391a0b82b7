"""Prints what SQLModel itself knows of a project's models.

    python dump_sqlmodel.py MODULE < models.json

Keys, relations and indexes are SQLAlchemy's, defaults pydantic's; see their dumpers.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import dump_pydantic
import dump_sqlalchemy
import sqlmodel
from sqlalchemy import orm


def main() -> None:
    sys.path.insert(0, ".")
    importlib.import_module(sys.argv[1])
    orm.configure_mappers()
    static = {it["name"]: it for it in json.load(sys.stdin)}
    classes = dict.fromkeys(_below(sqlmodel.SQLModel))
    found = [_model(it, static.get(it.__name__, {})) for it in classes]
    json.dump(sorted(found, key=lambda it: it["name"]), sys.stdout)


def _below(class_: type) -> list[Any]:
    return [it for child in class_.__subclasses__() for it in (child, *_below(child))]


def _model(class_: Any, static: dict[str, Any]) -> dict[str, Any]:
    names = vars(sys.modules[class_.__module__])
    plain = dump_pydantic.model(class_, names, static)
    if not class_.model_config.get("table"):
        keys = {name for name, it in class_.model_fields.items() if _says(it, "primary_key")}
        marked = {name for name, it in class_.model_fields.items() if _says(it, "unique")}
        for it in plain["fields"]:
            it.update(primary_key=it["name"] in keys, unique=it["name"] in marked)
        return plain
    stored = dump_sqlalchemy.mapped(class_.__mapper__, static)
    defaults = {it["name"]: it["default"] for it in plain["fields"]}
    types = {it["name"]: it["type"] for it in plain["fields"]}
    said = {it["name"]: it["type"] for it in static.get("fields", [])}
    for it in stored["fields"]:
        it["default"] = defaults[it["name"]]
        if types[it["name"]] == said.get(it["name"]):
            it["type"] = types[it["name"]]
    return stored


def _says(field: Any, name: str) -> bool:
    return getattr(field, name, False) is True


if __name__ == "__main__":
    main()
