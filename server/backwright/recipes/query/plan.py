"""What a query does, for every way of writing it alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from backwright.recipes.query.schema import Column, Link, Table

Function = Literal["sum", "count", "avg", "min", "max"]
Unit = Literal["hour", "day", "week", "month", "year"]
Operator = Literal["=", "<>", ">", ">=", "<", "<=", "is null", "is not null"]


@dataclass(frozen=True, slots=True)
class ColumnOf:
    table: Table
    column: Column


@dataclass(frozen=True, slots=True)
class Measure:
    """An aggregate over a table: of its rows where `column` is None, of the product of two columns
    where `times` is another."""

    function: Function
    table: Table
    name: str
    column: Column | None = None
    times: Column | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A period up to now: the last `count` units, or since the `unit` that runs began."""

    count: int
    unit: Unit
    is_running: bool = False

    @property
    def parameter(self) -> str:
        return f"{self.unit}s"

    @property
    def title(self) -> str:
        if self.is_running:
            return f"this {self.unit}"
        return f"the last {self.count} {self.unit}s" if self.count != 1 else f"the last {self.unit}"


@dataclass(frozen=True, slots=True)
class Within:
    """A time lies in the window."""

    at: ColumnOf
    window: Window


@dataclass(frozen=True, slots=True)
class Compare:
    """`value` is a number, a text, a truth value, or `now` for the present moment."""

    at: ColumnOf
    operator: Operator
    value: str | int | float | bool | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """There is no row of `link.child` (of those within the window)."""

    link: Link
    within: Within | None = None


@dataclass(frozen=True, slots=True)
class AtLeast:
    measure: Measure
    operator: Operator
    value: int


Condition = Within | Compare | Absent


@dataclass(frozen=True, slots=True)
class Order:
    by: Measure | ColumnOf
    is_descending: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows are those of `root`, one each, or one for each value of `group` where there is one.

    `links` are joined in this order; `keep_all` is True where rows without a match stay. `notes`
    say what was chosen where the request left it open.
    """

    root: Table
    outputs: tuple[ColumnOf, ...]
    measures: tuple[Measure, ...] = ()
    links: tuple[Link, ...] = ()
    keep_all: bool = False
    conditions: tuple[Condition, ...] = ()
    having: tuple[AtLeast, ...] = ()
    order: tuple[Order, ...] = ()
    limit: int | None = None
    group: ColumnOf | None = None
    notes: tuple[str, ...] = ()
    unserved: tuple[str, ...] = ()
    loaded: tuple[Link, ...] = ()
    """Relations to load with the rows."""

    @property
    def name(self) -> str:
        """What a function is called that runs it."""
        main = next((it.by for it in self.order if isinstance(it.by, Measure)), None)
        if any(isinstance(it, Absent) for it in self.conditions):
            absent = next(it for it in self.conditions if isinstance(it, Absent))
            return f"{self.root.many}_without_{absent.link.child.many}"
        if self.group is not None and self.measures:
            return f"{self.measures[0].name}_by_{self.group.column.words}"
        if main is not None:
            return f"{'top_' if self.limit else ''}{self.root.many}_by_{main.name}"
        if self.limit and self.order and isinstance(self.order[0].by, ColumnOf):
            return f"top_{self.root.many}_by_{self.order[0].by.column.words}"
        if self.measures:
            return f"{self.root.many}_with_{self.measures[0].name}"
        return f"list_{self.root.many}"
