"""Entities that the project has already, with their real fields."""

from __future__ import annotations

import re

from backwright.facts import backend as facts
from backwright.facts.backend import Backend, Model
from backwright.recipes.brief.brief import Entity, Field, FieldType
from backwright.recipes.brief.field_reading import type_of
from backwright.recipes.brief.lexicon import lexicon
from backwright.recipes.brief.names import plural, singular, snake

_TYPES: tuple[tuple[tuple[str, ...], FieldType], ...] = (
    (("datetime", "timestamp"), "datetime"),
    (("date",), "date"),
    (("bool",), "boolean"),
    (("bigint", "biginteger"), "bigint"),
    (("decimal", "numeric", "money"), "decimal"),
    (("float", "double", "real"), "float"),
    (("int", "serial", "number", "autofield"), "integer"),
    (("uuid",), "uuid"),
    (("json",), "json"),
    (("email",), "email"),
    (("url",), "url"),
    (("text",), "text"),
    (("enum", "literal", "choice"), "choice"),
)


def present_model(name: str, backend: Backend) -> Model | None:
    """The stored model that an entity's name means, by its own name or that of its table."""
    stored = [it for it in backend.models if it.table]
    for model in stored:
        if name in {singular(snake(model.name)), singular(snake(model.table))}:
            return model
    return None


def present_entity(name: str, backend: Backend) -> Entity | None:
    model = present_model(name, backend)
    if model is None:
        return None
    keys = {via.strip() for it in model.relations for via in it.via.split(",")}
    fields = [
        _field(it)
        for it in model.fields
        if not it.primary_key
        and not it.references
        and it.name not in keys
        and snake(it.name) not in lexicon().traits["given"]
    ]
    return Entity(name=name, plural=plural(name), fields=tuple(fields), model=model.name)


def type_of_column(written: str, name: str) -> FieldType:
    """The type of a column as it is written; its name decides where that can't."""
    lower = written.lower()
    found = next((kind for words, kind in _TYPES if any(it in lower for it in words)), None)
    if found is None or (found == "integer" and lower == "number" and type_of(name) == "decimal"):
        found = type_of(name)
    return "string" if found == "choice" else found


_LENGTH = re.compile(r"(?:string|varchar|char(?:field)?)\D*\((?:\w+=)?(\d+)", re.IGNORECASE)


def _field(it: facts.Field) -> Field:
    name = snake(it.name)
    length = re.search(
        r"(?:string|varchar|char(?:field)?)\D*\((?:\w+=)?(\d+)", it.type, re.IGNORECASE
    )
    return Field(
        name=name,
        type=type_of_column(it.type, name),
        required=not it.nullable,
        unique=it.unique,
        default=_literal(it.default),
        maximum=int(length[1]) if length else None,
    )


def _literal(default: str) -> str | int | bool | None:
    """A default that is a plain value; None for none, and for what is only known at run time."""
    if default in {"True", "False", "true", "false"}:
        return default.lower() == "true"
    if re.fullmatch(r"-?\d{1,9}", default):
        return int(default)
    text = re.fullmatch(r"(['\"])([^'\"\\]*)\1", default)
    return text[2] if text else None
