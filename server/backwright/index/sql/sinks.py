"""What each `sql.toml` says: which calls of a library send a string to the database as SQL."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from backwright.index.frameworks import ArgumentPlace
from backwright.syntax.language import grammars_folder


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Sink(_Table, frozen=True):
    """A method of anything, by its name, or a function, by where it comes from.

    Names of methods say little, so `looks` tells what the string must look like to count: a whole
    `statement`, a `fragment` such as a condition, or `any` where the name alone is telling.
    """

    methods: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    statement: ArgumentPlace = (0,)
    looks: Literal["statement", "fragment", "any"] = "statement"


class Database(_Table, frozen=True):
    """One library. `quoting` are functions whose results are safe in a statement."""

    name: str
    language: str
    packages: tuple[str, ...]
    imports: tuple[str, ...]
    sink: tuple[Sink, ...]
    quoting: tuple[str, ...] = ()


@cache
def databases() -> tuple[Database, ...]:
    """Every library whose folder is there, in the order of their names."""
    return tuple(load(file) for file in sorted(grammars_folder().glob("*/*/sql.toml")))


def load(file: Path) -> Database:
    return msgspec.toml.decode(file.read_bytes(), type=Database)


def used_databases(imported: frozenset[str]) -> list[Database]:
    return [it for it in databases() if imported & set(it.imports)]
