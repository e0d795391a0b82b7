"""The card of a data model."""

from __future__ import annotations

from backwright.facts.backend import Backend, Field, Model
from backwright.lsp.card import Card, Row

_MOST_ROUTES = 8


def model_card(model: Model, backend: Backend) -> Card:
    routes = [it.title for it in backend.routes if model.name in it.models]
    more = [f"{len(routes) - _MOST_ROUTES} more"] if len(routes) > _MOST_ROUTES else []
    relations = [
        f"{it.name}: {it.kind} {it.target}" + (f" via {it.via}" if it.via else "")
        for it in model.relations
    ]
    indexes = [f"{'unique ' if it.unique else ''}{', '.join(it.fields)}" for it in model.indexes]
    rows = [
        Row("Table", [model.table] if model.table else []),
        *(Row(it.name, [_field(it)]) for it in model.fields),
        Row("Relations", relations),
        Row("Indexes", indexes),
        Row("Used by", [*routes[:_MOST_ROUTES], *more]),
    ]
    return Card(model.name, model.kind, rows)


def _field(field: Field) -> str:
    notes = [
        field.type or "?",
        "primary key" if field.primary_key else "",
        "unique" if field.unique else "",
        "null" if field.nullable else "",
        f"→ {field.references}" if field.references else "",
        f"default {field.default}" if field.default else "",
    ]
    return ", ".join(it for it in notes if it)
