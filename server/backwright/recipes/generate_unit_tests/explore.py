"""The ways through a function: each is found by running it on paper with other values."""

from __future__ import annotations

import ast
import itertools
from dataclasses import dataclass

from backwright.recipes.generate_unit_tests.paper import Paper, Scenario, arguments_of, method_of
from backwright.recipes.generate_unit_tests.samples import samples_of
from backwright.recipes.generate_unit_tests.source import Source
from backwright.recipes.generate_unit_tests.values import Symbol, Thrown, Unread, written

_MAX_RUNS = 1500
_MAX_SCENARIOS = 40
_MAX_WAYS = 24


@dataclass(frozen=True, slots=True)
class Subject:
    """A function of a module, or a method of a class of it."""

    source: Source
    function: ast.FunctionDef
    class_: ast.ClassDef | None = None

    @property
    def title(self) -> str:
        owner = f"{self.class_.name}." if self.class_ is not None else ""
        return owner + self.function.name


@dataclass(frozen=True, slots=True)
class Way:
    """One run: what was given, what mocks are set to, and what came of it."""

    given: dict[str, object]
    made_with: dict[str, object]
    scenario: Scenario
    paper: Paper
    result: object = None
    error: Thrown | None = None


def ways_of(subject: Subject) -> list[Way]:
    """A run for each way through the code that could be read, in the order of finding."""
    waiting, seen = [Scenario()], {Scenario()}
    found: dict[tuple[object, ...], Way] = {}
    runs = 0
    while waiting and len(found) < _MAX_WAYS:
        scenario = waiting.pop(0)
        for made_with, given in _arguments(subject):
            runs += 1
            if runs > _MAX_RUNS:
                return list(found.values())
            paper = Paper(subject.source, scenario)
            way = _run(subject, paper, made_with, given)
            for idea in paper.ideas:
                if idea not in seen and len(seen) < _MAX_SCENARIOS:
                    seen.add(idea)
                    waiting.append(idea)
            if way is not None and _holds(way):
                found.setdefault(_key(way), way)
    return list(found.values())


def _arguments(subject: Subject) -> list[tuple[dict[str, object], dict[str, object]]]:
    init = method_of(subject.class_, "__init__") if subject.class_ is not None else None
    first = samples_of(init, subject.source, method=True) if init is not None else {}
    made_with = {name: values[0] for name, values in first.items()}
    samples = samples_of(subject.function, subject.source, method=subject.class_ is not None)
    rows = itertools.islice(itertools.product(*samples.values()), 400)
    return [(made_with, dict(zip(samples, row, strict=True))) for row in rows]


def _run(
    subject: Subject, paper: Paper, made_with: dict[str, object], given: dict[str, object]
) -> Way | None:
    way = (given, made_with, paper.scenario, paper)
    try:
        this = paper.make(subject.class_, made_with) if subject.class_ is not None else None
        bound = arguments_of(subject.function, (), tuple(given.items()), 1 if this else 0)
        return Way(*way, result=paper.enter(subject.function, bound, this))
    except Thrown as error:
        return Way(*way, error=error)
    except (Unread, ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
        return None


def _holds(way: Way) -> bool:
    """Whether something can be asserted, and all that was set had a part in it."""
    try:
        written(way.result)
        [written(it) for it in (*way.given.values(), *way.made_with.values())]
    except Unread:
        return False
    called = {function for function, _, _ in way.paper.calls}
    if way.scenario.fails is not None and way.scenario.fails[0] not in called:
        return False
    if way.error is not None:
        return not way.error.made
    return way.result is not None or bool(called)


def _key(way: Way) -> tuple[object, ...]:
    """What tells one way from another: the sides that were taken, and the failure."""
    end = way.error.name if way.error is not None else isinstance(way.result, Symbol)
    return (*way.paper.trace, way.scenario.fails, end)
