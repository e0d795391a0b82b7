"""All that stands ready for one request, and what is known of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from backwright.recipes.generate_tests.behaviour import Behaviour
from backwright.recipes.generate_tests.case import Ref, Send, Sent, unique
from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.people import identified
from backwright.recipes.generate_tests.surroundings import Credential
from backwright.recipes.generate_tests.values import (
    BODY,
    Made,
    Part,
    Value,
    mentioned,
)
from backwright.recipes.generate_tests.world import Entity, Json, World


@dataclass(frozen=True, slots=True)
class Provided:
    """Something that exists in a test: where its name comes from, and what is known of it."""

    entity: Entity
    ref: Ref | Json
    sends: tuple[Send, ...] = ()
    fixtures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """All that stands ready for one request to an endpoint."""

    behaviour: Behaviour
    world: World
    end: Exit
    credential: Credential | None = None
    path: Mapping[str, Provided] = field(default_factory=dict)
    references: Mapping[str, Provided] = field(default_factory=dict)
    body: Mapping[str, Json] = field(default_factory=dict)
    query: Mapping[str, Json] = field(default_factory=dict)

    @property
    def provided(self) -> list[Provided]:
        return [*self.path.values(), *self.references.values()]

    def sends(self) -> tuple[Send, ...]:
        return unique(it for one in self.provided for it in one.sends)

    def fixtures(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(it for one in self.provided for it in one.fixtures))


def sent_body(scene: Scene) -> Sent:
    if scene.behaviour.inputs.body is None:
        return None
    found: dict[str, Sent] = {}
    for name, value in scene.body.items():
        found[name] = scene.references[name].ref if name in scene.references else value
    return found


def settled_made(scene: Scene) -> Made | None:
    """What the request made, its fields as they are in the scene's world."""
    body = scene.end.body
    own = [body] if isinstance(body, Made) and body.class_ else []
    stored = [it for _, at, it in scene.end.writes if at == "[]" and isinstance(it, Made)]
    inside = [it for it in mentioned(body) if isinstance(it, Made) and it.class_]
    for part in (*own, *stored, *inside):
        fields = tuple((name, scene.world.settled(it)) for name, it in part.fields)
        spread: tuple[tuple[str, Value], ...] = ()
        if BODY in part.rest:
            spread = tuple((name, scene.world.settled(Part(BODY, name))) for name in scene.body)
        credential = scene.credential.name if scene.credential is not None else ""
        whole = replace(part, fields=(*spread, *fields), rest=())
        return identified(whole, f"{scene.behaviour.route.title} {credential}")
    return None


def id_key(behaviour: Behaviour, scene: Scene, name: str) -> tuple[str, ...] | None:
    """Where the answer says what a parameter of that name can be."""
    names = answered(behaviour, scene.end)
    for candidate in (name, "id", "_id", "uuid", "slug", name.removesuffix("_id")):
        if candidate in names:
            return (candidate,)
    own = [it for it in names if it.endswith(("_id", "Id"))]
    if len(own) == 1:
        return (own[0],)
    body = scene.end.body
    if isinstance(body, Made) and not body.class_ and len(body.fields) == 1:
        wrapper, inner = body.fields[0]
        if isinstance(inner, Made) and (inner.get("id") is not None or inner.rest):
            return (wrapper, "id")
    return None


def answered(behaviour: Behaviour, end: Exit) -> tuple[str, ...]:
    """The names of the fields in an answer, () where they are not known."""
    if behaviour.response is not None:
        return tuple(it.name for it in behaviour.response.fields)
    body = end.body
    if isinstance(body, Made):
        return tuple(dict.fromkeys([name for name, _ in body.fields]))
    return ()
