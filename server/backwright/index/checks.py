"""What stands before a handler: guards, limiters and validators, told apart.

A name from outside counts by its role in a `framework.toml`. A function of the project counts by
what it does: one that answers 401 or 403 is a guard, one that runs a schema is a validator. A
dependency that refuses requests and takes a token or a key is a guard as well, whatever it answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.backend import Guard, Place
from backwright.facts.code import Parameter
from backwright.index.conduct import Conducts
from backwright.index.declarations import declares_check
from backwright.index.frameworks import roles
from backwright.index.inputs import Source
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

_GUARD_NAME = re.compile(
    r"(^|_)(auth(?!ors?(_|$))\w*|login|jwt|admin|permission\w*|role\w*|acl|protect\w*|"
    r"is_?logged\w*|current_user|verify_\w*(user|key|token|signature)|api_?key|require\w*)"
    r"(_(?!json|http|get|post|safe|param|body)|$)",
    re.IGNORECASE,
)
_CREDENTIAL_NAME = re.compile(
    r"^(?!.*(page|next|cursor|continuation|sync|csrf|reset|invit))"
    r"(.*_)?(token|api_?key|key|authorization)$",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset({"Body", "Form", "File", "Path", "Depends"})
"""Where a parameter comes from that is no header, cookie or part of the query."""
_VALIDATOR_NAME = re.compile(r"(^|_)(validat\w*|schema|sanitiz\w*)(_|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checks:
    guards: tuple[Guard, ...] = ()
    rate_limit: str = ""
    validators: tuple[str, ...] = ()


def sort_out(values: Iterable[tuple[Value, Source]], conducts: Conducts) -> Checks:
    """Tells apart what stands before a handler, given in the order in which it runs."""
    guards: dict[str, Guard] = {}
    origins: dict[str, str] = {}
    validators: dict[str, None] = {}
    limit = ""
    for value, source in values:
        if (freed := _lifted(value)) and freed in roles().guards:
            guards = {name: it for name, it in guards.items() if origins.get(name) != freed}
        elif lifts_limit(value):
            limit = ""
        elif found := rate_of(value, conducts):
            limit = found
        elif validates(value, conducts):
            validators[declares_check(value) or name_of(_root(value))] = None
        elif source == "dependency" and _weighs_credential(value, conducts):
            guards.setdefault(name_of(value), Guard(name_of(value), source, _place(value)))
        elif denies(value, conducts) and not (source == "middleware" and _picks(value, conducts)):
            name = name_of(value)
            guards.setdefault(name, Guard(name, source, _place(value)))
            origins.setdefault(name, value.origin if isinstance(value, Object) else "")
    return Checks(tuple(guards.values()), limit, tuple(validators))


def _lifted(value: Value) -> str:
    """The origin of the checks that a route is freed from: `auth: false`."""
    return value.object.origin if isinstance(value, Method) and value.name == "exempt" else ""


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


def validates(value: Value, conducts: Conducts) -> bool:
    """Whether `value` checks the input of a request."""
    if declares_check(value):
        return True
    root = _root(value)
    if isinstance(root, Object | External):
        return root.origin in roles().validators
    if not isinstance(root, FunctionValue):
        return False
    if _VALIDATOR_NAME.search(_snake(root.name)):
        return True
    script = not root.file.endswith(".py") and len(root.facts.parameters) >= 2
    return script and conducts.of(root).checks_input and not conducts.of(root).denies


def denies(value: Value, conducts: Conducts) -> bool:
    """Whether `value` keeps some requests out."""
    match value:
        case External(origin) | Object(origin) if origin in roles().passing:
            return False
        case External(origin):
            return origin in roles().guards or _is_guard_name(_last_name(origin))
        case Method():
            origin = f"{value.object.origin}().{value.name}"
            return origin in roles().guards or _is_guard_name(value.name)
        case Object() if value.origin in roles().guards:
            return True
        case Object() if value.class_ is not None:
            return denies(value.class_, conducts)
        case Object():
            return _is_guard_name(value.name or value.origin.rpartition(".")[2])
        case ClassValue():
            above = (it.origin for it in value.lineage() if isinstance(it, External))
            if any(it in roles().guards for it in above):
                return True
            methods = (it for it in value.scope.names.values() if isinstance(it, FunctionValue))
            return any(conducts.denies(it) for it in methods)
        case FunctionValue():
            return _is_guard_name(value.name) or conducts.denies(value)
        case _:
            return False


def _weighs_credential(value: Value, conducts: Conducts) -> bool:
    """Whether a dependency takes a token or a key from the request and refuses some."""
    if not isinstance(value, FunctionValue) or not conducts.of(value).refuses:
        return False
    return any(
        _CREDENTIAL_NAME.search(_snake(it.name)) and not _ELSEWHERE & _words(it)
        for it in value.facts.parameters
    )


def _words(parameter: Parameter) -> set[str]:
    """The names in a parameter's annotation and its default."""
    parts = [it for it in (parameter.annotation, parameter.default) if it is not None]
    return {
        inner.name
        for part in parts
        for inner in walk.inner(part)
        if isinstance(inner, code.Name | code.Member)
    }


def _picks(value: Value, conducts: Conducts) -> bool:
    """Whether a middleware decides by the path, so that it need not guard this one."""
    return isinstance(value, FunctionValue) and conducts.of(value).picks


def _root(value: Value) -> Value:
    """What a chain of calls begins with: the `body("room")` of `body("room").isIn([…])`."""
    while isinstance(value, Object) and value.receiver is not None and value.class_ is None:
        value = value.receiver
    return value


def _is_guard_name(name: str) -> bool:
    return _GUARD_NAME.search(_snake(name.rstrip("!?"))) is not None


def _last_name(origin: str) -> str:
    parts = origin.replace("()", "").split(".")
    names = [part for part in parts if part != "default"]
    return ".".join(names[-2:]) if origin in roles().qualified else names[-1]


def _place(value: Value) -> Place | None:
    site: Site | None = value.site if isinstance(value, FunctionValue | Object) else None
    return Place(site.file, site.line, site.start, site.end) if site is not None else None


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
