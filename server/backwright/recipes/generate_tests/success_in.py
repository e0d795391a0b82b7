"""Whether a request in a world succeeds, and how its body has to be for that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from backwright.recipes.generate_tests import samples
from backwright.recipes.generate_tests.behaviour import Behaviour
from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.values import (
    BODY,
    Const,
    Given,
    Listed,
    Test,
    Value,
    body_fields,
    inputs,
    mentioned,
)
from backwright.recipes.generate_tests.world import Json, World


def succeeding(behaviour: Behaviour, world: World) -> Exit | None:
    """The end that a request in the world comes to, when that is a success."""
    for end in behaviour.faults:
        if world.reaches(end) is True:
            return None
    sure = [it for it in behaviour.fine if world.reaches(it) is True]
    if sure:
        return sure[0]
    likely = [it for it in behaviour.fine if world.reaches(it) is None]
    if likely and agree(likely) and all(harmless(it, behaviour, world) for it in likely[:1]):
        return likely[0]
    return None


def agree(ends: list[Exit]) -> bool:
    return len({it.status for it in ends}) == 1


def harmless(end: Exit, behaviour: Behaviour, world: World) -> bool:
    """Whether what stays open decides nothing but the way, or only compares valid inputs with
    limits, which they are made to keep."""
    deciding = {
        condition.value
        for fault in behaviour.faults
        if world.reaches(fault) is None
        for condition in world.open_conditions(fault)[-1:]
    }
    return all(
        condition.value not in deciding or compares_inputs(condition.value)
        for condition in world.open_conditions(end)
    )


def compares_inputs(value: Value) -> bool:
    given = inputs(value)
    return (
        isinstance(value, Test)
        and value.operator in {"<", ">", "<=", ">="}
        and bool(given)
        and all(it.where in {"body", "query"} for it in given)
    )


def repaired(behaviour: Behaviour, world: World) -> World:
    """The world with other values in the query and the body where own checks refuse the first
    ones."""
    world = _with_query(behaviour, world)
    fields = {it.name: it for it in behaviour.inputs.body.fields} if behaviour.inputs.body else {}
    for _ in range(4):
        end = next((it for it in behaviour.faults if refuses_body(it, world)), None)
        if end is None:
            return world
        names = {name for it in end.conditions for name in body_fields(it.value)}
        better = next(
            (
                changed
                for name in sorted(names & fields.keys())
                for value in samples.others(fields[name])
                if not refuses_body(
                    end, changed := replace(world, body={**world.body, name: value})
                )
            ),
            None,
        )
        if better is None:
            return world
        world = better
    return world


def _with_query(behaviour: Behaviour, world: World) -> World:
    """The world with what the code compares parameters of the query with, where it refuses
    everything else."""
    for _ in range(4):
        end = next((it for it in behaviour.faults if _refuses_query(it, world)), None)
        if end is None:
            return world
        better = next(
            (
                changed
                for name, value in _compared(end.conditions[-1].value)
                if not _refuses_query(
                    end, changed := replace(world, query={**world.query, name: value})
                )
            ),
            None,
        )
        if better is None:
            return world
        world = better
    return world


def _compared(value: Value) -> Iterator[tuple[str, Json]]:
    for part in mentioned(value):
        if isinstance(part, Test) and len(part.operands) == 2:
            given, other = part.operands
            given, other = (given, other) if isinstance(given, Given) else (other, given)
            if isinstance(given, Given) and given.where == "query":
                for wanted in other.values if isinstance(other, Listed) else (other,):
                    if isinstance(wanted, Const):
                        yield given.name, wanted.value


def _refuses_query(end: Exit, world: World) -> bool:
    """Whether a request in the world fails for nothing but its query."""
    if not end.conditions or world.reaches(end) is not True:
        return False
    last = inputs(end.conditions[-1].value)
    return bool(last) and all(it.where == "query" for it in last)


def refuses_body(end: Exit, world: World) -> bool:
    """Whether a request in the world fails for nothing but its body."""
    if not end.conditions or world.reaches(end) is not True:
        return False
    given = {it for condition in end.conditions for it in inputs(condition.value)}
    last = inputs(end.conditions[-1].value)
    return bool(last) and all(it.where == "body" for it in last) and BODY in given
