"""A query against the project's own schema, in the project's way to ask its database."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from backwright.recipes.brief.wishes import wishes_of
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.project import Project
from backwright.recipes.query import django, sqlalchemy
from backwright.recipes.query.place import Placed, python_function, sql_file
from backwright.recipes.query.plan import Plan
from backwright.recipes.query.reading import read_plan
from backwright.recipes.query.schema import schema_of
from backwright.recipes.query.sql import sql_text
from backwright.recipes.sql.dialect import Dialect, dialect_named, dialect_of, dialects

_SQL = re.compile(
    r"\b(?:raw\s+)?sql\b(?!\s*alchemy)|\b(?:postgres(?:ql)?|mysql|sqlite)\s+query\b", re.IGNORECASE
)
_SESSIONS = re.compile(r"db|database|session|dep|engine|quer|repositor|crud|service|main|app|model")
_ORMS = {"sqlalchemy": "sqlalchemy", "sqlmodel": "sqlalchemy", "django": "django"}


def baseline(situation: Situation) -> Outcome:
    schema = schema_of(situation.backend)
    if not schema.tables:
        return Refused(
            "the project has no schema to ask: no model and no table is known; make one first,"
            " such as with db-schema or add-model"
        )
    if not situation.request.strip():
        return Refused("say what the query shall return, such as `top 10 customers by order value`")
    plan = read_plan(situation.request, schema)
    if isinstance(plan, Refused):
        return plan
    return _written(Project(situation), plan)


def _written(project: Project, plan: Plan) -> Outcome:
    situation = project.situation
    wishes = wishes_of(situation.request)
    kind = _ORMS.get(plan.root.model.kind, "")
    wanted = _ORMS.get(wishes.orm, wishes.orm)
    if wanted and wanted != kind and plan.root.model.kind != wanted:
        known = plan.root.model.kind
        return Refused(f"{plan.root.name} is not declared with {wishes.orm} but with {known}")
    if not kind or (_SQL.search(situation.request) and not wishes.orm):
        if wishes.orm:
            note = f"the query builder of {wishes.orm}: this is SQL, for its raw queries"
            plan = replace(plan, unserved=(*plan.unserved, note))
        return _as_sql(project, plan, wishes.database)
    if kind == "django":
        written = django.function_text(plan)
    else:
        written = sqlalchemy.function_text(plan, is_async=_is_async(project))
    if isinstance(written, Refused):
        return written
    return _draft(plan, python_function(project, plan, written))


def _as_sql(project: Project, plan: Plan, database: str) -> Outcome:
    dialect = _dialect(project, plan, database)
    head = f"-- {_filled(plan, sqlalchemy.describe(plan))}\n"
    return _draft(plan, sql_file(project, plan, head + sql_text(plan, dialect)))


def _filled(plan: Plan, text: str) -> str:
    """The description with the values of its parameters."""
    window = sqlalchemy.window_in(plan)
    text = text.replace("`limit`", str(plan.limit))
    return text.replace(f"`{window.parameter}`", str(window.count)) if window else text


def _dialect(project: Project, plan: Plan, database: str) -> Dialect:
    found = dialect_named(database) if database else None
    return found or dialect_of(project.situation.stack) or dialects()["postgresql"]


def _is_async(project: Project) -> bool:
    """Whether sessions are asynchronous, as the files show that have to do with them."""
    sources = (it for it in project.sources((".py",)) if _SESSIONS.search(posixpath.basename(it)))
    return any(b"AsyncSession" in project.source(it) for it in sources)


def _draft(plan: Plan, placed: Placed | AlreadyDone | Refused) -> Outcome:
    if not isinstance(placed, Placed):
        return placed
    said = _filled(plan, sqlalchemy.describe(plan)).rstrip(".")
    return Draft(
        placed.units,
        f"{said}: {plan.name}",
        unserved=plan.unserved,
        review=plan.notes,
    )
