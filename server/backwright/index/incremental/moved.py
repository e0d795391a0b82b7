"""A backend after edits that moved things: every place in the edited files is where it is now.

Places are told by the names of fields, as `backwright.facts.backend` has them: `line`, `start` and
`end` stand for places in the `file` that the value names, or that of its own `place`, or that of
what holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec
from msgspec.structs import replace

from backwright.facts.backend import Backend
from backwright.index.incremental.relation import Relation


@dataclass(slots=True)
class Placed:
    """A backend, and which of its values stand in which file."""

    backend: Backend
    _by_file: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in Backend.__struct_fields__:
            values = getattr(self.backend, name)
            for number, value in enumerate(values if isinstance(values, list) else ()):
                for file in set(_files(value)):
                    self._by_file.setdefault(file, []).append((name, number))

    def moved(self, relations: Mapping[str, Relation]) -> Backend | None:
        """None when something of it stood in a part of a file that is not there any more."""
        changed: dict[str, list[Any]] = {}
        try:
            for name, number in {at for it in relations for at in self._by_file.get(it, ())}:
                if name not in changed:
                    changed[name] = list(getattr(self.backend, name))
                values = changed[name]
                values[number] = _moved(values[number], relations, "")
        except KeyError:
            return None
        return replace(self.backend, **changed) if changed else self.backend


def _files(value: Any) -> Iterator[str]:
    if isinstance(value, msgspec.Struct):
        if (file := _own_file(value)) is not None:
            yield file
        for name in _parts_of(type(value)):
            yield from _files(getattr(value, name))
    elif isinstance(value, list):
        for it in value:
            yield from _files(it)


def _moved(value: Any, relations: Mapping[str, Relation], file: str) -> Any:
    if isinstance(value, list):
        return [_moved(it, relations, file) for it in value]
    if not isinstance(value, msgspec.Struct):
        return value
    file = _own_file(value) or file
    parts = _parts_of(type(value))
    changed = {name: _moved(getattr(value, name), relations, file) for name in parts}
    if (relation := relations.get(file)) is not None:
        if line := getattr(value, "line", 0):
            changed["line"] = relation.lines[line]
        if getattr(value, "end", 0):
            for name in ("start", "end"):
                changed[name] = relation.positions[getattr(value, name)]
    return replace(value, **changed) if changed else value


def _own_file(value: msgspec.Struct) -> str | None:
    file = getattr(value, "file", None)
    if file is None and (place := getattr(value, "place", None)) is not None:
        file = place.file
    return file


@cache
def _parts_of(type_: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields that may hold places."""
    kinds = type_.__annotations__
    return tuple(it for it in type_.__struct_fields__ if kinds[it] not in _PLAIN)


_PLAIN = frozenset({"str", "int", "bool", "list[str]", "int | None"})
