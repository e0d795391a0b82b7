"""Tables of SQLAlchemy 2: one class a resource."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from backwright.recipes.brief.brief import Field
from backwright.recipes.rest_api.python.source import call
from backwright.recipes.rest_api.resources import Link, Peers, Resource, stored

_TYPES = {
    "text": "str", "email": "str", "url": "str", "slug": "str", "phone": "str", "string": "str",
    "password": "str", "uuid": "uuid.UUID", "integer": "int", "bigint": "int",
    "decimal": "Decimal", "float": "float", "boolean": "bool", "date": "dt.date",
    "datetime": "dt.datetime", "json": "Any",
}  # fmt: skip
_LENGTHS = {"string": 255, "email": 320, "url": 2048, "slug": 255, "phone": 32, "password": 255}
_COLUMNS = {
    "text": "sa.Text", "bigint": "sa.BigInteger", "decimal": "sa.Numeric(12, 2)",
    "datetime": "UtcDateTime", "json": "sa.JSON",
}  # fmt: skip
_ON_DELETE = {"cascade": "CASCADE", "restrict": "RESTRICT", "set-null": "SET NULL"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A class with the imports that it needs; `later` are those that only its types need."""

    text: str
    imports: tuple[str, ...]
    later: tuple[str, ...] = ()


def python_type(field: Field) -> str:
    """The type of a field's value, without None."""
    if field.type == "choice":
        return f"Literal[{', '.join(json.dumps(it, ensure_ascii=False) for it in field.choices)}]"
    return _TYPES[field.type]


def type_imports(fields: tuple[Field, ...]) -> list[str]:
    """The imports that the types of fields need."""
    needed = {
        "dt.": "import datetime as dt", "uuid.": "import uuid",
        "Decimal": "from decimal import Decimal", "Any": "from typing import Any",
        "Literal": "from typing import Literal",
    }  # fmt: skip
    types = [python_type(it) for it in fields]
    return [line for start, line in needed.items() if any(it.startswith(start) for it in types)]


def max_length(field: Field) -> int | None:
    """How long the text may be that a column takes; None where there is no bound."""
    if field.type in {"string", "slug"} and field.maximum:
        return field.maximum
    return _LENGTHS.get(field.type)


def model(resource: Resource, base: str = "Base", own_base: str = "") -> Piece:
    """The class of a resource. `own_base` is the import of its base."""
    fields = tuple(stored(it) for it in resource.fields)
    lines = [
        f"class {resource.kind}({base}):",
        f'    __tablename__ = "{resource.table}"',
        "",
        "    id: Mapped[int] = mapped_column(primary_key=True)",
        *(_key(it) for it in resource.links),
        *(_column(it) for it in fields),
        "    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=utc_now)",
        call(
            "    updated_at: Mapped[dt.datetime] = mapped_column",
            ["UtcDateTime", "default=utc_now", "onupdate=utc_now"],
        ),
    ]
    related = [
        *(_to_one(it) for it in resource.links),
        *(_held(it) for it in resource.held),
        *(_peers(it) for it in resource.peers),
        *(_peered(it) for it in resource.peered),
    ]
    if related:
        lines += ["", *related]
    imports = [
        "import sqlalchemy as sa" if "sa." in "\n".join(lines) else "",
        "import datetime as dt",
        f"from sqlalchemy.orm import Mapped, mapped_column{', relationship' if related else ''}",
        *type_imports(fields),
        own_base,
    ]
    later = [it.target for it in resource.links if not it.to_self]
    later += [it.source for it in resource.held if not it.to_self]
    later += [it.target for it in resource.peers] + [it.source for it in resource.peered]
    names = dict.fromkeys(it.name for it in later if it.name != resource.name)
    return Piece("\n".join(lines), tuple(it for it in imports if it), tuple(names))


def plain_model(resource: Resource, base: str, moments: list[str]) -> Piece:
    """The class of a resource in a project that has others: keys, but no relations, since those
    would change the others. `moments` are the lines that keep when it was made and changed."""
    fields = tuple(stored(it) for it in resource.fields)
    lines = [
        f"class {resource.kind}({base}):",
        f'    __tablename__ = "{resource.table}"',
        "",
        "    id: Mapped[int] = mapped_column(primary_key=True)",
        *(_key(it) for it in resource.links),
        *(_column(it).replace("UtcDateTime", "sa.DateTime(timezone=True)") for it in fields),
        *moments,
    ]
    text = "\n".join(lines)
    names = sorted(set(re.findall(r"\bsa\.(\w+)", text)))
    text = re.sub(r"\bsa\.(\w+)", r"\1", text)
    imports = [
        f"from sqlalchemy import {', '.join(names)}" if names else "",
        "from sqlalchemy.orm import Mapped, mapped_column",
        *type_imports(fields),
    ]
    return Piece(text, tuple(it for it in imports if it))


def pairs(peers: Peers, metadata: str = "Base.metadata") -> str:
    """The table of a many-to-many."""
    rows = [f'"{peers.table}"', metadata]
    sides = [(f"{peers.source.name}_id", peers.source), (peers.target_key, peers.target)]
    for key, side in sides:
        foreign = f'sa.ForeignKey("{side.table}.id", ondelete="CASCADE")'
        rows.append(f'sa.Column("{key}", {foreign}, primary_key=True)')
    return call(f"{peers.table} = sa.Table", rows)


def _column(field: Field) -> str:
    optional = not field.required
    type_ = python_type(field) + (" | None" if optional else "")
    arguments = []
    length = max_length(field)
    if length is not None:
        arguments.append(f"sa.String({length})")
    elif field.type in _COLUMNS:
        arguments.append(_COLUMNS[field.type])
    if field.unique:
        arguments.append("unique=True")
    elif field.indexed:
        arguments.append("index=True")
    if field.default is not None:
        arguments.append(f"default={default_text(field)}")
    head = f"    {field.name}: Mapped[{type_}]"
    return call(f"{head} = mapped_column", arguments) if arguments else head


def default_text(field: Field) -> str:
    """A default as Python writes it."""
    value = field.default
    if field.type == "decimal":
        return f'Decimal("{value}")'
    if field.type == "boolean" or isinstance(value, bool):
        return str(bool(value))
    if field.type in {"integer", "bigint", "float"} and value is not None:
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def _key(link: Link) -> str:
    type_ = "int" if link.required else "int | None"
    foreign = f'sa.ForeignKey("{link.target.table}.id", ondelete="{_ON_DELETE[link.on_delete]}")'
    index = "unique=True" if link.single else "index=True"
    return call(f"    {link.key}: Mapped[{type_}] = mapped_column", [foreign, index])


def _to_one(link: Link) -> str:
    type_ = f'"{link.target.kind}"' if link.required else f'"{link.target.kind} | None"'
    arguments = [f'back_populates="{link.back}"']
    arguments += _through(link, f"{link.source.kind}.{link.key}")
    if link.to_self:
        arguments.append(f'remote_side="{link.source.kind}.id"')
    return call(f"    {link.name}: Mapped[{type_}] = relationship", arguments)


def _held(link: Link) -> str:
    type_ = f'"{link.source.kind} | None"' if link.single else f'list["{link.source.kind}"]'
    arguments = [f'back_populates="{link.name}"']
    arguments += _through(link, f"{link.source.kind}.{link.key}")
    if link.on_delete == "cascade":
        arguments.append('cascade="all, delete-orphan"')
        arguments.append("passive_deletes=True")
    elif link.on_delete == "restrict":
        arguments.append('passive_deletes="all"')
    return call(f"    {link.back}: Mapped[{type_}] = relationship", arguments)


def _through(link: Link, key: str) -> list[str]:
    """Which key is meant, where there are several between the two."""
    several = sum(it.target.name == link.target.name for it in link.source.links) > 1
    return [f'foreign_keys="{key}"'] if several else []


def _peers(peers: Peers) -> str:
    return _paired(peers, peers.name, peers.target, peers.back, mine="source")


def _peered(peers: Peers) -> str:
    return _paired(peers, peers.back, peers.source, peers.name, mine="target")


def _paired(peers: Peers, name: str, other: Resource, back: str, mine: str) -> str:
    arguments = [f'secondary="{peers.table}"', f'back_populates="{back}"']
    if peers.source.name == peers.target.name:
        kind, table = peers.source.kind, peers.table
        keys = [f"{peers.source.name}_id", peers.target_key]
        first, second = keys if mine == "source" else keys[::-1]
        arguments.append(f'primaryjoin="{kind}.id == {table}.c.{first}"')
        arguments.append(f'secondaryjoin="{kind}.id == {table}.c.{second}"')
    return call(f'    {name}: Mapped[list["{other.kind}"]] = relationship', arguments)
