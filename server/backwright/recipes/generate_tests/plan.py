"""Which tests an endpoint deserves: one for each end that can surely be brought about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backwright.recipes.generate_tests.absence import absent
from backwright.recipes.generate_tests.behaviour import DENIED, Behaviour
from backwright.recipes.generate_tests.case import Case
from backwright.recipes.generate_tests.conflicts import again
from backwright.recipes.generate_tests.desk import Desk
from backwright.recipes.generate_tests.guards import denied, forbidden
from backwright.recipes.generate_tests.refusals import refused_inputs
from backwright.recipes.generate_tests.success import listing, success
from backwright.recipes.generate_tests.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Plan:
    """The tests, the most telling first, and what could not be brought about."""

    cases: tuple[Case, ...]
    unserved: tuple[str, ...] = ()


def plan_tests(behaviour: Behaviour, around: Surroundings) -> Plan:
    return _plan(Desk(behaviour, around))


def _plan(desk: Desk) -> Plan:
    cases: list[Case] = []
    unserved: list[str] = []
    if desk.scene is not None:
        cases += success(desk, desk.scene)
        cases += listing(desk, desk.scene)
    else:
        unserved.append(
            f"a successful {desk.behaviour.route.title}: "
            f"{desk.behaviour.inputs.opaque or 'what it needs could not be set up from the code'}"
        )
    cases += denied(desk)
    cases += forbidden(desk)
    cases += absent(desk) if desk.understood() else ()
    cases += refused_inputs(desk)
    if desk.scene is not None:
        cases += again(desk, desk.scene)
    unserved += _left(desk)
    return Plan(tuple(_within_budget(desk, cases)), tuple(dict.fromkeys(unserved)))


def _left(desk: Desk) -> Iterator[str]:
    seen = {
        (it.status, it.conditions[-1].line)
        for it in desk.behaviour.faults
        if id(it) in desk.served and it.conditions
    }
    statuses = {it[0] for it in seen}
    for end in desk.behaviour.faults:
        if not end.conditions or end.status in {0, 401, DENIED}:
            continue
        last = end.conditions[-1]
        if (end.status, last.line) in seen or not last.line:
            continue
        if end.status in {404} and end.status in statuses:
            continue
        seen.add((end.status, last.line))
        yield f"the {end.status} that {last.file}:{last.line} decides"
    if desk.behaviour.partial:
        yield "some ways through the handler: there are too many of them to follow"


def _within_budget(desk: Desk, cases: list[Case]) -> Iterator[Case]:
    """As many tests as rate limits leave room for."""
    spent: dict[str, int] = {}
    limits = {
        f"{it.method} {it.path}": budget
        for it in desk.around.routes
        if (budget := desk.around.budget(it)) is not None
    }
    own = f"{desk.behaviour.route.method} {desk.behaviour.route.path}"
    for case in cases:
        if case.what != "twice" and _collides(case):
            continue
        count = len(case.rows.rows) if case.rows is not None else 1
        if own in limits:
            used = spent.get(own, 0) + count
            if used > limits[own]:
                continue
            spent[own] = used
        yield case


def _collides(case: Case) -> bool:
    """Whether two things would be made with the same values, which one of them may not have."""
    made = [(it.method, it.path, str(it.body)) for it in case.sends if it.method == "POST"]
    bodies = [it for it in made if it[2] not in {"None", "{}"}]
    return len(bodies) != len({str(it) for it in bodies})
