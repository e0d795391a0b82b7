"""An entity with all that its declaration needs to know of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backwright.facts.backend import Backend, Model
from backwright.recipes.brief.brief import Brief, Entity, Relation
from backwright.recipes.brief.names import plural
from backwright.recipes.brief.present import present_model


@dataclass(frozen=True, slots=True)
class End:
    """One end of a relation: the class, its table and key; `model` is what is declared already."""

    name: str
    entity: str
    table: str
    key: str = "id"
    key_type: str = ""
    model: Model | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A relation that the entity holds; `back` is what the other end calls it."""

    relation: Relation
    target: End
    back: str

    @property
    def is_many(self) -> bool:
        return self.relation.kind == "many-to-many"


@dataclass(frozen=True, slots=True)
class Declared:
    """An entity to declare: `held` are the relations that it holds, `shared` those of others to it
    that are new as well."""

    entity: Entity
    class_name: str
    table: str
    held: tuple[Held, ...] = ()
    returned: tuple[Held, ...] = ()


def camel(name: str) -> str:
    """`order_item` → `orderItem`."""
    made = pascal(name)
    return made[:1].lower() + made[1:]


def pascal(name: str) -> str:
    return "".join(it[:1].upper() + it[1:] for it in name.split("_") if it)


def declared(brief: Brief, backend: Backend, *, singular_tables: bool) -> list[Declared]:
    """The entities that are not there yet, those that are referred to first."""
    new = {it.name: it for it in brief.entities if not it.model}
    ends = {it.name: _end(it, backend, singular_tables) for it in brief.entities}
    found = []
    for entity in _ordered(list(new.values()), brief.relations):
        held = [_held(it, ends) for it in brief.relations if it.source == entity.name]
        back = [
            _held(it, ends, at_target=True)
            for it in brief.relations
            if it.target == entity.name and it.source in new and it.source != it.target
        ]
        end = ends[entity.name]
        found.append(Declared(entity, end.name, end.table, tuple(held), tuple(back)))
    return found


def _end(entity: Entity, backend: Backend, singular_tables: bool) -> End:
    model = present_model(entity.name, backend) if entity.model else None
    if model is None:
        table = entity.name if singular_tables else entity.plural
        return End(pascal(entity.name), entity.name, table)
    key = next((it for it in model.fields if it.primary_key), None)
    name = key.name if key else "id"
    return End(model.name, entity.name, model.table, name, key.type if key else "", model)


def _held(relation: Relation, ends: dict[str, End], *, at_target: bool = False) -> Held:
    target = ends[relation.source if at_target else relation.target]
    back = relation.source if relation.kind == "one-to-one" else plural(relation.source)
    if relation.via != relation.target and relation.kind != "many-to-many":
        back = f"{relation.via}_{back}" if relation.source == relation.target else back
    return Held(relation, target, back)


def _ordered(entities: list[Entity], relations: Sequence[Relation]) -> list[Entity]:
    waiting, found = list(entities), list[Entity]()
    while waiting:
        names = {it.name for it in waiting}
        free = [
            it
            for it in waiting
            if not {r.target for r in relations if r.source == it.name} & (names - {it.name})
        ]
        found += free[:1] or waiting[:1]
        waiting.remove(found[-1])
    return found
