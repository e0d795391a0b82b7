"""Writes the plan of a query with SQLAlchemy 2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

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

_NAIVE = "now(UTC).replace(tzinfo=None)"


@dataclass(slots=True)
class Written:
    """A function, the names that it needs of libraries by their module, and models that it uses."""

    text: str
    imports: dict[str, set[str]] = field(default_factory=dict)
    models: list[Table] = field(default_factory=list)


def function_text(plan: Plan, *, is_async: bool) -> Written:
    return _Writer(plan, is_async=is_async).written()


class _Writer:
    def __init__(self, plan: Plan, *, is_async: bool) -> None:
        self.plan, self.is_async = plan, is_async
        self.imports: dict[str, set[str]] = {}
        self.models: dict[str, Table] = {}

    def written(self) -> Written:
        body = [*self._times(), *self._measures(), *self._statement()]
        wait = "await " if self.is_async else ""
        rows = "scalars" if self._is_whole else "execute"
        body.append(f"    return {wait}session.{rows}(statement).all()")
        if self.is_async:
            body[-1] = f"    return (await session.{rows}(statement)).all()"
        text = "\n".join([*self._head(), *body]) + "\n"
        return Written(text, self.imports, list(self.models.values()))

    @property
    def _is_whole(self) -> bool:
        """Whether rows are instances of the model: nothing is measured, relations come along."""
        return not self.plan.measures and not self.plan.group

    def _head(self) -> Iterator[str]:
        kind = "AsyncSession" if self.is_async else "Session"
        module = "sqlalchemy.ext.asyncio" if self.is_async else "sqlalchemy.orm"
        self._use(module, kind)
        self._use("collections.abc", "Sequence")
        result = self._model(self.plan.root)
        if not self._is_whole:
            self._use("sqlalchemy", "Row")
            self._use("typing", "Any")
            result = "Row[Any]"
        parameters = [f"session: {kind}", *self._parameters()]
        star = ["*"] if len(parameters) > 1 else []
        listed = ", ".join([parameters[0], *star, *parameters[1:]])
        word = "async def" if self.is_async else "def"
        signature = f"{word} {self.plan.name}({listed}) -> Sequence[{result}]:"
        if len(signature) > 88:
            inner = "".join(f"    {it},\n" for it in [parameters[0], *star, *parameters[1:]])
            signature = f"{word} {self.plan.name}(\n{inner}) -> Sequence[{result}]:"
        yield signature
        yield f'    """{describe(self.plan)}"""'

    def _parameters(self) -> Iterator[str]:
        window = window_in(self.plan)
        if window is not None and not window.is_running:
            yield f"{window.parameter}: int = {window.count}"
        if self.plan.limit is not None:
            yield f"limit: int = {self.plan.limit}"

    def _times(self) -> Iterator[str]:
        window = window_in(self.plan)
        if window is None:
            return
        self._use("datetime", "UTC")
        self._use("datetime", "datetime")
        for line in since_lines(window, self._use):
            # A column without a zone holds UTC, and drivers refuse to compare it with another.
            naive = "now(UTC)" in line and not self._has_zone()
            yield "    " + line.replace(
                "now(UTC)", "now(UTC).replace(tzinfo=None)" if naive else "now(UTC)"
            )

    def _has_zone(self) -> bool:
        """Whether the column that is compared with the period keeps a zone."""
        for it in self.plan.conditions:
            within = it.within if isinstance(it, Absent) else it
            if isinstance(within, Within):
                field = within.at.table.model.field(within.at.column.attribute)
                written = field.type.replace(" ", "").lower() if field else ""
                return "timezone=true" in written or "tz" in written
        return True

    def _measures(self) -> Iterator[str]:
        for it in self.plan.measures:
            line = f'    {it.name} = {self._measure(it)}.label("{it.name}")'
            if len(line) > 92:
                line = f'    {it.name} = {self._measure(it)}.label(\n        "{it.name}"\n    )'
            yield line

    def _measure(self, it: Measure) -> str:
        self._use("sqlalchemy", "func")
        if it.function == "count":
            key = self._column(ColumnOf(it.table, it.table.key))
            return (
                f"func.count({key})"
                if len(self.plan.links) < 2
                else f"func.count({key}.distinct())"
            )
        assert it.column is not None
        value = self._column(ColumnOf(it.table, it.column))
        if it.times is not None:
            value = f"{value} * {self._column(ColumnOf(it.table, it.times))}"
        made = f"func.{it.function}({value})"
        return f"func.coalesce({made}, 0)" if it.function == "sum" and self.plan.keep_all else made

    def _statement(self) -> Iterator[str]:
        self._use("sqlalchemy", "select")
        plan = self.plan
        if self._is_whole:
            columns = self._model(plan.root)
        else:
            columns = ", ".join(
                [*(self._column(it) for it in plan.outputs), *(it.name for it in plan.measures)]
            )
        lines = [f"select({columns})"]
        if len(lines[0]) > 80:
            inner = "".join(f"            {it},\n" for it in columns.split(", "))
            lines = [f"select(\n{inner}        )"]
        lines += self._joins()
        conditions = [self._condition(it) for it in plan.conditions]
        lines += [_call(".where", conditions, 8)] if conditions else []
        if plan.measures or plan.having:
            shown = [self._column(it) for it in plan.outputs]
            key = self._column(ColumnOf(plan.root, plan.root.key))
            grouped = shown if plan.group else list(dict.fromkeys([key, *shown]))
            lines.append(_call(".group_by", grouped, 8))
        for it in plan.having:
            lines.append(f".having({self._measure(it.measure)} {it.operator} {it.value})")
        if order := list(self._order()):
            lines.append(f".order_by({', '.join(order)})")
        lines += [".limit(limit)"] if plan.limit is not None else []
        if plan.loaded:
            self._use("sqlalchemy.orm", "joinedload")
            root = self._model(plan.root)
            loads = ", ".join(f"joinedload({root}.{it.attribute})" for it in plan.loaded)
            lines.append(f".options({loads})")
        yield "    statement = (\n        " + "\n        ".join(lines) + "\n    )"

    def _joins(self) -> Iterator[str]:
        joined = {self.plan.root.name}
        outer = ", isouter=True" if self.plan.keep_all else ""
        for link in self.plan.links:
            new = link.child if link.parent.name in joined else link.parent
            joined.add(new.name)
            yield f".join({self._model(new)}, {self._on(link)}{outer})"

    def _on(self, link: Link) -> str:
        child = self._column(ColumnOf(link.child, link.column))
        return f"{child} == {self._column(ColumnOf(link.parent, link.parent.key))}"

    def _condition(self, it: Condition) -> str:
        match it:
            case Within(at):
                since = "since.date()" if at.column.type == "date" else "since"
                return f"{self._column(at)} >= {since}"
            case Absent(link, within):
                conditions = [self._on(link)]
                conditions += [self._condition(within)] if within is not None else []
                child = self._model(link.child)
                return f"~{_call(f'select({child}).where', conditions, 12)}.exists()"
            case Compare(at, "is null"):
                return f"{self._column(at)}.is_(None)"
            case Compare(at, "is not null"):
                return f"{self._column(at)}.is_not(None)"
            case Compare(at, operator, value):
                if isinstance(value, bool):
                    return f"{self._column(at)}.is_({value})"
                sign = {"=": "==", "<>": "!="}.get(operator, operator)
                return f"{self._column(at)} {sign} {self._value(at, value)}"

    def _value(self, at: ColumnOf, value: object) -> str:
        if value == "now" and at.column.is_time:
            self._use("sqlalchemy", "func")
            return "func.current_date()" if at.column.type == "date" else "func.now()"
        if at.column.is_time:
            self._use("datetime", "date")
            return f"date.fromisoformat({_text(str(value))})"
        return _text(value) if isinstance(value, str) else str(value)

    def _order(self) -> Iterator[str]:
        for it in self.plan.order:
            by = it.by.name if isinstance(it.by, Measure) else self._column(it.by)
            yield f"{by}.desc()" if it.is_descending else by
        if self.plan.group is None:
            yield self._column(ColumnOf(self.plan.root, self.plan.root.key))

    def _column(self, at: ColumnOf) -> str:
        model = self._model(at.table)
        inner = ".c" if model[:1].islower() else ""  # a table and no class
        return f"{model}{inner}.{at.column.attribute}"

    def _model(self, table: Table) -> str:
        self.models.setdefault(table.name, table)
        return table.model.name

    def _use(self, module: str, name: str) -> None:
        self.imports.setdefault(module, set()).add(name)


def _call(name: str, arguments: list[str], indent: int) -> str:
    """A call on one line where that fits, else with an argument a line."""
    line = f"{name}({', '.join(arguments)})"
    if len(line) + indent <= 92 and "\n" not in line:
        return line
    pad = " " * (indent + 4)
    inner = "".join(f"{pad}{it},\n" for it in arguments)
    return f"{name}(\n{inner}{' ' * indent})"


def window_in(plan: Plan) -> Window | None:
    for it in plan.conditions:
        if isinstance(it, Within):
            return it.window
        if isinstance(it, Absent) and it.within is not None:
            return it.within.window
    return None


def since_lines(window: Window, use: object) -> Iterator[str]:
    """Statements that make `since`, the moment at which the period begins."""
    assert callable(use)
    now = "datetime.now(UTC)"
    if window.is_running:
        yield f"now = {now}"
        match window.unit:
            case "week":
                use("datetime", "timedelta")
                yield "monday = now - timedelta(days=now.weekday())"
                yield "since = monday.replace(hour=0, minute=0, second=0, microsecond=0)"
            case "month":
                yield "since = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)"
            case "year":
                yield (
                    "since = now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)"
                )
            case _:
                yield "since = now.replace(hour=0, minute=0, second=0, microsecond=0)"
        return
    use("datetime", "timedelta")
    span = {
        "month": f"days=30 * {window.parameter}",
        "year": f"days=365 * {window.parameter}",
    }.get(window.unit, f"{window.parameter}={window.parameter}")
    yield f"since = {now} - timedelta({span})"


def describe(plan: Plan) -> str:
    """One sentence of what a query returns."""
    root = plan.root.many.replace("_", " ")
    if plan.group is not None and plan.measures:
        measured = plan.measures[0].name.replace("_", " ")
        text = f"The {measured} for each {plan.group.column.words.replace('_', ' ')}"
    else:
        text = f"The {root}"
        absent = next((it for it in plan.conditions if isinstance(it, Absent)), None)
        if absent is not None:
            text += f" without {absent.link.child.many.replace('_', ' ')}"
        elif plan.order and isinstance(plan.order[0].by, Measure):
            text += f" by {plan.order[0].by.name.replace('_', ' ')}"
    window = window_in(plan)
    if window is not None:
        running = f"this {window.unit}"
        count = f"the last `{window.parameter}` {window.unit}s"
        text += f" of {running if window.is_running else count}"
    if plan.limit is not None:
        text += ", at most `limit`"
    return f"{text}."


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
