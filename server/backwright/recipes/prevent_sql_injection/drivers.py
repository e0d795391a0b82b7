"""How the drivers of databases take values: what stands for them, and where they are passed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from backwright.recipes.project import Project

Mark = Literal["?", "%s", ":name", "$1"]
Passing = Literal[
    "sequence", "mapping", "spread", "chained", "replacements", "tagged", "bindparams"
]
"""How values are passed behind the statement: as one list, as one table, each as an argument, to
the method that is called on what comes back, as an option, within a tagged template, or to
`bindparams` of the statement."""


@dataclass(frozen=True, slots=True)
class Driver:
    mark: Mark
    passing: Passing
    option: str = ""
    """The name of the argument or option that holds the values, where it has to be named."""


_QMARK = Driver("?", "sequence")
_FORMAT = Driver("%s", "sequence")
_NUMBERED = Driver("$1", "sequence")
_PYTHON: dict[str, Driver] = {
    **dict.fromkeys(("sqlite3", "aiosqlite", "pyodbc", "duckdb"), _QMARK),
    **dict.fromkeys(("psycopg", "psycopg2", "psycopg_pool", "aiopg"), _FORMAT),
    **dict.fromkeys(("pymysql", "MySQLdb", "mysql", "aiomysql", "asyncmy", "pymssql"), _FORMAT),
    **dict.fromkeys(("flask_mysqldb", "django"), _FORMAT),
    **dict.fromkeys(("oracledb", "cx_Oracle"), Driver(":name", "mapping")),
    "databases": Driver(":name", "mapping", "values"),
    "asyncpg": Driver("$1", "spread"),
}
_SCRIPT: dict[str, Driver] = {
    **dict.fromkeys(("pg", "pg-promise", "@neondatabase/serverless"), _NUMBERED),
    **dict.fromkeys(("mysql", "mysql2", "mysql2/promise", "mariadb", "promise-mysql"), _QMARK),
    **dict.fromkeys(("sqlite3", "sqlite", "knex"), _QMARK),
    **dict.fromkeys(("better-sqlite3", "bun:sqlite", "node:sqlite"), Driver("?", "chained")),
    **dict.fromkeys(("sequelize", "sequelize-typescript"), Driver("?", "replacements")),
    "@prisma/client": Driver("?", "tagged"),
    "postgres": _NUMBERED,
}
_TEXT = Driver(":name", "bindparams")
_SUFFIXES = (".py", ".ts", ".mts", ".cts", ".js", ".mjs", ".cjs")


def driver_of(project: Project, file: str, sink: str) -> Driver | None:
    """How the call `sink` of a file takes values; None where that is not known."""
    name = sink.rpartition(".")[2]
    if file.endswith(".py"):
        if name in {"text", "literal_column"}:
            return _TEXT
        return _nearest(project, file, _PYTHON)
    if name in {"$queryRawUnsafe", "$executeRawUnsafe"}:
        return _SCRIPT["@prisma/client"]
    if name == "raw" or name.endswith("Raw"):
        return _QMARK
    return _nearest(project, file, _SCRIPT)


def _nearest(project: Project, file: str, known: dict[str, Driver]) -> Driver | None:
    """That of the library which the file imports, or what it imports, or any of the project's."""
    for files in _circles(project, file):
        found = {driver for it in files for driver in _imported(project, it, known)}
        if len(found) == 1:
            return found.pop()
        if found:
            return None
    return None


def _circles(project: Project, file: str) -> Iterator[list[str]]:
    yield [file]
    yield sorted(project.reached_from(file))
    yield [it for it in project.sources(_SUFFIXES) if it.endswith(".py") is file.endswith(".py")]


def _imported(project: Project, file: str, known: dict[str, Driver]) -> Iterator[Driver]:
    for it in project.imports(file):
        if not it.file:
            for name in (it.module, it.module.partition(".")[0]):
                if name in known:
                    yield known[name]
                    break
