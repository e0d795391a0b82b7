"""A migration for a change of a model, and the model as it is then."""

from __future__ import annotations

from collections.abc import Sequence

from backwright.edits.units import Unit
from backwright.facts.backend import Model
from backwright.recipes.declaring.django_model import app_label
from backwright.recipes.generate_migration import alembic, django
from backwright.recipes.generate_migration.changed_model import model_units
from backwright.recipes.generate_migration.sql import prisma_units, typeorm_units
from backwright.recipes.generate_migration.steps import Add, Drop, Index, Step, steps_of
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.project import Project


def baseline(situation: Situation) -> Outcome:
    model = situation.target.model
    if model is None:
        return Refused("a migration needs a model: name one")
    steps = steps_of(situation.request, model)
    if not steps:
        return Refused(
            f"say what shall change of {model.name}, such as `add a nullable cancelled_at to"
            f" {model.name}`, `drop the field …` or `index on …`"
        )
    project = Project(situation)
    title = _title(model, steps)
    if _is_done(project, model, steps):
        return AlreadyDone(f"a migration does that already: {title}")
    units = migration_units(project, model, steps, title)
    if isinstance(units, Refused):
        return units
    changed = model_units(project, model, steps)
    undeclared = _undeclared(model, steps, changed)
    return Draft(
        (*units, *changed),
        f"A migration: {title}",
        next_steps=_steps(model),
        review=(*_review(model, steps), *undeclared),
    )


def migration_units(
    project: Project, model: Model, steps: Sequence[Step], title: str
) -> list[Unit] | Refused:
    """The migration alone; refused where there is no tool or nothing to follow on."""
    match model.kind:
        case "django":
            return django.units_for(project, model, steps, title)
        case "sqlalchemy" | "sqlmodel":
            return alembic.units_for(project, model, steps, title)
        case "prisma":
            return prisma_units(project, model, steps, title)
        case "typeorm":
            return typeorm_units(project, model, steps, title)
        case _:
            return Refused(f"there are no templates for migrations of {model.kind}")


def _is_done(project: Project, model: Model, steps: Sequence[Step]) -> bool:
    """Whether the model has all columns that are added, and a migration names each of them."""
    added = [it for it in steps if isinstance(it, Add)]
    if len(added) != len(steps) or any(it.declared is None for it in added):
        return False
    texts = [
        project.situation.source(it)
        for it in project.situation.paths
        if "/migrations/" in f"/{it}" or "/versions/" in f"/{it}"
    ]
    names = [it.declared.column or it.declared.name for it in added if it.declared is not None]
    return all(any(name in text and _tells(model, text) for text in texts) for name in names)


def _tells(model: Model, text: str) -> bool:
    return model.table in text or model.name.lower() in text.lower()


def _title(model: Model, steps: Sequence[Step]) -> str:
    parts = []
    added = [it.field.name for it in steps if isinstance(it, Add)]
    dropped = [it.declared.name for it in steps if isinstance(it, Drop)]
    if added:
        parts.append(f"add {' and '.join(added)} to {model.table}")
    for it in steps:
        if isinstance(it, Index):
            kind = "unique index" if it.unique else "index"
            parts.append(f"{kind} {model.table} by {' and '.join(f.name for f in it.fields)}")
    if dropped:
        parts.append(f"drop {' and '.join(dropped)} of {model.table}")
    return ", ".join(parts)


def _steps(model: Model) -> tuple[str, ...]:
    return {
        "django": (f"python manage.py migrate {app_label(model)}",),
        "prisma": ("npx prisma migrate deploy",),
        "typeorm": ("npx typeorm migration:run -d src/data-source.ts",),
    }.get(model.kind, ("alembic upgrade head",))


def _undeclared(model: Model, steps: Sequence[Step], changed: Sequence[Unit]) -> list[str]:
    """What a person still has to put into the model, so that it agrees with the migration."""
    if changed or all(isinstance(it, Add) and it.declared is not None for it in steps):
        return []
    return [f"{model.name} in {model.place.file} has to declare the same"]


def _may_lack(it: Add) -> bool:
    return it.field.required and it.field.default is None and it.field.type != "boolean"


def _review(model: Model, steps: Sequence[Step]) -> list[str]:
    found = []
    for it in steps:
        if isinstance(it, Drop):
            found.append(
                f"dropping {model.table}.{it.declared.name} destroys its data; going back can't"
                " restore it"
            )
        if isinstance(it, Add) and _may_lack(it):
            found.append(
                f"{it.field.name} may be empty in rows that are there: fill it before it is made"
                " NOT NULL"
            )
        if isinstance(it, Index) and it.unique:
            found.append("rows that have the same values already make the unique index fail")
    return found
