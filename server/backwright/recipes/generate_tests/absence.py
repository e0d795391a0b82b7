"""Tests of what is not there: unknown parameters, references and people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from backwright.recipes.generate_tests.asks import given_in
from backwright.recipes.generate_tests.case import Case, Expect, Ref, Send, unique
from backwright.recipes.generate_tests.desk import Desk, plain
from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.path_values import absent_value
from backwright.recipes.generate_tests.scene import Provided, Scene, sent_body
from backwright.recipes.generate_tests.values import (
    Given,
    inputs,
)


def absent(desk: Desk) -> Iterator[Case]:
    for parameter in reversed(desk.behaviour.inputs.path):
        given = Given("path", parameter.name)
        if desk.setup.kind_behind(desk.behaviour, given) is None:
            continue
        value = absent_value(parameter)
        yield from _absent(desk, parameter.name, value)
    yield from _unknown_references(desk)


def _unknown_references(desk: Desk) -> Iterator[Case]:
    """A field of the body that names something which is not there."""
    scene, body = desk.scene, desk.behaviour.inputs.body
    if scene is None or body is None:
        return
    yield from _unknown_people(desk, scene)
    for name, provided in scene.references.items():
        if not isinstance(provided.ref, Ref):
            continue
        value = absent_value(next(it for it in body.fields if it.name == name))
        kept = {at: it for at, it in scene.references.items() if at != name}
        world = replace(
            scene.world,
            body={**scene.body, name: value},
            references={at: it.entity for at, it in kept.items()},
        )
        end = desk.first(world)
        if end is None or not end.failed or not 400 <= end.status < 500:
            continue
        desk.serve(end)
        changed = replace(scene, body={**scene.body, name: value}, references=kept)
        send = desk.setup.send(changed, "response", Expect(status=(end.status,)))
        yield Case(
            f"with an unknown {plain(name)}",
            (*changed.sends(), send),
            changed.fixtures(),
        )


def _unknown_people(desk: Desk, scene: Scene) -> Iterator[Case]:
    """Signing in as nobody known, and with a wrong password."""
    named = [at for at, it in scene.references.items() if not isinstance(it.ref, Ref)]
    if not named:
        return
    world = replace(scene.world, references={}, secrets_known=False)
    end = desk.first(world)
    if end is not None and end.failed and 400 <= end.status < 500:
        desk.serve(end)
        alone = replace(scene, references={})
        send = desk.setup.send(alone, "response", Expect(status=(end.status,)))
        yield Case("of somebody unknown", (send,), ())
    secret = next((it for it in scene.body if "pass" in it.lower()), None)
    if secret is None:
        return
    end = desk.first(replace(scene.world, secrets_known=False, secrets_wrong=True))
    if end is not None and end.failed and 400 <= end.status < 500:
        desk.serve(end)
        other = replace(scene, body={**scene.body, secret: "Another-Passw0rd"})
        send = desk.setup.send(other, "response", Expect(status=(end.status,)))
        yield Case("with a wrong password", (*scene.sends(), send), scene.fixtures())


def _absent(desk: Desk, name: str, value: str | int) -> Iterator[Case]:
    scene = desk.scene
    candidates = [scene.credential] if scene is not None else [None, *desk.around.credentials]
    for credential in candidates:
        world = desk.setup.world(desk.behaviour, credential)
        if world is None:
            return
        others: dict[str, Provided] = {}
        if scene is not None:
            others = {at: it for at, it in scene.path.items() if at != name}
            world = replace(world, references=scene.world.references)
        world = replace(
            world, path={at: it.entity for at, it in others.items()}, absent={name: value}
        )
        ends = [it for it in desk.behaviour.exits if world.reaches(it) is not False]
        sure = [it for it in ends if world.reaches(it) is True]
        end = (sure or [it for it in ends if it.failed] or [None])[0]  # type: ignore[list-item]
        if (
            end is None
            or end.status not in {404, 410, 400, 403}
            or not (end.failed or end.status >= 400)
        ):
            continue
        if not any(given_in(it, name) for it in end.conditions) or (
            not sure and len(ends) > 1 and not _only_status(ends, end.status)
        ):
            continue
        desk.serve(end)
        ordered = _needed_before(desk, end, others)
        send = Send(
            name="response",
            method=desk.behaviour.route.method,
            path=desk.setup.path(desk.behaviour, ordered, {name: value}),
            query=tuple(world.query.items()),
            body=sent_body(scene) if scene is not None else dict(world.body) or None,
            has_body=desk.behaviour.inputs.body is not None,
            form=desk.behaviour.inputs.form,
            credential=credential.name if credential is not None else "",
            expect=Expect(status=(end.status,)),
        )
        needed = list(ordered.values()) + (
            list(scene.references.values()) if scene is not None else []
        )
        many = len(desk.behaviour.inputs.path) > 1
        what = f"with an unknown {plain(name)}" if many else "not found"
        yield Case(
            what,
            (*unique(it for one in needed for it in one.sends), send),
            tuple(dict.fromkeys(it for one in needed for it in one.fixtures)),
        )
        return


def _needed_before(desk: Desk, end: Exit, others: dict[str, Provided]) -> dict[str, Provided]:
    asked = {
        it.name
        for condition in end.conditions
        for it in inputs(condition.value)
        if it.where == "path"
    }
    return {name: it for name, it in others.items() if name in asked}


def _only_status(ends: list[Exit], status: int) -> bool:
    return all(it.status == status for it in ends)
