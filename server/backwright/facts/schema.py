"""What files that only describe a database say: statements of SQL, and schemas of Prisma.

Types, defaults and names are as they are written, names without their quotes.
"""

from __future__ import annotations

from typing import Literal

import msgspec

SUFFIXES = (".sql", ".prisma")
"""Of the files that only describe a database."""


class Column(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`references` is `table.column`, or the table alone where its key is meant."""

    name: str
    type: str = ""
    nullable: bool = True
    unique: bool = False
    primary_key: bool = False
    default: str = ""
    references: str = ""
    line: int = 0


class Key(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An index or constraint over columns; a foreign key has `references`."""

    columns: list[str]
    name: str = ""
    kind: Literal["primary", "unique", "index", "foreign"] = "index"
    references: str = ""
    referred: list[str] = []


ChangeKind = Literal["create", "drop", "rename", "add", "remove", "rename-column", "alter", "key"]
Facet = Literal["", "required", "nullable", "default", "type"]


class Change(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One step of a schema: a table is created or dropped, or something of it changes.

    `columns` are those that are created, added or put in the place of one of that name; `names` are
    what is removed or renamed; `to` is the new name. `alter` sets what `facet` says of a column.
    """

    kind: ChangeKind
    table: str
    line: int
    start: int
    end: int
    columns: list[Column] = []
    keys: list[Key] = []
    names: list[str] = []
    to: str = ""
    facet: Facet = ""


class Attribute(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`@default(now())`: the name and what stands between the brackets."""

    name: str
    arguments: str = ""


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A field of a block, or a value of an enum."""

    name: str
    type: str = ""
    many: bool = False
    optional: bool = False
    attributes: list[Attribute] = []
    line: int = 0


class Block(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`model User { … }`; `kind` is its first word."""

    kind: str
    name: str
    entries: list[Entry]
    attributes: list[Attribute]
    line: int
    start: int
    end: int


class Schema(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All that one such file says."""

    changes: list[Change] = []
    blocks: list[Block] = []
