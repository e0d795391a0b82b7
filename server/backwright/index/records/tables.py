"""The tables of a project that uses Active Record: of its schema, else of its migrations."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backwright.facts.code import FileFacts
from backwright.facts.schema import Schema
from backwright.index.models.ddl import Tables
from backwright.index.models.draft import Draft
from backwright.index.records.schema import changes

KIND = "activerecord"

_SCHEMA = re.compile(r"^(?:(.*)/)?db/(?:\w+_)?schema\.rb$")
_STRUCTURE = re.compile(r"^(?:(.*)/)?db/(?:\w+_)?structure\.sql$")
_MIGRATION = re.compile(r"^(?:(.*)/)?db/(?:\w+_)?migrate/[^/]+\.rb$")


@dataclass(frozen=True, slots=True)
class Database:
    """The tables below a folder of the workspace, by their names."""

    root: str
    tables: Mapping[str, Draft]

    def holds(self, file: str) -> bool:
        return not self.root or file.startswith(f"{self.root}/")


def databases(
    files: Mapping[str, FileFacts], schemas: Mapping[str, Schema]
) -> tuple[Database, ...]:
    """Those of every folder that has a `db`, inner folders first."""
    in_ruby, in_sql = _by_root(files, _SCHEMA), _by_root(schemas, _STRUCTURE)
    migrations = _by_root(files, _MIGRATION)
    found = []
    for root in {**in_ruby, **in_sql, **migrations}:
        tables = Tables(KIND)
        if root in in_ruby:
            for path in in_ruby[root]:
                tables.apply(path, changes(files[path]))
        elif root in in_sql:
            for path in in_sql[root]:
                tables.apply(path, schemas[path].changes)
        else:
            for path in sorted(migrations[root], key=posixpath.basename):
                tables.apply(path, changes(files[path]))
        drafts = {it.table.rpartition(".")[2]: it for it in tables.drafts()}
        found.append(Database(root, drafts))
    return tuple(sorted(found, key=lambda it: -len(it.root)))


def _by_root(paths: Mapping[str, object], pattern: re.Pattern[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted(paths):
        for root in _root(path, pattern):
            found.setdefault(root, []).append(path)
    return found


def _root(path: str, pattern: re.Pattern[str]) -> Iterator[str]:
    match = pattern.match(path)
    if match is not None:
        yield match[1] or ""
