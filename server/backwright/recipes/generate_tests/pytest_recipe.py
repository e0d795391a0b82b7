"""From a Python endpoint to units of pytest tests: what FastAPI and Flask share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from backwright.edits.units import Unit
from backwright.facts.backend import Route
from backwright.recipes.generate_tests.behaviour import Behaviour
from backwright.recipes.generate_tests.case import Case
from backwright.recipes.generate_tests.execute import Execution
from backwright.recipes.generate_tests.existing import ExistingTest, covers, existing_tests
from backwright.recipes.generate_tests.limits import budget_of, limits_are_off
from backwright.recipes.generate_tests.plan import plan_tests
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.python_suite import PythonSuite, style_of
from backwright.recipes.generate_tests.spelled import spelled
from backwright.recipes.generate_tests.surroundings import Surroundings
from backwright.recipes.generate_tests.write_python import (
    PythonStyle,
    function,
    needs_pytest,
    test_name,
)
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused

_ANSWER = re.compile(r"^\s*(\w+) = (?:await )?\w+\.(?:get|post|put|patch|delete)\(", re.MULTILINE)
MakeSuite = Callable[[Project, Route], "NewSuite | Refused"]


@dataclass(frozen=True, slots=True)
class NewSuite:
    """A set-up for a project that has none: its units, and the client that it provides."""

    units: tuple[Unit, ...]
    client: str
    home: str


@dataclass(frozen=True, slots=True)
class PytestFramework:
    """What a framework adds: how its code is run and read, and how its client is called."""

    execution: Execution
    behaviour: Callable[[Route], Behaviour | None]
    style: PythonStyle
    new_suite: MakeSuite | None


def generate(project: Project, framework: PytestFramework) -> Outcome:
    route = project.situation.target.route
    if route is None:
        return Refused("there is no endpoint at the cursor")
    known = cached(framework.behaviour)
    behaviour = known(route)
    if behaviour is None:
        return Refused(f"the handler of {route.title} is not in this project")
    tests = existing_tests(project)
    suite = PythonSuite(project, framework.execution, tests)
    home = suite.home(route)
    fixtures = suite.fixtures(home)
    client = suite.client(fixtures)
    units: list[Unit] = []
    style = framework.style
    if client is None:
        made = (
            framework.new_suite(project, route)
            if framework.new_suite is not None
            else Refused("the tests of this project have no client fixture")
        )
        if isinstance(made, Refused):
            return made
        units += made.units
        home = made.home
        style = replace(style, client=made.client)
    else:
        style = _style(project, suite, home, style, client.name, client.asynchronous)
    routes = [it for it in project.situation.backend.routes if it.app == route.app]
    off = limits_are_off(project)
    people = suite.credentials(fixtures, client) if client is not None else []
    if not people and (written := spelled(behaviour)) is not None:
        people = [written]
    around = Surroundings(
        execution=framework.execution,
        routes=routes,
        behaviour=known,
        credentials=people,
        things=suite.things(fixtures) if client is not None else (),
        taken=frozenset(fixtures),
        budget=lambda it: budget_of(it, tests, routes, switched_off=off),
    )
    plan = plan_tests(behaviour, around)
    names = {it.name: covers(it, route, routes) for it in tests if it.file == home}
    cases = _new(plan.cases, route, [it for it in tests if covers(it, route, routes)], names)
    if not cases:
        if not plan.cases:
            return Refused(f"nothing about {route.title} could be derived from its code")
        return AlreadyDone(f"every test of {route.title} that its code suggests is there already")
    units += _units(project, home, cases, route, style)
    count = sum(len(it.rows.rows) if it.rows is not None else 1 for _, it in cases)
    word = "test" if count == 1 else "tests"
    return Draft(tuple(units), f"Added {count} {word} for {route.title} in {home}.", plan.unserved)


def cached(read: Callable[[Route], Behaviour | None]) -> Callable[[Route], Behaviour | None]:
    found: dict[tuple[str, str], Behaviour | None] = {}

    def cached(route: Route) -> Behaviour | None:
        key = (route.method, route.path)
        if key not in found:
            found[key] = read(route)
        return found[key]

    return cached


def _style(
    project: Project,
    suite: PythonSuite,
    home: str,
    style: PythonStyle,
    client: str,
    asynchronous: bool,
) -> PythonStyle:
    facts = project.facts(home)
    in_class, marks = style_of(facts)
    if asynchronous and not marks:
        marks = next(
            (it for test in suite.tests if (it := style_of(project.facts(test.file))[1])), ()
        )
    texts = [it.text for it in suite.tests if it.file == home] or [it.text for it in suite.tests]
    names = Counter(name for text in texts for name in _ANSWER.findall(text))
    known = {"response", "res", "resp", "r", "answer", "result", "rv"}
    usual = next((name for name, _ in names.most_common() if name in known), style.answer)
    return replace(
        style,
        client=client,
        asynchronous=asynchronous,
        marks=marks,
        in_class=in_class,
        answer=usual,
    )


def _new(
    cases: tuple[Case, ...], route: Route, own: list[ExistingTest], names: dict[str, bool]
) -> list[tuple[str, Case]]:
    """The cases that no test shows yet, with their names."""
    found: list[tuple[str, Case]] = []
    for case in cases:
        name = test_name(route.handler, case)
        if name in names and not names[name]:  # another route has the same handler
            name = f"{name}_{_words(route.path)}"
        if name in names or any(name == it for it, _ in found):
            continue
        kept = not_shown(case, own)
        if kept is not None:
            found.append((name, kept))
    return found


def _words(path: str) -> str:
    return "_".join(re.findall(r"[a-z0-9]+", path.lower()))


def not_shown(case: Case, own: list[ExistingTest]) -> Case | None:
    """What of a case is not shown yet: all of it, some of its rows, or nothing."""
    status = case.last.expect.status if case.rows else ()
    if case.rows is not None:
        showing = [it for it in own if set(status) & it.numbers]
        rows = tuple(
            row for row in case.rows.rows if not any(_mentions(it, row[0]) for it in showing)
        )
        if case.rows.place.startswith("path:"):
            literal = any("*" not in path for it in showing for _, path in it.requests)
            rows = () if literal else case.rows.rows
        return replace(case, rows=replace(case.rows, rows=rows)) if rows else None
    asked = next((it for it in case.sends if it.name == "response"), case.last)
    shown = any(set(asked.expect.status) & it.numbers for it in own)
    return None if shown and not asked.expect.lists else case


def _mentions(test: ExistingTest, field: str) -> bool:
    return re.search(rf"\b{re.escape(field)}\b", test.text) is not None


def _units(
    project: Project,
    home: str,
    cases: list[tuple[str, Case]],
    route: Route,
    style: PythonStyle,
) -> list[Unit]:
    exists = project.situation.document(home) is not None
    texts = [function(name, case, style) for name, case in cases]
    if style.in_class:
        title = "".join(it.title() for it in route.handler.rpartition(".")[2].split("_"))
        inner = "\n".join(texts)
        indented = "\n".join(f"    {line}" if line else "" for line in inner.split("\n"))
        body = f"class Test{title}:\n{indented.rstrip()}\n"
    else:
        body = "\n\n".join(texts)
    imports = "import pytest\n" if needs_pytest([it for _, it in cases], style) else ""
    if not exists:
        return [Unit(home, "create", text=f"{imports}\n\n{body}" if imports else body)]
    units = [Unit(home, "append", text=body)]
    if imports and not _imports_pytest(project, home):
        units.insert(0, Unit(home, "imports", text=imports))
    return units


def _imports_pytest(project: Project, home: str) -> bool:
    return project.origin(home, "pytest") == "pytest"
