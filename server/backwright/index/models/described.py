"""Models that files of their own describe: schemas of Prisma, and statements of SQL."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Set

from backwright.facts.schema import Schema
from backwright.index.models.ddl import Tables
from backwright.index.models.draft import Draft
from backwright.index.models.prisma import prisma_models
from backwright.index.testfiles import is_test

_STEPS = frozenset({"migrations", "migration", "migrate", "versions"})


def described(schemas: Mapping[str, Schema], known: Set[str]) -> list[Draft]:
    """The models of such files. Tables that the project's code declares (`known`) are those
    models already, as are those of a schema whose migrations lie beside it."""
    kept = {path: it for path, it in schemas.items() if not is_test(path) and not _undoes(path)}
    found = prisma_models({path: it.blocks for path, it in kept.items() if it.blocks})
    taken = {name.lower() for name in known} | {it.table.lower() for it in found}
    groups: dict[str, Tables] = {}
    for path in sorted(kept):
        changes = kept[path].changes
        if changes:
            groups.setdefault(_group(path), Tables("sql")).apply(path, changes)
    for _, tables in sorted(groups.items()):
        for draft in tables.drafts():
            if draft.table.lower() not in taken:
                taken.add(draft.table.lower())
                found.append(draft)
    return found


def _group(path: str) -> str:
    """The folder whose files together make one schema; of migrations the one that holds them."""
    folder = posixpath.dirname(path)
    above, name = posixpath.split(folder)
    if posixpath.basename(above) in _STEPS and name not in _STEPS:
        return above
    return folder


def _undoes(path: str) -> bool:
    name = posixpath.basename(path)
    return name.endswith(".down.sql") or name in {"down.sql", "revert.sql"}
