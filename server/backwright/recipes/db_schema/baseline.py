"""A schema in SQL for what the request names."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from backwright.recipes.brief.brief import Brief
from backwright.recipes.brief.read import read, without_negated
from backwright.recipes.brief.tokens import plain
from backwright.recipes.brief.unread import unserved
from backwright.recipes.brief.wishes import databases_in
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.sql.ddl import drop_text, schema_text
from backwright.recipes.sql.dialect import Dialect, dialect_named, dialect_of, dialects
from backwright.recipes.sql.place import sql_place
from backwright.recipes.sql.planning import tables_of
from backwright.recipes.sql.table import Table

_KNOWN = (
    "index", "indic", "foreign", "key", "relation", "constraint", "check", "sensibl", "table",
    "schema", "normal", "referenc", "cascade", "fk", "queries", "negative", "limited", "once",
    "timestamp", "default", "unique", "null", "type", "column", "day",
)  # fmt: skip


def baseline(situation: Situation) -> Outcome:
    brief = read(situation.request, situation.backend)
    if not brief.entities:
        return Refused(
            "the request names nothing to make tables for: say which, such as"
            " `tables for users, orders and order items`"
        )
    dialect = _dialect(situation, brief)
    if isinstance(dialect, Refused):
        return dialect
    tables = tables_of(brief, situation.request, situation.backend)
    if not tables:
        there = _joined([it.model or it.plural for it in brief.entities])
        return AlreadyDone(f"the project has tables for all of it already: {there}")
    return _draft(situation, brief, dialect, tables)


def _dialect(situation: Situation, brief: Brief) -> Dialect | Refused:
    """The database that is asked for, else the project's, else PostgreSQL."""
    named = databases_in(without_negated(plain(situation.request))[0])
    chosen = situation.inputs.get("database", "").strip().lower()
    if len(named) > 1 and not chosen:
        return Refused(f"the request names {' and '.join(named)}: say for which of them")
    wanted = chosen or brief.wishes.database
    if wanted:
        found = dialect_named(wanted)
        served = ", ".join(it.title for it in dialects().values())
        return found or Refused(f"there is no schema in SQL for {wanted}; there are {served}")
    return dialect_of(situation.stack) or dialects()["postgresql"]


def _draft(situation: Situation, brief: Brief, dialect: Dialect, tables: Sequence[Table]) -> Draft:
    names = [it.name for it in tables]
    new = [it for it in brief.entities if not it.model]
    subject = names[0] if len(names) == 1 else f"{names[0]}_and_more"
    place = sql_place(situation, f"create_{subject}")
    has_touch = any(
        "FUNCTION set_updated_at" in situation.source(it)
        for it in situation.paths
        if it.endswith(".sql")
    )
    text = schema_text(tables, dialect, has_touch=has_touch)
    if dialect.name == "sqlite" and not place.is_there:
        text = "-- SQLite enforces references only where a connection asks for it.\n" + (
            f"PRAGMA foreign_keys = ON;\n\n{text}"
        )
    supposed = [it.plural for it in new if it.fields and all(f.supposed for f in it.fields)]
    return Draft(
        tuple(place.units(situation, text, drop_text(tables, dialect, has_touch=has_touch))),
        f"A {dialect.title} schema for {_joined(names)}"
        + (f"; the columns of {_joined(supposed)} are supposed" if supposed else ""),
        unserved=unserved(brief, _KNOWN),
        next_steps=() if place.is_migration else _steps(dialect, place.path),
        review=_review(brief),
    )


def _steps(dialect: Dialect, path: str) -> tuple[str, ...]:
    name = posixpath.normpath(path)
    match dialect.name:
        case "postgresql":
            return (f'psql --set ON_ERROR_STOP=1 --file {name} "$DATABASE_URL"',)
        case "sqlite":
            return (f"sqlite3 app.db < {name}",)
        case _:
            return (f"mysql --database app < {name}",)


def _review(brief: Brief) -> tuple[str, ...]:
    """What a person should decide: relations that nobody stated, and what deleting takes along."""
    implied = [f"{it.source} → {it.target}" for it in brief.relations if it.supposed]
    cascades = [
        f"{_plural(brief, it.source)} go with their {it.target.replace('_', ' ')}"
        for it in brief.relations
        if it.on_delete == "cascade" and it.kind != "many-to-many"
    ]
    found = [f"relations that the request implies: {', '.join(implied)}"] if implied else []
    if cascades:
        found.append(f"what deleting takes along: {', '.join(cascades)}")
    return tuple(found)


def _plural(brief: Brief, name: str) -> str:
    entity = brief.entity(name)
    return entity.plural.replace("_", " ") if entity else name


def _joined(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
