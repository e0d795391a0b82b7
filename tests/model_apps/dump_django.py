"""Prints what Django itself knows of the models of a project's own apps.

    python dump_django.py SETTINGS_MODULE < models.json

Defaults are values in Django and words in Backwright: words that mean the same are printed as they
are.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

sys.path.insert(0, os.getcwd())  # noqa: PTH109
os.environ["DJANGO_SETTINGS_MODULE"] = sys.argv[1]

import django
from django.apps import apps
from django.db import models


def main() -> None:
    django.setup()
    static = {it["name"]: it for it in json.load(sys.stdin)}
    own = [
        it
        for it in apps.get_models()
        if not it.__module__.startswith("django.") and not it._meta.auto_created
    ]
    found = [_model(it, static.get(it.__name__, {})) for it in own]
    json.dump(sorted(found, key=lambda it: it["name"]), sys.stdout)


def _model(class_: Any, static: dict[str, Any]) -> dict[str, Any]:
    options = class_._meta
    said = {it["name"]: it for it in static.get("fields", [])}
    return {
        "name": class_.__name__,
        "table": options.db_table,
        "fields": sorted(
            (_field(it, said.get(it.name, {}), options) for it in options.fields),
            key=lambda it: it["name"],
        ),
        "relations": sorted([*_forward(options), *_backward(options)], key=lambda it: it["name"]),
        "indexes": _indexes(options),
    }


def _field(field: Any, said: dict[str, Any], options: Any) -> dict[str, Any]:
    alone = any(
        isinstance(it, models.UniqueConstraint)
        and tuple(it.fields) == (field.name,)
        and it.condition is None
        for it in options.constraints
    )
    default = None
    if field.has_default() and field.default is not None:
        value = field.default
        default = value.__name__ if callable(value) else repr(getattr(value, "value", value))
        words = said.get("default") or ""
        if callable(value) and words.rpartition(".")[2] == default:
            default = words
    return {
        "name": field.name,
        "type": type(field).__name__,
        "nullable": field.null,
        "unique": field._unique or alone,
        "primary_key": field.primary_key,
        "default": default,
    }


def _forward(options: Any) -> Any:
    for it in [*options.fields, *options.many_to_many]:
        if not it.is_relation:
            continue
        kind = (
            "many-to-many" if it.many_to_many else "one-to-one" if it.one_to_one else "many-to-one"
        )
        via = it.m2m_db_table() if it.many_to_many else it.name
        target = _name(it.remote_field.model)
        yield {"name": it.name, "target": target, "kind": kind, "via": via}


def _backward(options: Any) -> Any:
    for it in options.related_objects:
        if (it.get_accessor_name() or "+").endswith("+"):
            continue
        kind = (
            "many-to-many" if it.many_to_many else "one-to-one" if it.one_to_one else "one-to-many"
        )
        via = it.field.m2m_db_table() if it.many_to_many else it.field.name
        target = it.related_model.__name__
        yield {"name": it.get_accessor_name(), "target": target, "kind": kind, "via": via}


def _name(class_: Any) -> str:
    return class_.__name__


def _indexes(options: Any) -> list[dict[str, Any]]:
    found = [
        {"fields": [name.lstrip("-") for name in it.fields], "unique": False}
        for it in options.indexes
    ]
    found += [{"fields": list(it), "unique": True} for it in options.unique_together]
    found += [
        {"fields": list(it.fields), "unique": True}
        for it in options.constraints
        if isinstance(it, models.UniqueConstraint) and (len(it.fields) > 1 or it.condition)
    ]
    found += [
        {"fields": [it.name], "unique": False}
        for it in options.local_fields
        if it.db_index and not it._unique and type(it) is models.CharField
    ]
    return sorted(found, key=lambda it: (it["fields"], it["unique"]))


if __name__ == "__main__":
    main()
