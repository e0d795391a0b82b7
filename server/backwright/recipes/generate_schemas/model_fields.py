"""The fields of a stored model as its schemas need them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backwright.facts.backend import Field, Model
from backwright.recipes.brief.brief import FieldType
from backwright.recipes.brief.names import snake
from backwright.recipes.brief.present import type_of_column

_MADE = frozenset(
    {"created_at", "updated_at", "created", "updated", "modified_at", "modified", "created_on"}
    | {"updated_on", "date_created", "date_updated", "inserted_at", "deleted_at"}
)
_SECRET = re.compile(r"password|secret|token|hash|salt|otp|api_key", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SchemaField:
    """`is_made` is True for what the database makes, `may_lack` where it may be left out."""

    name: str
    type: FieldType
    nullable: bool
    may_lack: bool
    is_made: bool
    is_secret: bool
    size: int | None
    key: str = ""
    """The type of a key, as it is written."""


def schema_fields(model: Model) -> list[SchemaField]:
    """The columns of the model; relations are not among them."""
    return [_field(it) for it in model.fields]


def _field(it: Field) -> SchemaField:
    name = snake(it.name)
    is_key = it.primary_key or bool(it.references) or name.endswith("_id")
    size = re.search(r"\((\d+)\)", it.type) if "char" in it.type.lower() else None
    size = size or re.match(r"(?:String|string|AutoString)\((?:length=)?(\d+)\)", it.type)
    type_ = type_of_column(it.type, name)
    return SchemaField(
        it.name,
        type_,
        it.nullable,
        it.nullable or bool(it.default),
        (it.primary_key and not it.references) or name in _MADE,
        _SECRET.search(name) is not None,
        int(size[1]) if size and type_ not in {"integer", "bigint", "decimal"} else None,
        it.type if is_key else "",
    )


def is_answered(it: SchemaField) -> bool:
    return not it.is_secret


def sent(fields: Sequence[SchemaField]) -> list[SchemaField]:
    return [it for it in fields if not it.is_made and not it.is_secret]
