"""SQL that is put together from strings."""

from __future__ import annotations

from backwright.facts.backend import Backend
from backwright.gaps.rule import Found, Rule


def find(backend: Backend) -> Found:
    for it in backend.sql:
        where = f" in {it.function}" if it.function else ""
        yield f"SQL for {it.sink}{where} is put together from values that may vary", it.place


RULE = Rule(
    id="sql-injection",
    title="SQL is put together from strings",
    why="A value that a client sends can become part of the statement and read or change any row."
    " Pass values as parameters; take names of columns from a list of allowed ones.",
    severity="error",
    recipe="prevent-sql-injection",
    find=find,
)
