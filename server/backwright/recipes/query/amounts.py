"""Which columns hold amounts of money and times of a table."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.recipes.query.schema import Column, Schema, Table
from backwright.recipes.query.words import words


@dataclass(frozen=True, slots=True)
class Amount:
    """A column, or the product of two, of the table."""

    table: Table
    column: Column
    times: Column | None = None

    @property
    def title(self) -> str:
        name = f"{self.table.name}.{self.column.name}"
        return f"{name} * {self.times.name}" if self.times is not None else name


def amount_of(table: Table, schema: Schema) -> Amount | None:
    """What a row of the table is worth: its own amount, else that of its lines."""
    numbers = [it for it in table.columns if it.is_number and it.name != table.key.name]
    factor = next((it for it in numbers if it.words in words().money["factors"].split()), None)
    price = _first(numbers, words().money["prices"])
    if factor is not None and price is not None:
        own = _first(numbers, "total total_price total_amount line_total subtotal")
        return Amount(table, own or price, None if own else factor)
    found = _first(numbers, f"{words().money['names']} {table.one}_total {table.one}_amount")
    if found is not None:
        return Amount(table, found)
    for child in schema.children(table):
        inner = amount_of(child, schema)
        if inner is not None and inner.times is not None:
            return inner
    decimals = [it for it in numbers if it.type == "decimal"]
    return Amount(table, decimals[0]) if len(decimals) == 1 else None


def time_of(table: Table) -> Column | None:
    """When a row of the table was."""
    times = [it for it in table.columns if it.is_time]
    verb = table.one.split("_")[-1].rstrip("e")
    own = [it for it in times if it.words.startswith(verb) and not it.nullable]
    named = _first(times, words().time["names"])
    if own:
        return own[0]
    return named or (times[0] if len(times) == 1 else None)


def label_of(table: Table) -> Column | None:
    """What a person knows a row by."""
    return table.first(words().label["names"].split())


def _first(columns: list[Column], names: str) -> Column | None:
    by_name = {it.words: it for it in columns}
    return next((by_name[it] for it in names.split() if it in by_name), None)
