"""The fields of a schema that is written as a value: `z.object({ title: z.string() })`."""

from __future__ import annotations

from backwright.facts.backend import Location, RouteParameter
from backwright.index.values import Const, Map, Object, Seq, Value

_OPTIONAL = frozenset({"optional", "nullish", "default", "catch", "prefault"})
_OBJECTS = frozenset({"object", "strictObject", "looseObject", "interface", "extend", "merge"})


def fields_of(schema: Value | None, location: Location) -> list[RouteParameter]:
    """The fields that a client sends; none where the schema is not an object."""
    return [
        RouteParameter(name, location, _kind(value), required=not _may_be_left_out(value))
        for name, value in _entries(schema).items()
    ]


def _entries(schema: Value | None) -> dict[str, Value]:
    """The entries of an object, those that a chain of calls adds to it too."""
    if not isinstance(schema, Object):
        return {}
    found = _entries(schema.receiver)
    given = schema.arguments.get((0,))
    name = schema.origin.rpartition(".")[2]
    if name in _OBJECTS and isinstance(given, Map):
        found = {**found, **given.items}
    elif name in _OBJECTS and isinstance(given, Object):
        found = {**found, **_entries(given)}
    elif name in {"pick", "omit"} and isinstance(given, Map):
        named = {key for key, value in given.items.items() if value != Const(False)}
        found = {key: it for key, it in found.items() if (key in named) == (name == "pick")}
    elif name == "and" and isinstance(given, Object):
        found = {**found, **_entries(given)}
    return found


def _kind(value: Value) -> str:
    """`string` for `z.string().min(1)`."""
    while isinstance(value, Object) and value.receiver is not None:
        value = value.receiver
    if isinstance(value, Seq):
        return "array"
    return value.origin.rpartition(".")[2] if isinstance(value, Object) else ""


def _may_be_left_out(value: Value) -> bool:
    while isinstance(value, Object):
        if value.origin.rpartition(".")[2] in _OPTIONAL:
            return True
        if value.receiver is None:
            return False
        value = value.receiver
    return False
