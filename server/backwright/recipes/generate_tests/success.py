"""Tests of success: what is answered, and what can be seen of it afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backwright.recipes.generate_tests.asks import lookup_fails
from backwright.recipes.generate_tests.behaviour import Behaviour
from backwright.recipes.generate_tests.case import Case, Expect, Ref, Send
from backwright.recipes.generate_tests.desk import Desk
from backwright.recipes.generate_tests.expectations import expected, list_place
from backwright.recipes.generate_tests.scene import Provided, Scene, settled_made
from backwright.recipes.generate_tests.values import (
    BODY,
    Given,
    Made,
    Outside,
    Part,
    Result,
    mentioned,
)
from backwright.recipes.generate_tests.wording import last_word
from backwright.recipes.generate_tests.world import Entity


def success(desk: Desk, scene: Scene) -> Iterator[Case]:
    send = desk.setup.send(scene, "response", expected(scene))
    follow = tuple(_follow_up(desk, scene))
    yield Case("", (*scene.sends(), send, *follow), scene.fixtures())


def _follow_up(desk: Desk, scene: Scene) -> Iterator[Send]:
    """A look at what the request has left behind."""
    method, route = desk.behaviour.route.method, desk.behaviour.route
    if method == "POST":
        yield from _read_back(desk, scene)
        return
    if method not in {"PUT", "PATCH", "DELETE"}:
        return
    reader = desk.route_at("GET", route.path)
    other = desk.around.behaviour(reader) if reader is not None else None
    if other is None:
        return
    if method == "DELETE":
        yield from _gone(desk, scene, other)
    else:
        yield from _changed(desk, scene, other)


def _read_back(desk: Desk, scene: Scene) -> Iterator[Send]:
    from_answer = expected(scene)
    base = desk.behaviour.route.path.rstrip("/")
    for route in desk.around.routes:
        if route.method != "GET" or not route.path.startswith(base + "/{"):
            continue
        parameter = route.path[len(base) + 2 :].rstrip("}")
        if "/" in parameter or "}" in parameter:
            continue
        other = desk.around.behaviour(route)
        key = next((it for it in (parameter, "id") if it in from_answer.keys), None)
        if other is None or key is None:
            continue
        kind = desk.setup.kind_behind(other, Given("path", parameter))
        if kind is None:
            continue
        made = settled_made(scene)
        entity = Entity(kind, made)
        provided = Provided(entity, Ref("response", (key,)))
        inner = desk.scene_with(other, scene, {**scene.path, parameter: provided})
        if inner is None:
            continue
        equal = tuple(it for it in from_answer.equal if it[0][0] in _shared(other, inner))
        if key in _shared(other, inner):
            equal = (*equal, ((key,), Ref("response", (key,))))
        check = Expect(status=(inner.end.status,), equal=equal)
        yield desk.setup.send(inner, "found", check)
        return


def _gone(desk: Desk, scene: Scene, other: Behaviour) -> Iterator[Send]:
    """After a deletion nothing is found, where a reader says so."""
    if not any(lookup_fails(it) for it in other.faults):
        return
    inner = desk.scene_with(other, scene, scene.path)
    if inner is None:
        return
    for end in other.faults:
        if end.status in {404, 410} and lookup_fails(end):
            yield desk.setup.send(inner, "gone", Expect(status=(end.status,)))
            return


def _changed(desk: Desk, scene: Scene, other: Behaviour) -> Iterator[Send]:
    inner = desk.scene_with(other, scene, scene.path)
    if inner is None or not scene.body:
        return
    shared = _shared(other, inner)
    equal = [it for it in expected(scene).equal if it[0][0] in shared]
    if not equal:
        equal = [
            ((name,), value)
            for name, value in scene.body.items()
            if name in shared and name not in scene.references and _writes(desk, scene, name)
        ]
    if equal:
        check = Expect(status=(inner.end.status,), equal=tuple(equal))
        yield desk.setup.send(inner, "found", check)


def _writes(desk: Desk, scene: Scene, name: str) -> bool:
    return any(at == name and value == Part(BODY, name) for _, at, value in scene.end.writes)


def listing(desk: Desk, scene: Scene) -> Iterator[Case]:
    """Something that exists is in the list."""
    route = desk.behaviour.route
    place = list_place(scene)
    if route.method != "GET" or place is None:
        return
    creator = desk.route_at("POST", route.path)
    other = desk.around.behaviour(creator) if creator is not None else None
    if other is None:
        return
    made = desk.setup.scene_as(other, scene.credential) or desk.setup.scene(other)
    if made is None or "id" not in expected(made).keys:
        return
    if not _lists_what_is_made(desk, scene, made):
        return
    maker = made.credential.name if made.credential is not None else ""
    label = desk.setup.name_for(last_word(route.path), f"{other.route.title} {maker}")
    create = desk.setup.send(made, label, Expect(status=(made.end.status,)))
    inner = desk.scene_with(desk.behaviour, made, made.path)
    if inner is None or "id" not in (_element_keys(inner) or {"id"}):
        return
    check = Expect(
        status=(inner.end.status,),
        at=place,
        lists=("id", Ref(label, ("id",))),
        alike=_alike(other, made, inner),
    )
    send = desk.setup.send(inner, "response", check)
    yield Case(
        "holds what was created",
        (*made.sends(), create, send),
        made.fixtures(),
    )


def _lists_what_is_made(desk: Desk, scene: Scene, made: Scene) -> bool:
    """Whether the list is of the same store or table, with no filter but its owner's."""
    classes = {
        it.class_.rpartition(":")[2] for it in mentioned(made.end.body) if isinstance(it, Made)
    }
    stores = {f"~{owner!r}" for owner, at, _ in made.end.writes if at == "[]"}
    for part in mentioned(scene.end.body):
        subject = desk.around.execution.subject_of(part) if isinstance(part, Result) else ""
        if subject and subject in classes | stores:
            return True
    return False


def _alike(other: Behaviour, made: Scene, listing: Scene) -> bool:
    """Whether the elements of a list have the fields of the thing as it was created."""
    one, many = other.route.response_model, listing.behaviour.route.response_model
    if one and many:
        return one in re.split(r"[\[\], |]+", many)
    keys = set(expected(made).keys)
    return _element_keys(listing) == keys


def _element_keys(listing: Scene) -> set[str] | None:
    """The fields of the elements of a list; None where they are not known."""
    for part in mentioned(listing.end.body):
        if not isinstance(part, Result) or not part.arguments:
            continue
        mapped = isinstance(part.function, Part) and part.function.name == "map"
        element = part.arguments[0]
        if not isinstance(element, Made) or element.class_ or element.rest:
            continue
        if mapped or part.function == Outside("each"):
            return {name for name, _ in element.fields}
    return None


def _shared(other: Behaviour, scene: Scene) -> set[str]:
    """The fields that the answer of another endpoint surely has."""
    return set(expected(scene).keys)
