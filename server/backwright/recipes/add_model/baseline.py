"""Models for what a request names, in the project's ORM."""

from __future__ import annotations

from collections.abc import Sequence

from backwright.edits.units import Unit
from backwright.facts.backend import Model
from backwright.recipes.add_model import django, prisma, sqlalchemy, typeorm
from backwright.recipes.add_model.orm import orm_of, stored_models
from backwright.recipes.add_model.reserved import reserved_name
from backwright.recipes.brief.brief import Brief
from backwright.recipes.brief.names import is_plural
from backwright.recipes.brief.read import read
from backwright.recipes.brief.unread import unserved
from backwright.recipes.declaring.entity_plan import Declared, declared
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.project import Project

_KNOWN = (
    "model", "entit", "class", "relation", "index", "foreign", "key", "constraint", "timestamp",
    "table", "both", "direction", "field", "column", "way", "done", "same", "existing",
)  # fmt: skip


def baseline(situation: Situation) -> Outcome:
    brief = read(situation.request, situation.backend)
    if not brief.entities:
        return Refused("say which model, such as `add a model Invoice with number and total`")
    orm = orm_of(situation, brief.wishes)
    if isinstance(orm, Refused):
        return orm
    models = [it for it in stored_models(situation) if _is_of(it, orm)]
    new = [it for it in brief.entities if not it.model]
    if not new:
        there = ", ".join(it.model for it in brief.entities)
        return AlreadyDone(f"the project has a model of it already: {there}")
    if reason := reserved_name(new, orm):
        return Refused(reason)
    entities = declared(brief, situation.backend, singular_tables=_is_singular(models, orm))
    units = _units(Project(situation), models, entities, orm)
    if isinstance(units, Refused):
        return units
    return _draft(brief, entities, units, orm, situation)


def _is_of(model: Model, orm: str) -> bool:
    alike = {"sqlalchemy", "sqlmodel"}
    return model.kind == orm or {model.kind, orm} <= alike


def _is_singular(models: Sequence[Model], orm: str) -> bool:
    """Whether tables have the name of one: as most here do, else as the library does."""
    if models:
        return sum(is_plural(it.table.lower()) for it in models) * 2 < len(models)
    return orm == "sqlmodel"


def _units(
    project: Project, models: Sequence[Model], entities: Sequence[Declared], orm: str
) -> list[Unit] | Refused:
    match orm:
        case "django":
            return django.units_for(project, models, entities)
        case "prisma":
            return prisma.units_for(project, models, entities)
        case "typeorm":
            return typeorm.units_for(project, models, entities)
        case _:
            return sqlalchemy.units_for(project, models, entities, orm)


def _draft(
    brief: Brief,
    entities: Sequence[Declared],
    units: Sequence[Unit],
    orm: str,
    situation: Situation,
) -> Draft:
    names = [it.class_name for it in entities]
    supposed = [it.class_name for it in entities if all(f.supposed for f in it.entity.fields)]
    implied = [f"{it.source} → {it.target}" for it in brief.relations if it.supposed]
    return Draft(
        tuple(units),
        f"{_joined(names)}, declared with {orm}"
        + (f"; the fields of {_joined(supposed)} are supposed" if supposed else ""),
        unserved=unserved(brief, _KNOWN),
        next_steps=_steps(orm, entities, situation),
        review=(f"relations that the request implies: {', '.join(implied)}",) if implied else (),
    )


def _steps(orm: str, entities: Sequence[Declared], situation: Situation) -> tuple[str, ...]:
    name = f"add_{entities[0].entity.name}"
    if orm == "django":
        return ("python manage.py makemigrations",)
    if orm == "prisma":
        return (f"npx prisma migrate dev --name {name}",)
    has_alembic = any(it.endswith("alembic.ini") for it in situation.paths)
    if orm in {"sqlalchemy", "sqlmodel"} and has_alembic:
        return (f'alembic revision --autogenerate -m "{name.replace("_", " ")}"',)
    return ()


def _joined(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
