"""Prints what SQLAlchemy itself knows of a project's models.

    python dump_sqlalchemy.py MODULE < models.json

`models.json` is what was read statically. Types and defaults are values in SQLAlchemy and words in
Backwright: where the words, once evaluated, mean the same they are printed as they are, so that all
of it can be compared as a whole.
"""

from __future__ import annotations

import datetime
import decimal
import enum
import importlib
import inspect
import json
import sys
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql

_PYTHON = {
    int: sa.Integer,
    str: sa.String,
    bool: sa.Boolean,
    float: sa.Double if sa.__version__ >= "2.1" else sa.Float,
    bytes: sa.LargeBinary,
    dict: sa.JSON,
    uuid.UUID: sa.Uuid,
    decimal.Decimal: sa.Numeric,
    datetime.date: sa.Date,
    datetime.datetime: sa.DateTime,
    datetime.timedelta: sa.Interval,
}
_NAMES: dict[str, Any] = {
    **vars(sa),
    **vars(postgresql),
    "UUID": uuid.UUID,
    "Decimal": decimal.Decimal,
    "date": datetime.date,
    "datetime": datetime.datetime,
    "timedelta": datetime.timedelta,
}


def main() -> None:
    sys.path.insert(0, ".")
    importlib.import_module(sys.argv[1])
    orm.configure_mappers()
    static = {it["name"]: it for it in json.load(sys.stdin)}
    mappers = sorted(
        {mapper for registry in orm.mapperlib._all_registries() for mapper in registry.mappers},
        key=lambda it: it.class_.__name__,
    )
    found = [mapped(mapper, static.get(mapper.class_.__name__, {})) for mapper in mappers]
    held = {mapper.local_table for mapper in mappers}
    classes = {it.local_table: it.class_.__name__ for it in mappers if it.inherits is None}
    tables = {t for m in mappers for t in m.class_.metadata.tables.values()}
    found += [_table(it, static.get(it.name, {}), classes) for it in tables - held]
    json.dump(sorted(found, key=lambda it: it["name"]), sys.stdout)


def mapped(mapper: orm.Mapper[Any], static: dict[str, Any]) -> dict[str, Any]:
    module = vars(importlib.import_module(mapper.class_.__module__))
    fields = [
        _field(it.key, it.columns[0], static, module, mapper)
        for it in mapper.column_attrs
        if isinstance(it.columns[0], sa.Column)
    ]
    names = {c: it.key for it in mapper.column_attrs for c in it.columns}
    return {
        "name": mapper.class_.__name__,
        "table": mapper.local_table.fullname,
        "fields": sorted(fields, key=lambda it: it["name"]),
        "relations": sorted(
            (_relation(it) for it in mapper.relationships), key=lambda it: it["name"]
        ),
        "indexes": _indexes(mapper.local_table, names),
    }


def _table(table: sa.Table, static: dict[str, Any], classes: dict[Any, str]) -> dict[str, Any]:
    return {
        "name": table.name,
        "table": table.fullname,
        "fields": sorted(
            (_field(it.key, it, static, {}, None) for it in table.columns),
            key=lambda it: it["name"],
        ),
        "relations": [
            {
                "name": key.parent.name,
                "target": classes.get(key.column.table, key.column.table.fullname),
                "kind": "many-to-one",
                "via": key.parent.name,
            }
            for key in sorted(table.foreign_keys, key=lambda it: it.parent.name)
        ],
        "indexes": _indexes(table, {}),
    }


def _field(
    key: str, column: sa.Column[Any], static: dict[str, Any], module: dict[str, Any], mapper: Any
) -> dict[str, Any]:
    said = next((it for it in static.get("fields", []) if it["name"] == key), {})
    names = {**_NAMES, **module}
    type_ = repr(column.type)
    if said and _same_type(said["type"], column.type, names, mapper):
        type_ = said["type"]
    default = _default(column)
    if said and said["default"] is not None and _same_default(said["default"], column, names):
        default = said["default"]
    return {
        "name": key,
        "type": type_,
        "nullable": bool(column.nullable),
        "unique": _unique(column),
        "primary_key": column.primary_key,
        "default": default,
    }


def _unique(column: sa.Column[Any]) -> bool:
    sets = [it.columns for it in column.table.constraints if isinstance(it, sa.UniqueConstraint)]
    sets += [it.columns for it in column.table.indexes if it.unique]
    return any(list(it) == [column] for it in sets)


def _same_type(
    text: str, type_: sa.types.TypeEngine[Any], names: dict[str, Any], mapper: Any
) -> bool:
    try:
        value = eval(text, names)
    except (NameError, SyntaxError, TypeError):
        return False
    if isinstance(value, type) and not issubclass(value, sa.types.TypeEngine):
        if issubclass(value, enum.Enum):
            return isinstance(type_, sa.Enum) and type_.enum_class is value
        registered = mapper.registry.type_annotation_map if mapper is not None else {}
        wanted = [registered[it] for it in registered if getattr(it, "__origin__", it) is value]
        return any(
            repr(sa.types.to_instance(it)) == repr(type_)
            for it in [*wanted, _PYTHON.get(value)]
            if it
        )
    return repr(sa.types.to_instance(value)) == repr(type_)


def _default(column: sa.Column[Any]) -> str | None:
    made = column.default or column.server_default
    return None if made is None else f"<{getattr(made, 'arg', made)!r}>"


def _same_default(text: str, column: sa.Column[Any], names: dict[str, Any]) -> bool:
    if column.default is None:
        given = getattr(column.server_default, "arg", None)
        if isinstance(given, str):
            return text == repr(given)
        return given is not None and str(eval(text, {**names, "db": sa})) == str(given)
    arg = column.default.arg
    if callable(arg):
        plain = inspect.unwrap(arg)
        if plain.__name__ == "<lambda>":
            return text.startswith("lambda:")
        return text.rpartition(".")[2] == plain.__name__
    return text == repr(arg.value if isinstance(arg, enum.Enum) else arg)


def _relation(prop: orm.RelationshipProperty[Any]) -> dict[str, Any]:
    kind = {"MANYTOONE": "many-to-one", "ONETOMANY": "one-to-many", "MANYTOMANY": "many-to-many"}[
        prop.direction.name
    ]
    if kind == "one-to-many" and not prop.uselist:
        kind = "one-to-one"
    if kind == "many-to-one" and any(
        other.direction.name == "ONETOMANY" and not other.uselist
        for other in prop._reverse_property
    ):
        kind = "one-to-one"
    if prop.secondary is not None:
        via = prop.secondary.fullname
    else:
        pairs = prop.local_remote_pairs
        keys = [a if prop.direction.name == "MANYTOONE" else b for a, b in pairs]
        via = ", ".join(it.name for it in keys)
    return {"name": prop.key, "target": prop.mapper.class_.__name__, "kind": kind, "via": via}


def _indexes(table: sa.Table, names: dict[sa.Column[Any], str]) -> list[dict[str, Any]]:
    found = [
        {"fields": [names.get(c, c.name) for c in it.columns], "unique": it.unique}
        for it in table.indexes
    ]
    found += [
        {"fields": [names.get(c, c.name) for c in it.columns], "unique": True}
        for it in table.constraints
        if isinstance(it, sa.UniqueConstraint) and len(it.columns) > 1
    ]
    return sorted(found, key=lambda it: (it["fields"], it["unique"]))


if __name__ == "__main__":
    main()
