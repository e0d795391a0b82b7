"""Tables as a schema shall have them, for every dialect alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from backwright.recipes.brief.brief import Field

OnDelete = Literal["cascade", "restrict", "set-null"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that refers to the key of another table; `type` is that of a key that is there."""

    column: str
    table: str
    key: str = "id"
    required: bool = True
    unique: bool = False
    on_delete: OnDelete = "restrict"
    type: str = ""


@dataclass(frozen=True, slots=True)
class Indexed:
    """An index, with the query that it is for."""

    columns: tuple[str, ...]
    reason: str
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`key` holds the columns of a key over several of them, `ordered` pairs of columns of which
    the second may not be before the first."""

    name: str
    columns: tuple[Field, ...] = ()
    references: tuple[Reference, ...] = ()
    indexes: tuple[Indexed, ...] = ()
    key: tuple[str, ...] = ()
    ordered: tuple[tuple[str, str], ...] = ()
    is_timed: bool = True

    def has(self, column: str) -> bool:
        names = {it.name for it in self.columns} | {it.column for it in self.references}
        return column in names or column == "id" or (self.is_timed and column == "created_at")
