"""Tests of guards: without credentials, with an invalid token, as somebody who may not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from backwright.recipes.generate_tests.asks import about_credential, credential_decides, needs_path
from backwright.recipes.generate_tests.behaviour import DENIED
from backwright.recipes.generate_tests.case import Case
from backwright.recipes.generate_tests.desk import Desk
from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.scene import Scene
from backwright.recipes.generate_tests.spelled import misspelt
from backwright.recipes.generate_tests.surroundings import FORGED, SPELLED, Credential
from backwright.recipes.generate_tests.values import (
    Const,
    inputs,
)
from backwright.recipes.generate_tests.world import World


def denied(desk: Desk) -> Iterator[Case]:
    """Without credentials."""
    if not any(about_credential(it) for it in desk.behaviour.faults):
        return
    world = desk.setup.world(desk.behaviour, None)
    world = world or World(execution=desk.around.execution)
    scene = desk.scene
    if scene is not None:
        world = replace(world, path=scene.world.path, references=scene.world.references)
    end = desk.first(world)
    if end is None or not (end.failed or end.status >= 400) or end.status == 0:
        return
    desk.serve(end)
    yield desk.bare_case("without credentials", end, scene, needs=needs_path(end))
    yield from _forged(desk, scene)
    yield from _misspelt(desk, scene)


def _misspelt(desk: Desk, scene: Scene | None) -> Iterator[Case]:
    """With another text than the one that the code asks for."""
    if scene is None or scene.credential is None:
        return
    credential = misspelt(desk.behaviour)
    if credential is None or not scene.credential.name.startswith(SPELLED):
        return
    end = desk.first(replace(scene.world, credential=credential.value, hint=credential.hint))
    if end is None or not end.failed or not 400 <= end.status < 500 or needs_path(end):
        return
    desk.serve(end)
    yield desk.bare_case("with wrong credentials", end, scene, credential=credential)


def _forged(desk: Desk, scene: Scene | None) -> Iterator[Case]:
    """With a token that nobody gave out."""
    kinds = {
        it.name
        for end in desk.behaviour.faults
        for condition in end.conditions
        for it in inputs(condition.value)
        if it.where == "credential"
    }
    if kinds != {"bearer"}:
        return
    world = desk.setup.world(desk.behaviour, None)
    if world is None:
        return
    world = replace(world, credential=Const("not-a-token"), forged=True)
    if scene is not None:
        world = replace(world, path=scene.world.path, references=scene.world.references)
    end = desk.first(world)
    if end is None or end.status not in {401, 403} or not end.failed:
        return
    if any(needs_path(it) for it in [end]):
        return
    desk.serve(end)
    forged = Credential(FORGED, Const("not-a-token"))
    yield desk.bare_case("with an invalid token", end, scene, credential=forged)


def forbidden(desk: Desk) -> Iterator[Case]:
    """As somebody who may not: with a lesser role, or where a thing is another's."""
    own = [desk.setup.scene_as(desk.behaviour, it) for it in desk.around.credentials]
    scenes = [desk.scene, *(it for it in own if it is not None)]
    shown: set[int] = set()
    for scene in scenes:
        for credential in desk.around.credentials:
            if scene is not None and credential == scene.credential:
                continue
            end = _refused_as(desk, credential, scene)
            if end is None or id(end) in shown:
                continue
            shown.add(id(end))
            desk.serve(end)
            yield desk.bare_case(
                "of somebody else" if needs_path(end) else "without permission",
                end,
                scene,
                credential=credential,
                needs=needs_path(end),
            )


def _refused_as(desk: Desk, credential: Credential, scene: Scene | None) -> Exit | None:
    world = desk.setup.world(desk.behaviour, credential)
    if world is None:
        return None
    if scene is not None:
        world = replace(world, path=scene.world.path, references=scene.world.references)
    end = desk.first(world)
    if end is None or end.status not in {401, 403, 404, DENIED} or not end.failed:
        return None
    return end if any(credential_decides(it) for it in end.conditions[-1:]) else None
