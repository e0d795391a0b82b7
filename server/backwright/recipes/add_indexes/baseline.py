"""Indexes for what a model is commonly looked up by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backwright.edits.units import Unit
from backwright.facts.backend import Field, Model
from backwright.recipes.brief.lexicon import lexicon
from backwright.recipes.brief.names import plural, singular, snake
from backwright.recipes.generate_migration.baseline import migration_units
from backwright.recipes.generate_migration.changed_model import model_units
from backwright.recipes.generate_migration.steps import Index, steps_of
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.project import Project
from backwright.recipes.sql.ddl import index_name, index_text
from backwright.recipes.sql.dialect import dialect_of, dialects
from backwright.recipes.sql.place import sql_place
from backwright.recipes.sql.table import Indexed


def baseline(situation: Situation) -> Outcome:
    model = situation.target.model
    if model is None or not model.table:
        return Refused("indexes are made for a model that is stored: name one")
    wanted = _wanted(situation.request, model)
    lacking = [it for it in wanted if not _covers(model, it[0])]
    if not lacking:
        return AlreadyDone(f"{model.name} has an index for all it is commonly looked up by")
    project = Project(situation)
    if not model.place.file.endswith((".py", ".prisma", ".sql")):
        return Refused(f"there are no templates for indexes of {model.kind}")
    steps = [it for it, _ in lacking]
    if model.place.file.endswith(".sql"):
        units = _statements(situation, model, lacking)
    else:
        units = model_units(project, model, steps)
        if not units:
            return Refused(f"{model.name} lists its indexes already: add to that list")
        title = _title(model, steps)
        made = migration_units(project, model, steps, title)
        units += [] if isinstance(made, Refused) else made
    return Draft(
        tuple(units),
        f"Indexes: {_title(model, steps).removeprefix('index ')}",
        review=tuple(f"{_names(it)}: {reason}" for it, reason in lacking),
    )


def _wanted(request: str, model: Model) -> list[tuple[Index, str]]:
    """The indexes that the request names, else those that such a model usually needs."""
    named = [it for it in steps_of(request, model) if isinstance(it, Index)]
    if named:
        return [(it, "asked for") for it in named]
    return [*_references(model), *_looked_up(model)]


def _references(model: Model) -> Iterator[tuple[Index, str]]:
    if model.kind == "django":  # which indexes them itself
        return
    held = {it.via for it in model.relations if it.kind == "many-to-one"}
    many = plural(singular(snake(model.name))).replace("_", " ")
    for it in model.fields:
        if it.references or it.name in held or it.column in held:
            one = snake(it.name).removesuffix("_id").replace("_", " ")
            yield Index((it,)), f"the {many} of one {one}, and deletes of it"


def _looked_up(model: Model) -> Iterator[tuple[Index, str]]:
    many = plural(singular(snake(model.name))).replace("_", " ")
    times = [it for it in model.fields if snake(it.name) in lexicon().traits["looked_up"]]
    made = next((it for it in model.fields if snake(it.name) == "created_at"), None)
    for it in model.fields:
        if snake(it.name) in {"status", "state"}:
            ordered = (it, made) if made is not None else (it,)
            yield Index(ordered), f"{many} in one state"
    for it in times:
        yield Index((it,)), f"{many} within a period"


def _covers(model: Model, wanted: Index) -> bool:
    """Whether a key or an index of the model begins with the same columns."""
    names = [it.name for it in wanted.fields]
    columns = [it.column or it.name for it in wanted.fields]
    if any(it.unique and [it.name] == names for it in wanted.fields):
        return True
    keys = [it.name for it in model.fields if it.primary_key]
    known = [keys, *(it.fields for it in model.indexes)]
    return any(it[: len(names)] in (names, columns) for it in known if len(it) >= len(names))


def _statements(
    situation: Situation, model: Model, lacking: Sequence[tuple[Index, str]]
) -> list[Unit]:
    dialect = dialect_of(situation.stack) or dialects()["postgresql"]
    texts, drops = [], []
    for it, reason in lacking:
        columns = tuple(f.column or f.name for f in it.fields)
        texts.append(index_text(model.table, Indexed(columns, reason, it.unique), dialect))
        on = f" ON {dialect.quoted(model.table)}" if dialect.name == "mysql" else ""
        drops.append(f"DROP INDEX {dialect.quoted(index_name(model.table, columns))}{on};\n")
    place = sql_place(situation, f"index_{model.table.rpartition('.')[2]}")
    return place.units(situation, "\n".join(texts), "".join(drops))


def _title(model: Model, steps: Sequence[Index]) -> str:
    return f"index {model.table} by {', by '.join(_names(it) for it in steps)}"


def _names(it: Index) -> str:
    fields: Sequence[Field] = it.fields
    return " and ".join(field.name for field in fields)
