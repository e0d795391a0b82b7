"""Endpoints for one model of the project, by the templates of `rest-api`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from backwright.facts.backend import Field, Model
from backwright.recipes.brief.brief import Brief, Entity, Relation, Wishes
from backwright.recipes.brief.names import singular, snake
from backwright.recipes.brief.present import present_entity
from backwright.recipes.outcome import Draft, Outcome, Refused, Situation
from backwright.recipes.project import Project
from backwright.recipes.rest_api.serving import serve_these


def baseline(situation: Situation) -> Outcome:
    model = situation.target.model
    if model is None or not model.table:
        return Refused("endpoints are made for a model that is kept in a database; choose one")
    keys = [it for it in model.fields if it.primary_key]
    if len(keys) != 1 or keys[0].name != "id" or not _WHOLE.search(keys[0].type):
        return Refused(f"the key of {model.name} is not an `id` that counts; configure a model")
    odd = [it for it in model.fields if _is_enum(situation, model, it)]
    needed = [it.name for it in odd if not it.nullable and not it.default]
    if needed:
        return Refused(f"{', '.join(needed)} of {model.name} has a type that is not understood")
    brief = brief_of(situation, model, [it.name for it in odd])
    if brief is None:
        return Refused(f"the fields of {model.name} are not understood")
    outcome = serve_these(situation, brief, (_name(model),))
    if isinstance(outcome, Draft) and odd:
        left = tuple(f"{it.name}: its type {it.type} is not understood" for it in odd)
        return replace(outcome, unserved=(*outcome.unserved, *left))
    return outcome


_WHOLE = re.compile(r"int|serial|number", re.IGNORECASE)


def brief_of(situation: Situation, model: Model, without: Sequence[str]) -> Brief | None:
    """The model as a brief, with those that its keys refer to.

    What the program gives a field by itself is not sent.
    """
    given = {it.name for it in model.fields if it.default and not _PLAIN.fullmatch(it.default)}
    stored = {it.table: it for it in situation.backend.models if it.table}
    entities: dict[str, Entity] = {}
    relations = []
    for one in (model, *_targets(model, stored)):
        entity = present_entity(_name(one), situation.backend)
        if entity is None:
            return None
        left = {*without, *given} if one is model else set()
        fields = tuple(it for it in entity.fields if it.name not in left)
        entities[entity.name] = msgspec.structs.replace(entity, fields=fields)
    for field in model.fields:
        target = stored.get(field.references.partition(".")[0]) if field.references else None
        if target is None or field.primary_key:
            continue
        relations.append(
            Relation(
                source=_name(model),
                target=_name(target),
                kind="one-to-one" if field.unique else "many-to-one",
                via=snake(field.name).removesuffix("_id"),
                required=not field.nullable and not field.default,
            )
        )
    return Brief(entities=tuple(entities.values()), relations=tuple(relations), wishes=Wishes())


_PLAIN = re.compile(r"True|False|true|false|-?\d{1,9}|(['\"])[^'\"\\]*\1")


def _is_enum(situation: Situation, model: Model, field: Field) -> bool:
    """Whether the field's type is a class of the project's own."""
    name = re.sub(r".*[\[(]|[\])].*", "", field.type)
    if not re.fullmatch(r"[A-Z]\w*", name):
        return False
    found = Project(situation).definitions.find(model.place.file, name)
    return found is not None and found.kind == "class" and "DateTime" not in name


def _targets(model: Model, stored: dict[str, Model]) -> list[Model]:
    named = [it.references.partition(".")[0] for it in model.fields if it.references]
    return [stored[it] for it in dict.fromkeys(named) if it in stored and it != model.table]


def _name(model: Model) -> str:
    return singular(snake(model.name))
