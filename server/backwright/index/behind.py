"""What happens behind the routes: the jobs that are run and the statements that are put together.

Both are found by looking at calls wherever they stand. Projects that import no library of jobs and
none of databases are not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backwright.facts.backend import Job, Route, SqlFinding
from backwright.facts.code import FileFacts
from backwright.index.calls import CallMemory, Calls
from backwright.index.evaluate import Evaluator
from backwright.index.jobs.find import find_jobs, job_names, used_libraries
from backwright.index.jobs.reached import with_jobs
from backwright.index.scopes import Scopes
from backwright.index.sql.built import find_built, sink_names
from backwright.index.sql.reached import with_sql
from backwright.index.sql.sinks import used_databases


@dataclass(frozen=True, slots=True)
class Behind:
    """`routes` are those that were given, each with the jobs that it asks for and the statements
    that it runs though they are put together from strings."""

    routes: list[Route]
    jobs: list[Job] = field(default_factory=list)
    sql: list[SqlFinding] = field(default_factory=list)


def look_behind(
    files: Mapping[str, FileFacts],
    paths: Sequence[str],
    evaluator: Evaluator,
    routes: list[Route],
    memory: CallMemory,
) -> Behind:
    """Looks at the files at `paths`, once the routes are known: it may run functions."""
    imported = memory.imported(files, paths)
    libraries, databases = used_libraries(imported), used_databases(imported)
    if not libraries and not databases:
        return Behind(routes)
    names = _joined(job_names(libraries), sink_names(databases))
    calls, scopes = memory.calls_in(files, paths, names), Scopes(evaluator)
    sql = find_built(calls, scopes, databases)

    def calls_of(names: frozenset[str]) -> Calls:
        return memory.calls_in(files, paths, {"python": names, "javascript": names})

    jobs = find_jobs(files, paths, calls, calls_of, scopes, libraries)
    if jobs and routes:
        routes = with_jobs(routes, jobs, calls, calls_of, scopes)
    if sql and routes:
        routes = with_sql(routes, sql, calls, calls_of, scopes)
    return Behind(routes, jobs, sql)


def _joined(*tables: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    languages = {language for table in tables for language in table}
    return {it: frozenset().union(*(table.get(it, ()) for table in tables)) for it in languages}
