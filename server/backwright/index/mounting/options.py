"""How a registration is written: with options in an object literal, a name, or no path at all."""

from __future__ import annotations

from collections.abc import Iterator

from backwright.facts.backend import Protocol
from backwright.index.frameworks import ArgumentPlace, Option, Register
from backwright.index.mounting.registrars import construct_of, flat
from backwright.index.values import (
    Arguments,
    Const,
    Map,
    Method,
    Object,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
)

_LAST = "(last path)"


def take_options(arguments: Arguments, places: ArgumentPlace) -> None:
    """Makes keywords of the entries of an object literal."""
    for place in places:
        given = arguments.get((place,))
        if isinstance(given, Map):
            arguments.keywords.update(_entries(given))


def as_written(owner: Object, register: Register, arguments: Arguments) -> Arguments:
    """The arguments with the options among the keywords, the path first."""
    positional, keywords = list(arguments.positional), dict(arguments.keywords)
    for place in register.options:
        at = place if isinstance(place, int) else -1
        given = positional[at] if 0 <= at < len(positional) else None
        if isinstance(given, Object):  # createRoute({ method, path })
            given = given.arguments.get((0,))
        if isinstance(given, Map):
            keywords.update(_entries(given))
            positional.pop(at)
            if "path" in keywords or "url" in keywords:
                path = keywords.get("url", keywords.get("path", Unknown()))
                positional.insert(0, path)
    if register.named and len(positional) > 1 and all(_is_path(it) for it in positional[:2]):
        keywords["name"] = positional.pop(0)
    if register.repeats:
        if positional and _is_path(positional[0]):
            owner.attributes[_LAST] = positional[0]
        elif _LAST in owner.attributes:
            positional.insert(0, owner.attributes[_LAST])
    return Arguments(positional, keywords)


def checks_in(owner: Object, arguments: Arguments, site: Site) -> Iterator[Value]:
    """What the options of a registration check before the handler runs."""
    found = construct_of(owner)
    for option in found[0].option if found is not None else ():
        value = arguments.keywords.get(option.name) if option.origin else None
        if value is None:
            continue
        if _is_false(value) or option.default_by:  # in place of what all routes have
            yield Method(Object(option.origin, Arguments(), site), "exempt")
        if not _is_false(value) and _checks(option, value):
            yield check_of(option, value, site)


def check_of(option: Option, value: Value, site: Site) -> Object:
    """What an option comes to, under the name that its value has where it bears one."""
    held = [value.items.get(it) for it in option.named] if isinstance(value, Map) else [value]
    names = [it.text for it in flat(held) if isinstance(it, Str)] if option.named else []
    return Object(option.origin, Arguments([value]), site, name=next(iter(names), ""))


def protocol_in(owner: Object, arguments: Arguments) -> Protocol | None:
    """The protocol that the options of a registration switch to: `{ websocket: true }`."""
    found = construct_of(owner)
    for option in found[0].option if found is not None else ():
        value = arguments.keywords.get(option.name)
        if option.protocol is not None and isinstance(value, Const) and value.value is True:
            return option.protocol
    return None


def _checks(option: Option, value: Value) -> bool:
    if isinstance(value, Map):
        for name, texts in option.unless.items():
            given = value.items.get(name)
            if isinstance(given, Str) and given.text in texts:
                return False
    if not option.parts or not isinstance(value, Map) or not value.whole:
        return True
    return not set(option.parts).isdisjoint(value.items)


def _is_false(value: Value) -> bool:
    return isinstance(value, Const) and value.value is False


def _entries(given: Map) -> dict[str, Value]:
    inner = {
        f"{name}.{key}": it
        for name, value in given.items.items()
        if isinstance(value, Map)
        for key, it in value.items.items()
    }
    return {**given.items, **inner}


def _is_path(value: Value) -> bool:
    return isinstance(value, Str) or (
        isinstance(value, Seq)
        and bool(value.items)
        and all(isinstance(it, Str) for it in value.items)
    )
