"""Tests of input that is refused: by declared limits, and by the handler's own checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from backwright.recipes.generate_tests import samples
from backwright.recipes.generate_tests.asks import (
    about_body,
    asks_validity,
    credential_decides,
    guard_only,
    needs_path,
    needs_path_before,
)
from backwright.recipes.generate_tests.case import Case, Expect, Rows, Send
from backwright.recipes.generate_tests.desk import Desk, plain, without_refs
from backwright.recipes.generate_tests.fields import Field
from backwright.recipes.generate_tests.scene import sent_body
from backwright.recipes.generate_tests.spelled import MISSPELT
from backwright.recipes.generate_tests.surroundings import Credential
from backwright.recipes.generate_tests.values import Given, inputs
from backwright.recipes.generate_tests.world import Json, World


class Nobody:
    """There is no one whom the guards surely let through."""


def refused_inputs(desk: Desk) -> Iterator[Case]:
    behaviour = desk.behaviour
    credential = _admitted(desk)
    if isinstance(credential, Nobody) or not desk.understood():
        return
    if behaviour.invalid:
        yield from _declared(desk, credential)
    yield from _wrong_query(desk)
    yield from _checked_by_hand(desk, credential)


def _wrong_query(desk: Desk) -> Iterator[Case]:
    """A text in the query that is none of those that the code asks for."""
    scene = desk.scene
    if scene is None:
        return
    for name in (name for name, it in scene.query.items() if isinstance(it, str)):
        query = {**scene.query, name: MISSPELT}
        end = desk.first(replace(scene.world, query=query))
        if end is None or not end.failed or not 400 <= end.status < 500 or not end.conditions:
            continue
        if inputs(end.conditions[-1].value) != {Given("query", name)} or needs_path(end):
            continue
        desk.serve(end)
        changed = replace(scene, query=query, path={}, references={})
        send = desk.setup.send(changed, "response", Expect(status=(end.status,)))
        yield Case(f"with a wrong {plain(name)}", (send,))


def _admitted(desk: Desk) -> Credential | Nobody | None:
    """Someone whom the guards let through."""
    if desk.scene is not None:
        return desk.scene.credential
    for credential in (None, *desk.around.credentials):
        world = desk.setup.world(desk.behaviour, credential) or World(
            execution=desk.around.execution,
            credential=credential.value if credential is not None else None,
            hint=credential.hint if credential is not None else "",
        )
        guarded = [it for it in desk.behaviour.faults if guard_only(it)]
        kept_out = any(
            world.reaches(it) is True and credential_decides(it.conditions[-1])
            for it in desk.behaviour.faults
            if it.conditions
        )
        if not kept_out and all(world.reaches(it) is False for it in guarded):
            return credential
    return Nobody()


def _declared(desk: Desk, credential: Credential | Nobody | None) -> Iterator[Case]:
    behaviour, inputs_ = desk.behaviour, desk.behaviour.inputs
    if desk.scene is None and (_checks_late(desk) or desk.setup.world(behaviour, None) is None):
        return
    for end in behaviour.faults:
        if any(asks_validity(it) for it in end.conditions):
            desk.serve(end)
    body = inputs_.body
    wanted = (("body", body.fields if body is not None else ()), ("query", inputs_.query))
    for place, fields in wanted:
        rows = tuple(
            _row(it, fields)
            for it in samples.violations(fields)
            if place == "body" or not isinstance(it.value, list)
        )
        rows = tuple(it for it in rows if not _never_wrong(it, place, inputs_.form))
        for missing in (True, False):
            kept = tuple(it for it in rows if it[3] is missing)
            if kept:
                yield _refused(desk, place, kept, credential)
    for field_ in () if behaviour.routed else inputs_.path:
        rows = tuple(
            (field_.name, why, value, False)
            for why, value in samples.refused(field_)
            if isinstance(value, str | int | float) and str(value)
        )
        rows = tuple(it for it in rows if not _never_wrong(it, "path", form=False))
        if rows:
            yield _refused(desk, f"path:{field_.name}", rows, credential)


def _checks_late(desk: Desk) -> bool:
    """Whether things are looked up before the input is held against its limits."""
    validity = [it for it in desk.behaviour.faults if any(map(asks_validity, it.conditions))]
    return bool(validity) and all(needs_path_before(it) for it in validity)


def _refused(
    desk: Desk,
    place: str,
    rows: tuple[tuple[str, str, object, bool], ...],
    credential: Credential | Nobody | None,
    status: int = 0,
) -> Case:
    behaviour, scene = desk.behaviour, desk.scene
    world = desk.setup.world(behaviour, None)
    needs = (status != 0 or _checks_late(desk)) and scene is not None
    body = (
        without_refs(scene)
        if scene is not None
        else (dict(world.body) if world is not None else {})
    )
    if needs and scene is not None:
        body = sent_body(scene)
    varied = {place[5:]: "<value>"} if place.startswith("path:") else {}
    provided = dict(scene.path) if needs and scene is not None else {}
    send = Send(
        name="response",
        method=behaviour.route.method,
        path=desk.setup.path(behaviour, provided, varied),
        query=tuple(world.query.items()) if world is not None else (),
        body=body,
        has_body=behaviour.inputs.body is not None,
        form=behaviour.inputs.form,
        credential=credential.name if isinstance(credential, Credential) else "",
        expect=Expect(status=(status or behaviour.invalid,)),
    )
    missing = rows[0][3]
    what = {
        "body": "without a required field" if missing else "with invalid input",
        "query": "without a required parameter" if missing else "with an invalid query",
    }.get(place, f"with a malformed {plain(place.partition(':')[2])}")
    before = scene.sends() if needs and scene is not None else ()
    fixtures = scene.fixtures() if needs and scene is not None else ()
    return Case(what, (*before, send), fixtures, Rows(place, rows))  # type: ignore[arg-type]


def _checked_by_hand(desk: Desk, credential: Credential | Nobody | None) -> Iterator[Case]:
    """Values that the handler's own checks refuse: found by trying them on paper."""
    scene, given = desk.scene, desk.behaviour.inputs.body
    if scene is None or given is None:
        return
    rows: dict[tuple[int, bool], list[tuple[str, str, object, bool]]] = {}
    shown: set[tuple[int, str]] = set()
    for field_ in given.fields:
        if field_.name in scene.references:
            continue
        for why, value, missing in _tries(desk, field_):
            body = {at: it for at, it in scene.body.items() if at != field_.name}
            world = replace(scene.world, body=body if missing else {**body, field_.name: value})
            end = desk.first(world)
            if end is None or not end.failed or not 400 <= end.status < 500:
                continue
            if end.status in {401, 403, 404} or (id(end), field_.name) in shown:
                continue
            if not about_body(end, field_.name):
                continue
            shown.add((id(end), field_.name))
            desk.serve(end)
            rows.setdefault((end.status, missing), []).append((field_.name, why, value, missing))
    for (status, _), found in rows.items():
        yield _refused(desk, "body", tuple(found), credential, status)


def _tries(desk: Desk, field_: Field) -> Iterator[tuple[str, Json, bool]]:
    """Values that may be refused. Where limits are declared only those that keep them are of
    interest: the others never reach the handler."""
    declared = bool(desk.behaviour.invalid)
    if not declared or not field_.required:
        yield "missing", None, True
    for value in samples.others(field_):
        yield "not allowed", value, False
    if not declared:
        for why, value in samples.wrong(field_):
            yield why, value, False


def _row(violation: samples.Violation, fields: tuple[Field, ...]) -> tuple[str, str, object, bool]:
    """The field of the body to change, and its value as a whole."""
    name, *inner = violation.path
    if not inner:
        return name, violation.why, violation.value, violation.missing
    field_ = next(it for it in fields if it.name == name)
    value = samples.valid(field_)
    at = value
    for key in inner[:-1]:
        at = at[key] if isinstance(at, dict) else {}
    assert isinstance(at, dict)
    if violation.missing:
        del at[inner[-1]]
    else:
        at[inner[-1]] = violation.value
    return name, f"{'.'.join(inner)} {violation.why}", value, False


def _never_wrong(row: tuple[str, str, object, bool], place: str, form: bool) -> bool:
    """A text is always a text in a query, a path or a form."""
    _, why, value, missing = row
    if missing:
        return False
    if place == "body" and not form:
        return False
    return why == "wrong type" and not isinstance(value, str)
