"""Binds what is put into the statements of an endpoint, in its handler and in what that calls."""

from __future__ import annotations

from itertools import pairwise

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.facts.backend import Place
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.pieces import edited_lines
from backwright.recipes.prevent_sql_injection.built import Blocked
from backwright.recipes.prevent_sql_injection.finding import bound_finding
from backwright.recipes.prevent_sql_injection.layout import joined
from backwright.recipes.project import Project

_STRICT = frozenset({"asyncpg", "@prisma/client"})


def baseline(situation: Situation) -> Outcome:
    route = situation.target.route
    if route is None:
        return Refused("there is no endpoint here whose statements could be looked at")
    if not route.sql:
        return AlreadyDone(f"{route.title} runs no SQL that is put together from strings")
    project = Project(situation)
    edits: dict[str, list[list[Edit]]] = {}
    blocked: list[str] = []
    bound: list[Place] = []
    for place in route.sql:
        found = bound_finding(project, place, _sink(situation, place))
        if isinstance(found, Blocked):
            blocked.append(f"the statement at {place.file}:{place.line}: {found.reason}")
        else:
            edits.setdefault(place.file, []).append(found)
            bound.append(place)
    if not bound:
        return Refused("; ".join(blocked))
    units = [it for file in edits for it in _units(project, file, edits[file])]
    count = "1 statement" if len(bound) == 1 else f"{len(bound)} statements"
    where = ", ".join(dict.fromkeys(f"{it.file}:{it.line}" for it in bound))
    return Draft(
        tuple(units),
        f"the values of {count} that {route.title} runs are passed as parameters ({where})",
        unserved=tuple(blocked),
        review=tuple(_review(project, bound)),
    )


def _units(project: Project, file: str, edits: list[list[Edit]]) -> list[Unit]:
    """The units of one file. The edits of a statement are made as one, for its lines change a lot;
    a name that two statements share is edited once."""
    source = project.source(file)
    whole = [joined(source, it) for it in edits]
    single = [edit for listed in edits for edit in listed]
    return edited_lines(file, source, whole if _are_apart(whole) else single)


def _are_apart(edits: list[Edit]) -> bool:
    ordered = sorted(edits, key=lambda it: it.span)
    return all(one.span.end <= other.span.start for one, other in pairwise(ordered))


def _sink(situation: Situation, place: Place) -> str:
    return next((it.sink for it in situation.backend.sql if it.place == place), "")


def _review(project: Project, bound: list[Place]) -> list[str]:
    modules = {it.module for place in bound for it in project.imports(place.file) if not it.file}
    return [
        f"{it} checks types: for a column of numbers it takes a number, no text that looks like one"
        for it in sorted(_STRICT & modules)
    ]
