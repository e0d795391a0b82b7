"""Where a request names tables and columns of the schema."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from backwright.recipes.brief.names import singular
from backwright.recipes.query.schema import Column, Schema, Table
from backwright.recipes.query.words import words

_WORD = re.compile(r"[a-z0-9_]+")
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `first` to `last` name a table, by another word where `is_synonym` is True."""

    first: int
    last: int
    table: Table
    is_synonym: bool = False


def words_of(text: str) -> list[Word]:
    return [Word(it[0], *it.span()) for it in _WORD.finditer(text.lower())]


def tables_named(said: list[Word], schema: Schema) -> list[Mention]:
    """The tables that are named, the longest names first where several fit."""
    found: list[Mention] = []
    at = 0
    while at < len(said):
        for size in range(min(_LONGEST, len(said) - at), 0, -1):
            name = "_".join(it.text for it in said[at : at + size])
            mention = _table(name, schema)
            if mention is not None:
                table, is_synonym = mention
                found.append(Mention(at, at + size - 1, table, is_synonym))
                at += size
                break
        else:
            at += 1
    return found


def table_of_deed(word: str, schema: Schema) -> Table | None:
    """The table that keeps what somebody does: `ordered` is kept in orders."""
    names = words().deeds.get(word, "").split()
    exact = (_exact(it, schema) for it in names)
    return next((it for it in exact if it is not None), None)


def _table(name: str, schema: Schema) -> tuple[Table, bool] | None:
    one = singular(name)
    exact = _exact(one, schema) or _exact(name, schema)
    if exact is not None:
        return exact, False
    others = words().synonyms.get(one, "").split()
    found = (_exact(it, schema) for it in others)
    table = next((it for it in found if it is not None), None)
    if table is not None:
        return table, True
    ending = [it for it in schema.tables if it.one.endswith(f"_{one}")]
    return (ending[0], True) if len(ending) == 1 and len(one) > 2 else None


def _exact(one: str, schema: Schema) -> Table | None:
    return next((it for it in schema.tables if one in {it.one, it.name}), None)


def column_named(said: list[Word], at: int, table: Table) -> tuple[Column, int] | None:
    """The column of a table that is named at a word, and how many words that takes."""
    for size in range(min(_LONGEST, len(said) - at), 0, -1):
        name = "_".join(it.text for it in said[at : at + size])
        found = column_called(name, table)
        if found is not None:
            return found, size
    return None


def column_called(name: str, table: Table) -> Column | None:
    one = singular(name)
    own = (name, one, f"{table.one}_{one}", f"is_{one}", *_without(one, table))
    found = table.first(own)
    if found is None:
        found = table.first(words().columns.get(one, "").split())
    return found


def _without(name: str, table: Table) -> Iterable[str]:
    prefix = f"{table.one}_"
    return [name.removeprefix(prefix)] if name.startswith(prefix) else []
