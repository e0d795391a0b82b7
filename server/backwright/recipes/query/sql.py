"""Writes the plan of a query as SQL."""

from __future__ import annotations

from collections.abc import Iterator

from backwright.recipes.query.plan import (
    Absent,
    ColumnOf,
    Compare,
    Condition,
    Measure,
    Plan,
    Window,
    Within,
)
from backwright.recipes.query.schema import Link, Table
from backwright.recipes.sql.dialect import Dialect


def sql_text(plan: Plan, dialect: Dialect) -> str:
    return _Writer(plan, dialect).text()


class _Writer:
    def __init__(self, plan: Plan, dialect: Dialect) -> None:
        self.plan, self.dialect = plan, dialect
        self.aliases: dict[str, str] = {}
        for table in (plan.root, *(it for link in plan.links for it in (link.child, link.parent))):
            self._alias(table)

    def text(self) -> str:
        plan = self.plan
        lines = ["SELECT", ",\n".join(f"    {it}" for it in self._selected())]
        lines.append(f"FROM {self._table(plan.root)}")
        lines += self._joins()
        conditions = [self._condition(it) for it in plan.conditions]
        if conditions:
            lines.append("WHERE " + "\n    AND ".join(conditions))
        if plan.measures or plan.having:
            lines.append(f"GROUP BY {', '.join(self._grouped())}")
        if plan.having:
            lines.append("HAVING " + " AND ".join(self._having()))
        if order := list(self._order()):
            lines.append(f"ORDER BY {', '.join(order)}")
        if plan.limit is not None:
            lines.append(f"LIMIT {plan.limit}")
        return "\n".join(lines) + ";\n"

    def _alias(self, table: Table) -> str:
        if table.name not in self.aliases:
            initials = "".join(it[0] for it in table.one.split("_") if it)
            made, number = initials, 2
            while made in self.aliases.values() or made in self.dialect.reserved.split():
                made, number = f"{initials}{number}", number + 1
            self.aliases[table.name] = made
        return self.aliases[table.name]

    def _table(self, table: Table) -> str:
        name = ".".join(self._quoted(it) for it in table.name.split("."))
        return f"{name} AS {self._alias(table)}"

    def _quoted(self, name: str) -> str:
        if name != name.lower():  # which is kept only in quotes
            return f"`{name}`" if self.dialect.name == "mysql" else f'"{name}"'
        return self.dialect.quoted(name)

    def _column(self, at: ColumnOf) -> str:
        return f"{self._alias(at.table)}.{self._quoted(at.column.name)}"

    def _selected(self) -> Iterator[str]:
        many = len({it.table.name for it in self.plan.outputs}) > 1
        for it in self.plan.outputs:
            alias = f" AS {it.table.one}_{it.column.name}" if many and self._is_other(it) else ""
            yield f"{self._column(it)}{alias}"
        for measure in self.plan.measures:
            yield f"{self._measure(measure)} AS {measure.name}"

    def _is_other(self, at: ColumnOf) -> bool:
        return at.table.name != self.plan.root.name

    def _measure(self, it: Measure) -> str:
        alias = self._alias(it.table)
        if it.function == "count":
            key = f"{alias}.{self._quoted(it.table.key.name)}"
            is_only = len(self.plan.links) < 2
            return f"COUNT({key})" if is_only else f"COUNT(DISTINCT {key})"
        assert it.column is not None
        value = self._column(ColumnOf(it.table, it.column))
        if it.times is not None:
            value = f"{value} * {self._column(ColumnOf(it.table, it.times))}"
        made = f"{it.function.upper()}({value})"
        return f"COALESCE({made}, 0)" if it.function == "sum" and self.plan.keep_all else made

    def _joins(self) -> Iterator[str]:
        joined = {self.plan.root.name}
        kind = "LEFT JOIN" if self.plan.keep_all else "JOIN"
        for link in self.plan.links:
            new = link.child if link.parent.name in joined else link.parent
            joined.add(new.name)
            yield f"{kind} {self._table(new)} ON {self._on(link)}"

    def _on(self, link: Link) -> str:
        child = self._column(ColumnOf(link.child, link.column))
        return f"{child} = {self._column(ColumnOf(link.parent, link.parent.key))}"

    def _condition(self, it: Condition) -> str:
        match it:
            case Within(at, window):
                return (
                    f"{self._column(at)} >= {self._since(window, is_date=at.column.type == 'date')}"
                )
            case Absent():
                return self._absent(it)
            case Compare(at, operator, value):
                if operator in {"is null", "is not null"}:
                    return f"{self._column(at)} {operator.upper()}"
                return f"{self._column(at)} {operator} {self._value(at, value)}"

    def _absent(self, it: Absent) -> str:
        child, root = it.link.child, self.plan.root
        joined = self.aliases.pop(child.name, "")
        alias = self._inner_alias(child, joined)
        reference = f"{alias}.{self._quoted(it.link.column.name)}"
        lines = [
            "NOT EXISTS (",
            f"        SELECT 1 FROM {self._table(child)}",
            f"        WHERE {reference} = {self._alias(root)}.{self._quoted(root.key.name)}",
        ]
        if it.within is not None:
            lines.append(f"            AND {self._condition(it.within)}")
        self.aliases[child.name] = joined or alias
        return "\n".join([*lines, "    )"])

    def _inner_alias(self, table: Table, joined: str) -> str:
        """An alias for the table inside of a condition, where it may be joined as well."""
        self.aliases[f"{table.name} joined"] = joined
        return self._alias(table)

    def _value(self, at: ColumnOf, value: object) -> str:
        if value == "now" and at.column.is_time:
            is_date = at.column.type == "date"
            return _NOW[self.dialect.name][int(is_date)]
        if isinstance(value, float):
            return str(value)
        return self.dialect.literal(value) if isinstance(value, (str, int)) else "NULL"

    def _since(self, window: Window, *, is_date: bool) -> str:
        count, unit = window.count, window.unit
        match self.dialect.name:
            case "postgresql":
                if window.is_running:
                    return f"date_trunc('{unit}', now())"
                now = "current_date" if is_date and unit != "hour" else "now()"
                return f"{now} - interval '{count} {unit}{'s' if count > 1 else ''}'"
            case "mysql":
                if window.is_running:
                    return _MYSQL_BEGINNING[unit]
                now = "current_date" if is_date and unit != "hour" else "now()"
                return f"{now} - INTERVAL {count} {unit.upper()}"
            case _:
                function = "date" if is_date else "datetime"
                if window.is_running:
                    start = {"day": "start of day", "month": "start of month"}.get(unit)
                    if unit == "week":
                        return f"{function}('now', 'start of day', '-6 days', 'weekday 1')"
                    return f"{function}('now', '{start or 'start of year'}')"
                days, name = (count * 7, "day") if unit == "week" else (count, unit)
                return f"{function}('now', '-{days} {name}{'s' if days > 1 else ''}')"

    def _grouped(self) -> list[str]:
        if self.plan.group is not None:
            return [self._column(self.plan.group)]
        key = ColumnOf(self.plan.root, self.plan.root.key)
        own = [self._column(it) for it in self.plan.outputs]
        # MySQL and PostgreSQL know that the key decides the other columns of its table.
        others = [it for it in self.plan.outputs if self._is_other(it)]
        if self.dialect.name == "sqlite" or not others:
            return [self._column(key)]
        return list(dict.fromkeys([self._column(key), *own]))

    def _having(self) -> Iterator[str]:
        for it in self.plan.having:
            yield f"{self._measure(it.measure)} {it.operator} {it.value}"

    def _order(self) -> Iterator[str]:
        for it in self.plan.order:
            by = it.by.name if isinstance(it.by, Measure) else self._column(it.by)
            nulls = ""
            if (
                isinstance(it.by, Measure)
                and it.is_descending
                and self.dialect.name == "postgresql"
            ):
                may_lack = self.plan.keep_all and it.by.function in {"avg", "min", "max"}
                nulls = " NULLS LAST" if may_lack else ""
            yield f"{by}{' DESC' if it.is_descending else ''}{nulls}"
        if self.plan.group is None:
            yield self._column(ColumnOf(self.plan.root, self.plan.root.key))
        elif not self.plan.order:
            yield self._column(self.plan.group)


_NOW = {
    "postgresql": ("now()", "current_date"),
    "mysql": ("now()", "current_date"),
    "sqlite": ("datetime('now')", "date('now')"),
}
_MYSQL_BEGINNING = {
    "year": "date_format(current_date, '%Y-01-01')",
    "month": "date_format(current_date, '%Y-%m-01')",
    "week": "current_date - INTERVAL weekday(current_date) DAY",
    "day": "current_date",
    "hour": "now() - INTERVAL 1 HOUR",
}
