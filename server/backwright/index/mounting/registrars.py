"""Which values are apps and routers, and what stands for one."""

from __future__ import annotations

from collections.abc import Iterable

from backwright.index.frameworks import Construct, Framework, roles
from backwright.index.values import (
    Arguments,
    ClassValue,
    External,
    FunctionValue,
    Map,
    Method,
    ModuleValue,
    Object,
    Seq,
    Site,
    Str,
    Value,
)

MAX_LISTS = 8
"""How many lists may be inside each other; one that holds itself goes on for ever."""


def construct_of(object_: Object) -> tuple[Framework, Construct] | None:
    """The framework of an app or router, with its role; None for any other object."""
    return roles().by_construct.get(object_.origin)


def as_registrar(value: Value) -> Object | None:
    """The app or router that `value` is or stands for."""
    match value:
        case ModuleValue():
            return as_registrar(value.exported.get("default", value.exports))
        case Map():
            inner = value.items.get("default") or value.items.get("router")
            return as_registrar(inner) if isinstance(inner, Object) else None
        case Method() if value.name in {"routes", "middleware"}:
            return as_registrar(value.object)
        case Object() if construct_of(value) is not None:
            return value
        case Object():
            return _held(value) or _behind(value)
        case _:
            return None


def origin_of(value: Value | None) -> str:
    """The name from outside that `value` is or is derived from."""
    if isinstance(value, External):
        return value.origin
    if isinstance(value, ClassValue):
        return next((it.origin for it in value.lineage() if isinstance(it, External)), "")
    return ""


def flat(values: Iterable[Value | None], depth: int = 0) -> list[Value]:
    """The values, those in lists too."""
    found: list[Value] = []
    for value in values:
        if isinstance(value, Seq):
            found += flat(value.items, depth + 1) if depth < MAX_LISTS else []
        elif value is not None:
            found.append(value)
    return found


def guarding(framework: Framework, values: Iterable[Value | None]) -> list[Value]:
    """What is given as guards, as what it counts as."""
    found = flat(values)
    if not framework.guard_as:
        return found
    return [_as_guard(framework.guard_as, it) for it in found]


def _as_guard(origin: str, value: Value) -> Value:
    match value:
        case FunctionValue():
            return Object(origin, Arguments(), value.site, name=value.name)
        case ClassValue(facts):
            site = Site(value.file, facts.start, facts.end, facts.line)
            return Object(origin, Arguments(), site, name=facts.name)
        case Object() if value.class_ is not None:
            name = value.name or value.class_.facts.name
            return Object(origin, Arguments(), value.site, name=name)
        case _:
            return value


def known_text(value: Value | None) -> tuple[bool, str]:
    """Whether a path is known as a whole, and what is known of it."""
    if isinstance(value, Str):
        return value.known, value.text
    return False, ""


def _held(value: Object) -> Object | None:
    """The router that an instance of the project's own class keeps."""
    if value.class_ is None:
        return None
    for name in ("router", "app"):
        inner = value.attributes.get(name)
        if isinstance(inner, Object) and construct_of(inner) is not None:
            return inner
    return None


def _behind(value: Object) -> Object | None:
    """The app inside a wrapper that was made with it: `Middleware(app)`."""
    if value.class_ is not None or value.receiver is not None:
        return None
    first = value.arguments.get((0, "app"))
    return as_registrar(first) if isinstance(first, Object) else None
