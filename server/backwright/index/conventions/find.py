"""All that is found by conventions: models, jobs, statements, and which routes lead to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts.backend import Job, Route, SqlFinding
from backwright.facts.code import FileFacts
from backwright.facts.schema import Schema
from backwright.index.conventions.jobs import JobFinder
from backwright.index.conventions.reach import ActionReach
from backwright.index.conventions.statements import StatementFinder
from backwright.index.drawing.family import DrawnRoutes
from backwright.index.models.draft import Draft
from backwright.index.records.classes import Records
from backwright.index.records.tables import databases

_ONCE = re.compile(r"(^|/)(db/(\w+_)?(migrate|seeds?)(/|\.rb$)|lib/tasks/|lib/generators/)|\.rake$")
"""Files whose classes are there for one change or errand."""


@dataclass(frozen=True, slots=True)
class Conventions:
    routes: list[Route]
    models: list[Draft] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    sql: list[SqlFinding] = field(default_factory=list)


def look_around(
    files: Mapping[str, FileFacts],
    schemas: Mapping[str, Schema],
    paths: Sequence[str],
    drawn: DrawnRoutes,
    routes: Sequence[Route],
) -> Conventions:
    """`paths` are the sources that are no tests; `routes` are returned with what they lead to."""
    own = [path for path in paths if files[path].language == "ruby"]
    if not own:
        return Conventions(list(routes))
    lasting = [path for path in own if not _ONCE.search(path)]
    constants = drawn.constants
    records = Records.of(constants, databases({it: files[it] for it in own}, schemas), lasting)
    jobs, statements = JobFinder(constants), StatementFinder(constants)
    jobs.look(files, own)
    sql = statements.look(files, lasting)
    at = {(it.file, it.place.start, it.place.end): it.place for it in sql}
    reach = ActionReach(files, constants, frozenset(records.drafts), jobs.sites, at)

    def led(route: Route) -> Route:
        runs = drawn.runs.get((route.handler, route.handler_place))
        if runs is None:
            return route
        found = reach.of(runs.handler, runs.before, runs.inside)
        return replace(route, models=list(found.models), jobs=list(found.jobs), sql=list(found.sql))

    every = sorted(jobs.found.values(), key=lambda it: (it.place.file, it.place.line))
    return Conventions([led(it) for it in routes], records.models(), every, sql)
