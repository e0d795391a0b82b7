"""Writes the plan of a query with the ORM of Django."""

from __future__ import annotations

from collections.abc import Iterator

from backwright.recipes.outcome import Refused
from backwright.recipes.query.plan import (
    Absent,
    ColumnOf,
    Compare,
    Condition,
    Measure,
    Plan,
    Within,
)
from backwright.recipes.query.schema import Link, Schema, Table
from backwright.recipes.query.sqlalchemy import Written, describe, window_in

_FUNCTIONS = {"sum": "Sum", "count": "Count", "avg": "Avg", "min": "Min", "max": "Max"}


def function_text(plan: Plan) -> Written | Refused:
    try:
        return _Writer(plan).written()
    except _NoWayError as fault:
        return Refused(str(fault))


class _NoWayError(Exception):
    """There is no relation by which the ORM can follow."""


class _Writer:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.imports: dict[str, set[str]] = {}

    def written(self) -> Written:
        self._use("django.db.models", "QuerySet")
        plan = self.plan
        model = plan.root.model.name
        lines = [f"{model}.objects", *self._calls()]
        is_rows = bool(plan.measures and plan.group) or not self._is_whole
        result = "QuerySet" if is_rows else f"QuerySet[{model}]"
        text = "\n".join(
            [
                f"def {plan.name}({', '.join(self._parameters())}) -> {result}:",
                f'    """{describe(plan)}"""',
                *self._times(),
                "    return (\n        " + "\n        ".join(lines) + "\n    )",
            ]
        )
        if plan.limit is not None:
            text = text.removesuffix("\n    )") + "[:limit]\n    )"
        return Written(text + "\n", self.imports, [plan.root])

    @property
    def _is_whole(self) -> bool:
        return self.plan.group is None

    def _parameters(self) -> list[str]:
        found = []
        window = window_in(self.plan)
        if window is not None and not window.is_running:
            found.append(f"{window.parameter}: int = {window.count}")
        if self.plan.limit is not None:
            found.append(f"limit: int = {self.plan.limit}")
        return ["*", *found] if found else []

    def _times(self) -> Iterator[str]:
        window = window_in(self.plan)
        if window is None:
            return
        self._use("django.utils", "timezone")
        if window.is_running:
            start = {
                "year": "month=1, day=1, hour=0, minute=0, second=0, microsecond=0",
                "month": "day=1, hour=0, minute=0, second=0, microsecond=0",
            }.get(window.unit, "hour=0, minute=0, second=0, microsecond=0")
            now = "timezone.localtime()"
            if window.unit == "week":
                self._use("datetime", "timedelta")
                yield f"    now = {now}"
                now = "(now - timedelta(days=now.weekday()))"
            yield f"    since = {now}.replace({start})"
            return
        self._use("datetime", "timedelta")
        span = {
            "month": f"days=30 * {window.parameter}",
            "year": f"days=365 * {window.parameter}",
        }.get(window.unit, f"{window.parameter}={window.parameter}")
        yield f"    since = timezone.now() - timedelta({span})"

    def _calls(self) -> Iterator[str]:
        plan = self.plan
        own = [it for it in plan.conditions if self._is_own(it)]
        # Conditions on joined rows stand in the aggregates, and do not join a second time.
        others = [it for it in plan.conditions if it not in own]
        yield from (self._condition(it) for it in own)
        if plan.group is not None:
            yield f'.values("{plan.group.column.attribute}")'
        named = {it.name for it in plan.measures}
        measures = [*plan.measures, *(it.measure for it in plan.having)]
        measures = [it for n, it in enumerate(measures) if n < len(named) or it.name not in named]
        if measures:
            yield self._listed(
                ".annotate", [f"{it.name}={self._measure(it, others)}" for it in measures]
            )
        yield from self._having()
        yield from self._loads()

    def _having(self) -> Iterator[str]:
        """The conditions on aggregates: without one of its own a row has to count at all."""
        plan = self.plan
        for it in plan.having:
            lookup = "gte" if it.operator == ">=" else "gt"
            yield f".filter({it.measure.name}__{lookup}={it.value})"
        if plan.measures and not (plan.keep_all or plan.having or plan.group):
            first = plan.measures[0]
            lookup = "gt=0" if first.function == "count" else "isnull=False"
            is_joined = first.table.name != plan.root.name
            yield from [f".filter({first.name}__{lookup})"] if is_joined else []

    def _loads(self) -> Iterator[str]:
        plan = self.plan
        parents = [it.table for it in plan.outputs if it.table.name != plan.root.name]
        loaded = {it.attribute for it in plan.loaded} | {self._path(it) for it in parents}
        if loaded:
            yield f".select_related({', '.join(_text(it) for it in sorted(loaded))})"
        yield f".order_by({', '.join(self._order())})"

    def _listed(self, call: str, parts: list[str]) -> str:
        line = f"{call}({', '.join(parts)})"
        if len(line) < 80:
            return line
        inner = "".join(f"            {it},\n" for it in parts)
        return f"{call}(\n{inner}        )"

    def _is_own(self, it: Condition) -> bool:
        if isinstance(it, Absent):
            return True
        return not self.plan.measures or it.at.table.name == self.plan.root.name

    def _measure(self, it: Measure, conditions: list[Condition]) -> str:
        function = _FUNCTIONS[it.function]
        self._use("django.db.models", function)
        path = self._path(it.table)
        column = it.table.key if it.function == "count" or it.column is None else it.column
        value = _text(self._joined(path, column.attribute))
        if it.times is not None:
            self._use("django.db.models", "F")
            value = f"F({value}) * F({_text(self._joined(path, it.times.attribute))})"
        parts = [value]
        filters = [self._lookup(c) for c in conditions]
        if filters:
            self._use("django.db.models", "Q")
            parts.append(f"filter=Q({', '.join(filters)})")
        if it.function == "count" and len(self.plan.links) > 1:
            parts.append("distinct=True")
        if it.function == "sum" and self.plan.keep_all:
            parts.append("default=0")
        return f"{function}({', '.join(parts)})"

    def _condition(self, it: Condition) -> str:
        if isinstance(it, Absent):
            path = it.link.back
            if not path:
                raise _NoWayError(f"{it.link.parent.model.name} has no relation to follow")
            if it.within is None:
                return f".filter({self._query(path)}__isnull=True)"
            self._use("django.db.models", "Exists")
            self._use("django.db.models", "OuterRef")
            child = it.link.child.model.name
            self.imports.setdefault("", set()).add(child)
            inner = f'{it.link.attribute}=OuterRef("pk"), {self._lookup(it.within, own=True)}'
            return f".filter(~Exists({child}.objects.filter({inner})))"
        if isinstance(it, Compare) and it.operator == "<>":
            return f".exclude({self._lookup(it)})"
        return f".filter({self._lookup(it)})"

    def _lookup(self, it: Condition, *, own: bool = False) -> str:
        assert not isinstance(it, Absent)
        path = "" if own else self._path(it.at.table)
        name = self._joined(path, it.at.column.attribute)
        if isinstance(it, Within):
            since = "since.date()" if it.at.column.type == "date" else "since"
            return f"{name}__gte={since}"
        if it.operator in {"is null", "is not null"}:
            return f"{name}__isnull={it.operator == 'is null'}"
        lookup = {">": "__gt", ">=": "__gte", "<": "__lt", "<=": "__lte"}.get(it.operator, "")
        return f"{name}{lookup}={self._value(it.at, it.value)}"

    def _value(self, at: ColumnOf, value: object) -> str:
        if value == "now" and at.column.is_time:
            self._use("django.utils", "timezone")
            return "timezone.localdate()" if at.column.type == "date" else "timezone.now()"
        return _text(value) if isinstance(value, str) else str(value)

    def _order(self) -> Iterator[str]:
        for it in self.plan.order:
            if isinstance(it.by, Measure):
                if (
                    it.is_descending
                    and self.plan.keep_all
                    and it.by.function in {"avg", "max", "min"}
                ):
                    self._use("django.db.models", "F")
                    yield f'F("{it.by.name}").desc(nulls_last=True)'
                    continue
                name = it.by.name
            else:
                name = self._joined(self._path(it.by.table), it.by.column.attribute)
            yield _text(f"-{name}" if it.is_descending else name)
        if self.plan.group is None:
            yield _text(self.plan.root.key.attribute)

    def _path(self, table: Table) -> str:
        """The relations that lead from the root to a table, as lookups write them."""
        at, parts = self.plan.root, list[str]()
        for link in self._way(table):
            is_down = link.parent.name == at.name
            name = self._query(link.back) if is_down else link.attribute
            if not name:
                raise _NoWayError(
                    f"{at.model.name} has no relation that leads to {table.model.name}"
                )
            parts.append(name)
            at = link.child if is_down else link.parent
        return "__".join(parts)

    def _way(self, table: Table) -> list[Link]:
        return Schema((self.plan.root,), self.plan.links).path(self.plan.root, table) or []

    def _query(self, back: str) -> str:
        """The name of a relation in lookups: `order_set` is `order` there."""
        return back.removesuffix("_set")

    def _joined(self, path: str, attribute: str) -> str:
        return f"{path}__{attribute}" if path else attribute

    def _use(self, module: str, name: str) -> None:
        self.imports.setdefault(module, set()).add(name)


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
