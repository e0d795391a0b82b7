"""Classes whose decorated methods are routes, as the routers that they amount to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backwright.index.controllers.decorations import methods
from backwright.index.frameworks import Framework, Register, RouteDecorator, roles
from backwright.index.mounting.registrars import construct_of, flat
from backwright.index.mounting.vocabulary import Given, RouteClass
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    External,
    FunctionValue,
    Method,
    Object,
    Seq,
    Site,
    Str,
    Value,
    join,
)

_FIELD = re.compile(r"\{(\w+)\}")


def role_of(class_: ClassValue) -> tuple[Framework, RouteClass] | None:
    """What a class is that derives from one whose methods are routes."""
    for base in class_.lineage():
        if isinstance(base, External) and base.origin in roles().route_classes:
            return roles().route_classes[base.origin]
    return None


def router_of(value: Value) -> Object | None:
    """The router that a class, or an instance of one, amounts to."""
    if isinstance(value, Object) and value.class_ is not None:
        value = value.class_
    found = role_of(value) if isinstance(value, ClassValue) else None
    if found is None or not isinstance(value, ClassValue):
        return None
    role = found[1]
    keywords = {
        name: given for name in role.attributes if (given := attribute(value, name)) is not None
    }
    own = keywords.get(role.prefix)
    if role.prefix and role.default_prefix and (own is None or own == Const(None)):
        keywords[role.prefix] = _default(value, role)
    facts = value.facts
    site = Site(value.file, facts.start, facts.end, facts.line)
    return Object(role.construct, Arguments([], keywords), site, value, name=facts.name)


def routes_of(class_: ClassValue) -> Iterator[tuple[Register, Arguments, Value, Site]]:
    """Each route of the class: how and with what it is registered, what answers, and where."""
    own = methods(class_)
    chosen = _chosen(class_)
    for name, method in own.items():
        for role, arguments, site in decorated(method):
            if chosen(name):
                yield role, arguments, method, site
    facts = class_.facts
    site = Site(class_.file, facts.start, facts.end, facts.line)
    for given in _given(class_):
        if given.name not in own and chosen(given.name):
            answered = Register(names=(), default_methods=given.methods, guards=("guard",))
            path = Arguments([Str((given.path,))])
            if given.guard:
                path.keywords["guard"] = External(given.guard)
            made = Object("", Arguments(), site, class_, name=facts.name)
            yield answered, path, Method(made, given.name), site


def named_views(owner: Object) -> Iterator[Object]:
    """The routers of the classes of routes that attributes or arguments of an app name."""
    found = construct_of(owner)
    for name in found[1].views if found is not None else ():
        value = owner.attributes.get(name) or owner.arguments.get((name,))
        inside = found[1].views_inside if found is not None else ()
        held = [attribute(value, it) for it in inside] if isinstance(value, ClassValue) else []
        for one in (value, *held):
            router = router_of(one) if one is not None else None
            if router is not None:
                yield router


def decorated(function: FunctionValue) -> Iterator[tuple[RouteDecorator, Arguments, Site]]:
    """The decorators of a function that make it a route."""
    for decorator in function.decorators:
        if isinstance(decorator, Object) and decorator.origin in roles().route_decorators:
            yield roles().route_decorators[decorator.origin], decorator.arguments, decorator.site
        elif isinstance(decorator, External) and decorator.origin in roles().route_decorators:
            yield roles().route_decorators[decorator.origin], Arguments(), function.site


def attribute(class_: ClassValue, name: str) -> Value | None:
    """What the class, or the nearest of its bases, has under a name."""
    for base in class_.lineage():
        if isinstance(base, ClassValue) and name in base.scope.names:
            return base.scope.names[name]
    return None


def _given(class_: ClassValue) -> Iterator[Given]:
    seen: set[tuple[str, str]] = set()
    for base in class_.lineage():
        found = roles().route_classes.get(base.origin) if isinstance(base, External) else None
        for given in found[1].gives if found is not None else ():
            key = (given.name, given.path)
            if key not in seen:
                seen.add(key)
                yield given


class _Chosen:
    """Which methods of a class are routes, by the attributes that name or except some."""

    def __init__(self, class_: ClassValue, role: RouteClass) -> None:
        self.only = self._names(class_, role.include)
        self.left_out = self._names(class_, role.exclude) or frozenset()

    def __call__(self, name: str) -> bool:
        return (self.only is None or name in self.only) and name not in self.left_out

    @staticmethod
    def _names(class_: ClassValue, attributes: tuple[str, ...]) -> frozenset[str] | str | None:
        """The names; a single text holds each that is in it, as Python has it."""
        for value in (attribute(class_, it) for it in attributes):
            if isinstance(value, Str) and value.known:
                return value.text
            if isinstance(value, Seq):
                return frozenset(it.text for it in flat([value]) if isinstance(it, Str))
        return None


def _chosen(class_: ClassValue) -> _Chosen:
    found = role_of(class_)
    return _Chosen(class_, found[1] if found is not None else RouteClass(origins=(), construct=""))


def _default(class_: ClassValue, role: RouteClass) -> Value:
    """The prefix of a class that gives none."""
    pieces = _FIELD.split(role.default_prefix)
    parts: list[Value] = []
    for at, piece in enumerate(pieces):
        parts.append(Str((piece,)) if at % 2 == 0 else _field(class_, role, piece))
    return join(parts)


def _field(class_: ClassValue, role: RouteClass, name: str) -> Value:
    value = attribute(class_, name)
    if value is None or value == Const(None):
        default = role.defaults.get(name, "{class}")
        value = Str((default.replace("{class}", class_.facts.name.lower()),))
    if name in role.lowered and isinstance(value, Str):
        return Str(tuple(part.lower() if part is not None else None for part in value.parts))
    return value
