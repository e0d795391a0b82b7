"""A row of the project's users, for tests: what a table demands and nothing more."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backwright.facts.backend import Field, Model
from backwright.recipes.project import Project


@dataclass(frozen=True, slots=True)
class Row:
    text: str
    imports: tuple[str, ...] = ()


def row_of(project: Project, model: Model) -> Row:
    """The expression that makes one."""
    demanded = [
        it
        for it in model.fields
        if not it.primary_key and not it.nullable and it.default in {"", None} and not it.references
    ]
    given = []
    imports: list[str] = []
    for it in demanded:
        value, needed = _value(it)
        given.append(f"{it.name}={value}")
        imports += needed
    key = next((it for it in model.fields if it.primary_key), None)
    if key is not None and key.type == "str" and key.default in {"", None}:
        given.insert(0, f'{key.name}="u1"')
    return Row(f"{model.name}({', '.join(given)})", tuple(imports))


def _value(it: Field) -> tuple[str, list[str]]:
    written = it.type.lower()
    if re.search("datetime|timestamp", written):
        return "dt.datetime.now(dt.UTC)", ["import datetime as dt\n"]
    if "date" in written:
        return "dt.date(2024, 5, 17)", ["import datetime as dt\n"]
    if "bool" in written:
        return "True", []
    if re.search("int|float|numeric|decimal", written):
        return "1", []
    if "email" in it.name:
        return '"ada@example.com"', []
    return '"x"', []
