"""What stands before a handler: guards, limiters and validators, told apart.

A name from outside counts by its role in a `framework.toml`. A function of the project counts by
what it does: one that answers 401 or 403 is a guard, one that runs a schema is a validator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from backwright.facts import code, walk
from backwright.facts.backend import Guard, Place
from backwright.facts.code import FileFacts
from backwright.index.frameworks import Limiter, roles
from backwright.index.values import (
    Const,
    External,
    FunctionValue,
    Map,
    Object,
    Site,
    Str,
    Value,
)

Source = Literal["dependency", "decorator", "middleware"]

_DENIES = re.compile(
    r"unauthori[sz]ed|forbidden|not_?authenticated|permission_?denied|access_?denied|invalid_?token"
    r"|HTTP_40[13]",
    re.IGNORECASE,
)
_GUARD_NAME = re.compile(
    r"(^|_)(auth\w*|login|jwt|token|admin|permission\w*|role\w*|scope\w*|acl|protect\w*|"
    r"is_?logged\w*|current_user|verify_\w*(user|key|token|signature)|api_?key|require\w*)(_|$)",
    re.IGNORECASE,
)
_VALIDATOR_NAME = re.compile(r"(^|_)(validat\w*|schema|sanitiz\w*)(_|$)", re.IGNORECASE)
_VALIDATING = frozenset(
    {
        "safeParse",
        "parse",
        "parseAsync",
        "safeParseAsync",
        "validate",
        "validateAsync",
        "validationResult",
    }
)
_WINDOWS = {1: "second", 60: "minute", 3600: "hour", 86400: "day"}


@dataclass(frozen=True, slots=True)
class Checks:
    guards: tuple[Guard, ...] = ()
    rate_limit: str = ""
    validators: tuple[str, ...] = ()


def sort_out(values: list[tuple[Value, Source]], facts_of: dict[str, FileFacts]) -> Checks:
    """Tells apart what stands before a handler, given in the order in which it runs."""
    guards: dict[str, Guard] = {}
    validators: dict[str, None] = {}
    limit = ""
    for value, source in values:
        if found := rate_of(value):
            limit = found
        elif validates(value, facts_of):
            validators[name_of(value)] = None
        elif denies(value, facts_of):
            site = _site(value)
            place = Place(site.file, site.line, site.start, site.end) if site else None
            name = name_of(value)
            guards.setdefault(name, Guard(name, source, place))
    return Checks(tuple(guards.values()), limit, tuple(validators))


def name_of(value: Value) -> str:
    match value:
        case FunctionValue():
            return value.name or value.facts.qualname.split(".")[0]
        case Object():
            if value.name:
                return value.name
            if value.class_ is not None:
                return value.class_.facts.name
            if value.receiver is not None:
                first = value
                while first.receiver is not None:
                    first = first.receiver
                if first.name and first.class_ is None:
                    return f"{first.name}.{value.origin.rpartition('.')[2]}"
            origin = value.origin.replace("()", "")
            parts = origin.split(".")
            return (
                ".".join(parts[-2:])
                if len(parts) == 2 and parts[0].islower() and parts[0] == "passport"
                else parts[-1]
            )
        case External(origin):
            return origin.split(".")[-1]
        case _:
            return ""


def rate_of(value: Value) -> str:
    """The rate that `value` allows, such as `5/minute`; "" when it is no limiter."""
    if not isinstance(value, Object):
        return ""
    role = roles().limiters.get(value.origin)
    if role is None:
        return ""
    return _rate(value, role)


def _rate(value: Object, role: Limiter) -> str:
    options = value.arguments.get((0,))
    keywords = dict(value.arguments.keywords)
    if isinstance(options, Map):
        keywords.update(options.items)
    limit: Value | None = None
    for place in role.limit:
        found = keywords.get(place) if isinstance(place, str) else value.arguments.get((place,))
        if limit is None and not isinstance(found, Map):
            limit = found
    if isinstance(limit, Str):
        return limit.text
    count = str(limit.value) if isinstance(limit, Const) and limit.value is not None else "limited"
    for place in role.window:
        window = keywords.get(str(place))
        if isinstance(window, Const) and isinstance(window.value, int | float):
            seconds = (
                window.value / 1000
                if place == "windowMs"
                else window.value * {"minutes": 60, "hours": 3600}.get(str(place), 1)
            )
            return f"{count}/{_WINDOWS.get(int(seconds), f'{int(seconds)} seconds')}"
    return count


def validates(value: Value, facts_of: dict[str, FileFacts]) -> bool:
    if isinstance(value, Object):
        first = value
        while first.receiver is not None:
            first = first.receiver
        return first.origin in roles().validators
    if isinstance(value, External):
        return value.origin in roles().validators
    if not isinstance(value, FunctionValue):
        return False
    if _VALIDATOR_NAME.search(_snake(value.name or value.facts.qualname.split(".")[0])):
        return True
    facts = facts_of.get(value.file)
    if facts is None or facts.language == "python":
        return False
    called = (
        walk.dotted(expr.function).rpartition(".")[2]
        for expr in walk.deep_expressions(value.facts, facts)
        if isinstance(expr, code.Call)
    )
    return (
        len(value.facts.parameters) >= 2
        and any(name in _VALIDATING for name in called)
        and not _denies_in(value, facts)
    )


def denies(value: Value, facts_of: dict[str, FileFacts]) -> bool:
    """Whether `value` keeps some requests out."""
    match value:
        case External(origin):
            return origin in roles().guards or bool(
                _GUARD_NAME.search(_snake(origin.split(".")[-1]))
            )
        case Object():
            if value.origin in roles().guards:
                return True
            if value.class_ is not None:
                names = (it for it in value.class_.scope.names.values())
                return any(isinstance(it, FunctionValue) and denies(it, facts_of) for it in names)
            return bool(_GUARD_NAME.search(_snake(value.name or value.origin.rpartition(".")[2])))
        case FunctionValue():
            facts = facts_of.get(value.file)
            if facts is not None and _denies_in(value, facts):
                return True
            return bool(_GUARD_NAME.search(_snake(value.name)))
        case _:
            return False


def _denies_in(value: FunctionValue, facts: FileFacts) -> bool:
    for expr in walk.deep_expressions(value.facts, facts):
        match expr:
            case code.Number(401 | 403):
                return True
            case code.Name(name) | code.Member(_, name) if _DENIES.search(name):
                return True
            case _:
                pass
    return False


def _site(value: Value) -> Site | None:
    if isinstance(value, FunctionValue | Object):
        return value.site
    return None


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
