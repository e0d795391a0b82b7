"""Tests of a request that is made twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from backwright.recipes.generate_tests.case import Case, Expect
from backwright.recipes.generate_tests.desk import Desk
from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.scene import Scene
from backwright.recipes.generate_tests.values import (
    Made,
)
from backwright.recipes.generate_tests.world import Entity


def again(desk: Desk, scene: Scene) -> Iterator[Case]:
    """The same request again."""
    if desk.behaviour.route.method not in {"POST", "PUT", "PATCH", "DELETE"}:
        return
    world = replace(scene.world, repeated=True)
    end = desk.first(world) if desk.behaviour.route.method == "POST" else None
    if end is None or not end.failed:
        end = _after(desk, scene)
    if end is None or not 400 <= end.status < 500:
        return
    desk.serve(end)
    first = desk.setup.send(scene, "first", Expect(status=(scene.end.status,)))
    second = desk.setup.send(scene, "response", Expect(status=(end.status,)))
    yield Case("twice", (*scene.sends(), first, second), scene.fixtures())


def _after(desk: Desk, scene: Scene) -> Exit | None:
    """The end of a second request, once the first has changed what the path names."""
    if desk.behaviour.route.method == "DELETE":
        return None
    changed: dict[str, Entity] = {}
    for name, entity in scene.world.path.items():
        if not isinstance(entity.value, Made):
            continue
        writes = [
            (at, scene.world.settled(value))
            for owner, at, value in scene.end.writes
            if scene.world.settled(owner) == entity.value
        ]
        if writes:
            fields = tuple(it for it in entity.value.fields if it[0] not in dict(writes))
            made = replace(entity.value, fields=(*fields, *writes))
            changed[name] = Entity(entity.kind, made)
    if not changed:
        return None
    world = replace(scene.world, path={**scene.world.path, **changed})
    end = desk.first(world)
    return end if end is not None and end.failed else None
