"""Schemas for a stored model, with the library that the project validates with."""

from __future__ import annotations

from backwright.recipes.brief.wishes import wishes_of
from backwright.recipes.generate_schemas import pydantic, zod
from backwright.recipes.generate_schemas.model_fields import schema_fields
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.project import Project

_PYTHON = frozenset({"sqlalchemy", "sqlmodel", "django"})


def baseline(situation: Situation) -> Outcome:
    model = situation.target.model
    if model is None or not model.fields:
        return Refused("schemas are made for a model with fields: name one")
    project = Project(situation)
    wanted = wishes_of(situation.request).validation
    own = "pydantic" if model.kind in _PYTHON else "zod"
    library = wanted or own
    if library not in {"pydantic", "zod"}:
        return Refused(f"there are no templates for schemas of {library}; there are pydantic, zod")
    if (library == "pydantic") != (own == "pydantic"):
        return Refused(f"{model.name} is declared in another language than {library} is for")
    names = pydantic.names_of(project, model) if library == "pydantic" else zod.names_of(model)
    taken = {it.name for it in situation.backend.models if it.kind == library}
    there = [it for it in names if it in taken]
    if len(there) == len(names):
        return AlreadyDone(f"the schemas are there already: {', '.join(there)}")
    if there:
        return Refused(f"{', '.join(there)} is there already: extend it, or give it another name")
    fields = schema_fields(model)
    secret = [it.name for it in fields if it.is_secret]
    module = pydantic if library == "pydantic" else zod
    return Draft(
        tuple(module.units_for(project, model, fields)),
        f"{', '.join(names)} for {model.name}",
        review=(f"{', '.join(secret)} is neither sent nor answered",) if secret else (),
    )
