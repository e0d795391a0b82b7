"""Reads the operations that a schema in GraphQL's own language declares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backwright.index.graphql.vocabulary import Kind

_SILENT = re.compile(r'"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*')
_SCHEMA = re.compile(r"\bschema\b[^{}]*\{([^{}]*)\}")
_ROOT = re.compile(r"\b(query|mutation|subscription)\s*:\s*(\w+)")
_TYPE = re.compile(r"\btype\s+(\w+)[^{}]*\{")
_FIELD = re.compile(r"(\w+)\s*(\([^()]*\))?\s*:\s*([\[\s]*\w+[!\]\s]*)")
_ARGUMENT = re.compile(r"(\w+)\s*:\s*([\[\]!\w]+)\s*(=)?")
_KINDS: dict[str, Kind] = {
    "query": "QUERY",
    "mutation": "MUTATION",
    "subscription": "SUBSCRIPTION",
}


@dataclass(frozen=True, slots=True)
class Declared:
    """A field of a root type; `line` counts from the text's first, which is 0. `arguments` are
    names with their types and whether they are required."""

    kind: Kind
    name: str
    type: str
    arguments: tuple[tuple[str, str, bool], ...]
    line: int


def roots_of(text: str) -> dict[str, Kind]:
    """The names of the root types, where a schema says others than the usual ones."""
    found: dict[str, Kind] = {"Query": "QUERY", "Mutation": "MUTATION"}
    found["Subscription"] = "SUBSCRIPTION"
    for schema in _SCHEMA.finditer(_plain(text)):
        for kind, name in _ROOT.findall(schema[1]):
            found[name] = _KINDS[kind]
    return found


def declared(text: str, roots: dict[str, Kind]) -> Iterator[Declared]:
    """Every operation that the text declares."""
    plain = _plain(text)
    for type_ in _TYPE.finditer(plain):
        kind = roots.get(type_[1])
        if kind is None:
            continue
        body = plain[type_.end() : _closing(plain, type_.end())]
        for field in _FIELD.finditer(body):
            arguments = tuple(
                (name, kind_, kind_.endswith("!") and not default)
                for name, kind_, default in _ARGUMENT.findall(field[2] or "")
            )
            line = plain.count("\n", 0, type_.end() + field.start())
            yield Declared(kind, field[1], re.sub(r"\s+", "", field[3]), arguments, line)


def _plain(text: str) -> str:
    """The text without comments and descriptions, each line where it was."""
    return _SILENT.sub(lambda it: re.sub(r"[^\n]", " ", it[0]), text)


def _closing(text: str, at: int) -> int:
    depth = 1
    for place in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if not depth:
            return place
    return len(text)
