"""All that is found by conventions: models, jobs, statements, and which routes lead to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts.backend import Job, Route, SqlFinding, Stack, Test, TestRef
from backwright.facts.code import FileFacts
from backwright.facts.schema import Schema
from backwright.index.constants import Constants
from backwright.index.conventions.jobs import JobFinder, job_words
from backwright.index.conventions.reach import ActionReach
from backwright.index.conventions.statements import StatementFinder, statement_words
from backwright.index.conventions.tests import TestFinder
from backwright.index.conventions.throttles import find_throttles, throttle_words, throttled
from backwright.index.conventions.uses import UseMemory
from backwright.index.drawing.family import DrawnRoutes
from backwright.index.models.draft import Draft
from backwright.index.records.classes import Records
from backwright.index.records.tables import databases
from backwright.index.stacks.find import owner_of

_ONCE = re.compile(r"(^|/)(db/(\w+_)?(migrate|seeds?)(/|\.rb$)|lib/tasks/|lib/generators/)|\.rake$")
"""Files whose classes are there for one change or errand."""


_WRITES = frozenset({"POST", "PUT", "PATCH"})


@dataclass(frozen=True, slots=True)
class Conventions:
    routes: list[Route]
    models: list[Draft] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    sql: list[SqlFinding] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)


def look_around(
    files: Mapping[str, FileFacts],
    schemas: Mapping[str, Schema],
    drawn: DrawnRoutes,
    routes: Sequence[Route],
    stacks: list[Stack],
    memory: UseMemory,
) -> Conventions:
    """`routes` are returned with what they lead to and what tests them."""
    paths = drawn.paths
    of_ruby = {path for path, facts in files.items() if facts.language == "ruby"}
    own = [path for path in paths if files[path].language == "ruby"]
    if not own:
        return Conventions(list(routes))
    lasting = [path for path in own if not _ONCE.search(path)]
    constants = drawn.constants
    records = Records.of(constants, databases({it: files[it] for it in own}, schemas), lasting)
    jobs, statements = JobFinder(constants), StatementFinder(constants)
    memory.looks_for(job_words() | statement_words() | throttle_words())
    jobs.look(use for path in own for use in memory.of(files[path]))
    sql = statements.look(use for path in lasting for use in memory.of(files[path]))
    at = {(it.file, it.place.start, it.place.end): it.place for it in sql}
    reach = ActionReach(
        files, constants, frozenset(records.drafts), jobs.sites, at, drawn.notes, records.related()
    )

    def led(route: Route) -> Route:
        runs = drawn.runs.get((route.handler, route.handler_place))
        if runs is None:
            return route
        found = reach.of(runs.handler, runs.before, runs.inside)
        return replace(
            route,
            models=list(found.models),
            jobs=list(found.jobs),
            sql=list(found.sql),
            validators=[*route.validators, *_validated(route, found.models, constants)],
        )

    throttles = find_throttles(use for path in lasting for use in memory.of(files[path]))
    tests, refs = _tests(files, drawn, routes, stacks)
    routes = [
        throttled(
            replace(led(it), tests=[*it.tests, *refs[id(it)]]) if id(it) in refs else led(it),
            throttles,
        )
        if it.handler_place.file in of_ruby
        else it
        for it in routes
    ]
    every = sorted(jobs.found.values(), key=lambda it: (it.place.file, it.place.line))
    return Conventions(routes, records.models(), every, sql, tests)


def _validated(route: Route, models: Sequence[str], constants: Constants) -> list[str]:
    """The models behind a route that writes which check what they are given."""
    if route.method not in _WRITES:
        return []
    return [
        name
        for name in models
        if any(macro.name.startswith("validate") for macro in constants.macros(name))
    ]


def _tests(
    files: Mapping[str, FileFacts], drawn: DrawnRoutes, routes: Sequence[Route], stacks: list[Stack]
) -> tuple[list[Test], dict[int, list[TestRef]]]:
    by_app: dict[str, list[Route]] = {}
    for route in routes:
        by_app.setdefault(route.app, []).append(route)

    def routes_of(test: str) -> Sequence[Route]:
        stack = owner_of(test, stacks)
        return (by_app.get(stack.app) if stack is not None else None) or routes

    known = frozenset(drawn.paths)
    paths = [
        path
        for path, facts in sorted(files.items())
        if facts.language == "ruby" and path not in known
    ]
    names = {name: it.path for name, it in drawn.named.items()}
    return TestFinder(files, names, routes_of).look(paths)
