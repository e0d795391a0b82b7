"""The project's tables as a query sees them: columns, keys, and how tables refer to each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from backwright.facts.backend import Backend, Model
from backwright.recipes.brief.brief import FieldType
from backwright.recipes.brief.names import plural, singular, snake
from backwright.recipes.brief.present import type_of_column


@dataclass(frozen=True, slots=True)
class Column:
    """`attribute` is what the ORM calls it, `name` the column of the table."""

    attribute: str
    name: str
    type: FieldType
    nullable: bool = False

    @property
    def words(self) -> str:
        return snake(self.name)

    @property
    def is_number(self) -> bool:
        return self.type in {"integer", "bigint", "decimal", "float"}

    @property
    def is_time(self) -> bool:
        return self.type in {"date", "datetime"}


@dataclass(frozen=True, slots=True)
class Table:
    """`one` and `many` are its names in snake_case: `order_item`, `order_items`."""

    model: Model = field(compare=False)
    name: str
    one: str
    many: str
    key: Column
    columns: tuple[Column, ...]

    def column(self, words: str) -> Column | None:
        return next((it for it in self.columns if it.words == words), None)

    def first(self, names: Iterable[str]) -> Column | None:
        """The first of the columns of those names that is there."""
        found = (self.column(it) for it in names)
        return next((it for it in found if it is not None), None)


@dataclass(frozen=True, slots=True)
class Link:
    """`child` refers to `parent`: `attribute` on the child, `back` on the parent, "" for none."""

    child: Table
    column: Column
    parent: Table
    attribute: str = ""
    back: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    tables: tuple[Table, ...]
    links: tuple[Link, ...]

    def path(self, start: Table, end: Table) -> list[Link] | None:
        """The shortest way from one table to another; None when there is none."""
        reached: dict[str, list[Link]] = {start.name: []}
        waiting = [start]
        while waiting:
            table = waiting.pop(0)
            if table.name == end.name:
                return reached[table.name]
            for link in self.links:
                other = _other(link, table)
                if other is not None and other.name not in reached:
                    reached[other.name] = [*reached[table.name], link]
                    waiting.append(other)
        return None

    def children(self, table: Table) -> list[Table]:
        return [it.child for it in self.links if it.parent.name == table.name]

    def down(self, start: Table, end: Table) -> bool:
        """Whether the way leads from parents to children alone: rows of `end` are many to one."""
        path = self.path(start, end)
        if not path:
            return False
        at = start
        for link in path:
            if link.parent.name != at.name:
                return False
            at = link.child
        return True


def _other(link: Link, table: Table) -> Table | None:
    if link.child.name == table.name:
        return link.parent
    return link.child if link.parent.name == table.name else None


def schema_of(backend: Backend, kinds: Sequence[str] = ()) -> Schema:
    """The stored models; of those kinds alone, where some are named."""
    stored = [it for it in backend.models if it.table and (not kinds or it.kind in kinds)]
    tables = [_table(it) for it in stored if it.fields]
    return Schema(tuple(tables), tuple(_links(tables)))


def _table(model: Model) -> Table:
    columns = tuple(
        Column(
            it.name,
            it.column or _own_column(model, it.name, it.type),
            type_of_column(it.type, snake(it.name)),
            it.nullable,
        )
        for it in model.fields
    )
    keys = [n for n, it in enumerate(model.fields) if it.primary_key]
    bare = model.name if model.name != model.table else model.table.rpartition(".")[2]
    one = singular(snake(bare))
    return Table(model, model.table, one, plural(one), columns[keys[0] if keys else 0], columns)


def _own_column(model: Model, name: str, type_: str) -> str:
    """Django keeps a reference in a column of its own name."""
    is_reference = model.kind == "django" and type_ in {"ForeignKey", "OneToOneField"}
    return f"{name}_id" if is_reference else name


def _links(tables: Sequence[Table]) -> Iterable[Link]:
    for child in tables:
        stated = list(_stated(child, tables))
        yield from stated
        taken = {it.column.attribute for it in stated}
        for declared, column in zip(child.model.fields, child.columns, strict=True):
            referred = declared.references.rpartition(".")[0] or declared.references
            parent = next((it for it in tables if referred and it.name == referred), None)
            if parent is not None and column.attribute not in taken:
                yield Link(child, column, parent)


def _stated(child: Table, tables: Sequence[Table]) -> Iterable[Link]:
    """What the relations of a model say."""
    is_django = child.model.kind == "django"
    for relation in child.model.relations:
        via = relation.via.strip()
        column = next((it for it in child.columns if via in {it.attribute, it.name}), None)
        parent = next((it for it in tables if it.model.name == relation.target), None)
        if relation.kind not in {"many-to-one", "one-to-one"} or not column or not parent:
            continue
        if is_django and column.attribute != relation.name:
            continue  # the other side, which the same column holds
        attribute = relation.name if is_django or relation.name != column.attribute else ""
        yield Link(child, column, parent, attribute, _back(child, parent, relation.via))


def _back(child: Table, parent: Table, via: str) -> str:
    """The relation of the parent that leads to its children."""
    kinds = {"one-to-many", "one-to-one"}
    found = [
        it.name
        for it in parent.model.relations
        if it.target == child.model.name and it.via == via and it.kind in kinds
    ]
    return found[0] if found else ""
