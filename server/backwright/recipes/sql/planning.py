"""From what a request describes to tables: keys, references, checks and indexes."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from msgspec.structs import replace

from backwright.facts.backend import Backend
from backwright.recipes.brief.brief import Brief, Entity, Field, Relation
from backwright.recipes.brief.lexicon import lexicon
from backwright.recipes.brief.names import plural, snake
from backwright.recipes.brief.present import present_model
from backwright.recipes.sql.table import Indexed, Reference, Table

_PERIODS = (
    ("starts_at", "ends_at"), ("start_date", "end_date"), ("starts_on", "ends_on"),
    ("start_time", "end_time"), ("check_in", "check_out"), ("check_in_date", "check_out_date"),
    ("borrowed_on", "due_date"), ("loan_date", "due_date"), ("issue_date", "due_date"),
    ("issued_on", "due_on"), ("departs_at", "arrives_at"), ("valid_from", "valid_until"),
    ("departure_time", "arrival_time"), ("started_at", "ended_at"), ("started_at", "finished_at"),
    ("started_on", "ended_on"), ("opens_at", "closes_at"), ("start", "end"),
)  # fmt: skip
_ONCE = re.compile(
    r"\b(?:unique|only once|once|one)\s+(?:per|for each|for every|for)\s+(?:an?\s+|the\s+)?"
    r"([\w ]+?)\s*(?:\band\b|\+|,|&)\s*(?:an?\s+|the\s+)?([\w]+)",
    re.IGNORECASE,
)
_INDEX_BY = re.compile(r"\bind(?:ex|exes|ices)\s+(?:on|by|for|over)\s+([^.;:\n()]+)", re.IGNORECASE)


def tables_of(brief: Brief, request: str, backend: Backend) -> list[Table]:
    """The tables that are not there yet, those that are referred to first."""
    new = [it for it in brief.entities if not it.model]
    found = [_table(it, brief, request, backend) for it in _sorted(new, brief.relations)]
    joins = [
        _join_table(it, brief, backend)
        for it in brief.relations
        if it.kind == "many-to-many" and not _is_present(join_name(it, brief), backend)
    ]
    return [*found, *joins]


def join_name(relation: Relation, brief: Brief) -> str:
    """`recipe_ingredients`, unless an entity has that name."""
    target = brief.entity(relation.target)
    made = f"{relation.source}_{target.plural if target else plural(relation.target)}"
    taken = {it.plural for it in brief.entities}
    return f"{made}_links" if made in taken else made


def reference_of(relation: Relation, brief: Brief, backend: Backend) -> Reference:
    """The column that holds a relation; the other table may be one of the project's."""
    entity = brief.entity(relation.target)
    table, key, type_ = _keyed(entity, relation.target, backend)
    return Reference(
        type=type_,
        column=f"{relation.via}_id",
        table=table,
        key=key,
        required=relation.required,
        unique=relation.kind == "one-to-one",
        on_delete=relation.on_delete,
    )


def _keyed(entity: Entity | None, name: str, backend: Backend) -> tuple[str, str, str]:
    """The name of an entity's table, with the name and type of its key; "" for the usual type."""
    if entity is None:
        return plural(name), "id", ""
    model = present_model(entity.name, backend) if entity.model else None
    if model is None:
        return entity.plural, "id", ""
    key = next((it for it in model.fields if it.primary_key), None)
    return model.table, (key.column or key.name) if key else "id", key.type if key else ""


def _is_present(table: str, backend: Backend) -> bool:
    return any(it.table == table for it in backend.models)


def _sorted(entities: Sequence[Entity], relations: Sequence[Relation]) -> list[Entity]:
    """In an order in which each table can be made; what refers to each other stays as it is."""
    waiting, found = list(entities), list[Entity]()
    while waiting:
        names = {it.name for it in waiting}
        free = [it for it in waiting if not _targets(it.name, relations) & names]
        found += free[:1] or waiting[:1]
        waiting.remove(found[-1])
    return found


def _targets(name: str, relations: Sequence[Relation]) -> set[str]:
    held = [it for it in relations if it.source == name and it.kind != "many-to-many"]
    return {it.target for it in held if it.target != name}


def _table(entity: Entity, brief: Brief, request: str, backend: Backend) -> Table:
    held = [it for it in brief.relations if it.source == entity.name]
    references = [reference_of(it, brief, backend) for it in held if it.kind != "many-to-many"]
    columns = tuple(stored(it) for it in entity.fields)
    names = {it.name for it in columns}
    references = [it for it in references if it.column not in names]
    table = Table(
        entity.plural,
        columns,
        tuple(references),
        ordered=tuple(it for it in _PERIODS if set(it) <= names),
    )
    return _indexed(table, entity, request)


def stored(it: Field) -> Field:
    """The column of a field: what is secret is kept as a hash."""
    return replace(it, name=f"{it.name}_hash") if it.type == "password" else it


def _indexed(table: Table, entity: Entity, request: str) -> Table:
    found: list[Indexed] = []
    found += [Indexed(it, "stands there once at most", unique=True) for it in _once(request, table)]
    noun = entity.plural.replace("_", " ")
    for it in table.references:
        one = it.column.removesuffix("_id").replace("_", " ")
        if it.unique or any(other.columns[0] == it.column for other in found):
            continue
        if it.on_delete == "cascade" and entity.name.startswith(one.replace(" ", "_")):
            found.append(Indexed((it.column,), f"the {noun} of one {one}"))
        else:
            reason = f"the {noun} of one {one}, in the order of time"
            found.append(Indexed((it.column, _time_of(table)), reason))
    for field in table.columns:
        if (reason := _reason(field, noun)) and not field.unique:
            columns = (field.name, "created_at") if field.type == "choice" else (field.name,)
            found.append(Indexed(columns, reason))
    found += _asked(request, table, found)
    return _with_indexes(table, found)


def _with_indexes(table: Table, indexes: list[Indexed]) -> Table:
    return dataclasses.replace(table, indexes=tuple(indexes))


def _time_of(table: Table) -> str:
    """The column that tells when it was, which may be another than when it was written."""
    known = lexicon().traits["looked_up"]
    times = [it.name for it in table.columns if it.name in known and it.required]
    return times[0] if times else "created_at"


def _reason(field: Field, noun: str) -> str:
    """What queries a column is commonly looked up for; "" for none."""
    if field.type == "choice" and field.name in {"status", "state"} and field.choices:
        return f"{noun} in one state, the latest first"
    if field.name in lexicon().traits["looked_up"] and field.type in {"date", "datetime"}:
        return f"{noun} within a period, and in the order of time"
    if field.name in {"name", "title"} and not field.unique:
        return f"{noun} by {field.name}, and in alphabetical order"
    if field.indexed:
        return f"{noun} by {field.name.replace('_', ' ')}"
    return ""


def _once(request: str, table: Table) -> list[tuple[str, ...]]:
    """Pairs of columns of which the request says that they stand once: `once per habit and day`."""
    found = []
    for match in _ONCE.finditer(request):
        pair = tuple(_column(snake(it), table) for it in match.groups())
        if all(pair) and pair[0] != pair[1]:
            found.append(pair)
    return found


def _column(word: str, table: Table) -> str:
    """The column that a word means, "" for none."""
    if table.has(word):
        return word
    if table.has(f"{word}_id"):
        return f"{word}_id"
    if word in {"day", "date"}:
        days = [it.name for it in table.columns if it.type in {"date", "datetime"}]
        return days[0] if len(days) == 1 else ""
    alike = [it.name for it in table.columns if set(word.split("_")) & set(it.name.split("_"))]
    return alike[0] if len(alike) == 1 else ""


def _asked(request: str, table: Table, known: list[Indexed]) -> list[Indexed]:
    """The indexes that the request names by their columns."""
    found: list[Indexed] = []
    for match in _INDEX_BY.finditer(request):
        for part in re.split(r",|\band\b|\bby\b|&|\+", match[1]):
            column = _column(snake(part), table) if part.strip() else ""
            taken = {it.columns[0] for it in (*known, *found)}
            unique = {it.name for it in table.columns if it.unique}
            if column and column not in taken | unique | {"id"}:
                reason = f"{table.name.replace('_', ' ')} by {column.replace('_', ' ')}"
                found.append(Indexed((column,), reason))
    return found


def _join_table(relation: Relation, brief: Brief, backend: Backend) -> Table:
    ends = []
    for name in (relation.source, relation.target):
        entity = brief.entity(name)
        table, key, type_ = _keyed(entity, name, backend)
        ends.append(Reference(f"{name}_id", table, key, on_delete="cascade", type=type_))
    many = plural(relation.source).replace("_", " ")
    reason = f"the other way round: the {many} of one {relation.target.replace('_', ' ')}"
    return Table(
        join_name(relation, brief),
        references=tuple(ends),
        indexes=(Indexed((ends[1].column,), reason),),
        key=(ends[0].column, ends[1].column),
        is_timed=False,
    )
