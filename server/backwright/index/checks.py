"""What stands before a handler: guards, limiters and validators, told apart.

A name from outside counts by its role in a `framework.toml`. A function of the project counts by
what it does: one that answers 401 or 403 is a guard, one that runs a schema is a validator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from backwright.facts import code, walk
from backwright.facts.backend import Guard, Place
from backwright.facts.code import FileFacts
from backwright.index.frameworks import roles
from backwright.index.limits import lifts_limit, rate_of
from backwright.index.values import (
    ClassValue,
    External,
    FunctionValue,
    Method,
    Object,
    Site,
    Value,
)

Source = Literal["dependency", "decorator", "middleware"]

_DENIES = re.compile(
    r"unauthori[sz]ed|forbidden|not_?authenticated|permission_?denied|access_?denied|invalid_?token"
    r"|HTTP_40[13]",
    re.IGNORECASE,
)
_GUARD_NAME = re.compile(
    r"(^|_)(auth(?!ors?(_|$))\w*|login|jwt|admin|permission\w*|role\w*|acl|protect\w*|"
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
_WHERE = frozenset({"path", "originalUrl", "endpoint", "url_rule", "blueprint"})
"""Attributes of a request that say which route is asked for."""

_HOPS = 2
"""How far the functions that a check calls are looked into."""


@dataclass(frozen=True, slots=True)
class Checks:
    guards: tuple[Guard, ...] = ()
    rate_limit: str = ""
    validators: tuple[str, ...] = ()


def sort_out(values: Iterable[tuple[Value, Source]], facts_of: Mapping[str, FileFacts]) -> Checks:
    """Tells apart what stands before a handler, given in the order in which it runs."""
    guards: dict[str, Guard] = {}
    validators: dict[str, None] = {}
    limit = ""
    for value, source in values:
        if lifts_limit(value):
            limit = ""
        elif found := rate_of(value, facts_of):
            limit = found
        elif validates(value, facts_of):
            validators[name_of(_root(value))] = None
        elif denies(value, facts_of) and not (source == "middleware" and _picks(value, facts_of)):
            name = name_of(value)
            guards.setdefault(name, Guard(name, source, _place(value)))
    return Checks(tuple(guards.values()), limit, tuple(validators))


def name_of(value: Value) -> str:
    """What a reader calls it, as code does: `require_role` for what `require_role("x")` made."""
    match value:
        case FunctionValue():
            return value.name
        case ClassValue():
            return value.facts.name
        case External(origin):
            return _last_name(origin)
        case Method():
            return f"{name_of(value.object)}.{value.name}"
        case Object() if value.name:
            return value.name
        case Object() if value.class_ is not None:
            return value.class_.facts.name
        case Object() if value.receiver is not None and value.receiver.name:
            return f"{value.receiver.name}.{value.origin.rpartition('.')[2]}"
        case Object():
            return _last_name(value.origin.removesuffix("()"))
        case _:
            return ""


def validates(value: Value, facts_of: Mapping[str, FileFacts]) -> bool:
    """Whether `value` checks the input of a request."""
    root = _root(value)
    if isinstance(root, Object | External):
        return root.origin in roles().validators
    if not isinstance(root, FunctionValue):
        return False
    if _VALIDATOR_NAME.search(_snake(root.name)):
        return True
    facts = facts_of.get(root.file)
    if facts is None or facts.language == "python" or len(root.facts.parameters) < 2:
        return False
    called = (
        walk.dotted(expr.function).rpartition(".")[2]
        for expr in walk.deep_expressions(root.facts, facts)
        if isinstance(expr, code.Call)
    )
    return any(name in _VALIDATING for name in called) and not _denies_in(root, facts_of)


def denies(value: Value, facts_of: Mapping[str, FileFacts]) -> bool:
    """Whether `value` keeps some requests out."""
    match value:
        case External(origin):
            return origin in roles().guards or _is_guard_name(_last_name(origin))
        case Method():
            origin = f"{value.object.origin}().{value.name}"
            return origin in roles().guards or _is_guard_name(value.name)
        case Object() if value.origin in roles().guards:
            return True
        case Object() if value.class_ is not None:
            return denies(value.class_, facts_of)
        case Object():
            return _is_guard_name(value.name or value.origin.rpartition(".")[2])
        case ClassValue():
            methods = (it for it in value.scope.names.values() if isinstance(it, FunctionValue))
            return any(_denies_in(it, facts_of) for it in methods)
        case FunctionValue():
            return _is_guard_name(value.name) or _denies_in(value, facts_of)
        case _:
            return False


def _denies_in(value: FunctionValue, facts_of: Mapping[str, FileFacts], hops: int = 0) -> bool:
    """Whether the function, or one that it calls by name, answers that somebody may not."""
    facts = facts_of.get(value.file)
    if facts is None:
        return False
    called: dict[str, None] = {}
    for expr in walk.deep_expressions(value.facts, facts):
        match expr:
            case code.Number(401 | 403):
                return True
            case code.Name(name) | code.Member(_, name) if _DENIES.search(name):
                return True
            case code.Call(code.Name(name)):
                called[name] = None
            case _:
                pass
    inner = (value.scope.find(name) for name in called) if hops < _HOPS else ()
    return any(isinstance(it, FunctionValue) and _denies_in(it, facts_of, hops + 1) for it in inner)


def _picks(value: Value, facts_of: Mapping[str, FileFacts]) -> bool:
    """Whether a middleware decides by the path, so that it need not guard this one."""
    facts = facts_of.get(value.file) if isinstance(value, FunctionValue) else None
    if facts is None or not isinstance(value, FunctionValue):
        return False
    return any(
        isinstance(expr, code.Member) and expr.name in _WHERE
        for expr in walk.deep_expressions(value.facts, facts)
    )


def _root(value: Value) -> Value:
    """What a chain of calls begins with: the `body("room")` of `body("room").isIn([…])`."""
    while isinstance(value, Object) and value.receiver is not None and value.class_ is None:
        value = value.receiver
    return value


def _is_guard_name(name: str) -> bool:
    return _GUARD_NAME.search(_snake(name)) is not None


def _last_name(origin: str) -> str:
    parts = origin.replace("()", "").split(".")
    names = [part for part in parts if part != "default"]
    return ".".join(names[-2:]) if origin in roles().qualified else names[-1]


def _place(value: Value) -> Place | None:
    site: Site | None = value.site if isinstance(value, FunctionValue | Object) else None
    return Place(site.file, site.line, site.start, site.end) if site is not None else None


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
