"""The databases for which SQL is written, and which of them a project uses."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from backwright.facts.backend import Stack
from backwright.recipes.brief.brief import FieldType


class Dialect(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`key` is the type of a table's own key, `reference` of a column that refers to one."""

    name: str = ""
    title: str
    key: str
    reference: str
    created: str
    true: str
    false: str
    max_length: str
    reserved: str
    types: dict[FieldType | str, str]

    def quoted(self, name: str) -> str:
        """The name as it can stand in a statement."""
        if name.lower() not in self.reserved.split():
            return name
        return f"`{name}`" if self.name == "mysql" else f'"{name}"'

    def reference_to(self, key: str) -> str:
        """The type of a column that refers to a key of this type, as it is declared."""
        written = key.strip().lower()
        if not written or (self.name == "sqlite" and "int" in written):
            return self.reference
        if "serial" in written:
            sizes = {"big": "bigint", "8": "bigint", "small": "smallint", "2": "smallint"}
            return next((it for sign, it in sizes.items() if sign in written), "integer")
        if "uuid" in written:
            return self.types["uuid"]
        if "(" not in written and written.split()[0] in {"int", "integer", "bigint", "smallint"}:
            return key.strip()
        if "bigint" in written:
            return "bigint"
        if "int" in written or "autofield" in written:
            return self.types["bigint" if written.startswith("big") else "integer"]
        return key.strip() if self._is_written_here(written) else self.reference

    def _is_written_here(self, written: str) -> bool:
        return written.startswith(("char", "varchar", "text", "binary", "nchar", "numeric"))

    def literal(self, value: str | int | bool) -> str:
        if isinstance(value, bool):
            return self.true if value else self.false
        return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


@cache
def dialects() -> dict[str, Dialect]:
    data = (Path(__file__).parent / "dialects.toml").read_bytes()
    found = msgspec.toml.decode(data, type=dict[str, Dialect])
    return {name: msgspec.structs.replace(it, name=name) for name, it in found.items()}


def dialect_named(database: str) -> Dialect | None:
    """The dialect of a database as stacks and requests call it."""
    return dialects().get({"postgres": "postgresql", "mariadb": "mysql"}.get(database, database))


def dialect_of(stack: Stack) -> Dialect | None:
    """The dialect of the first database of an application that has one."""
    found = (dialect_named(it) for it in stack.databases)
    return next((it for it in found if it is not None), None)
