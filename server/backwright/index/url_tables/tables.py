"""Walks tables of addresses: every entry with its whole path, those of included tables too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from backwright.index import paths
from backwright.index.evaluation.runner import Runner
from backwright.index.frameworks import Framework
from backwright.index.mounting.registrars import known_text
from backwright.index.url_tables import regex_paths
from backwright.index.url_tables.roles import url_roles
from backwright.index.url_tables.vocabulary import UrlEntry, UrlInclude, UrlPrefix
from backwright.index.values import (
    Const,
    External,
    Method,
    ModuleValue,
    Object,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
)

_KIND = re.compile(r"<(\w+):(\w+)>")
_SLASHES = re.compile(r"/{2,}")

MAX_DEPTH = 20
"""How many tables may be inside each other."""


@dataclass(frozen=True, slots=True)
class At:
    """Where a walk has come to; optional parts of an address make several prefixes of it."""

    prefixes: tuple[str, ...] = ("/",)
    resolved: bool = True
    namespaces: tuple[str, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Address:
    """An entry at which something answers."""

    path: str
    local: str
    resolved: bool
    name: str
    view: Value
    site: Site
    framework: Framework
    types: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mount:
    """An entry at which an app of another family stands, with all its routes."""

    prefix: str
    resolved: bool
    app: Object
    types: Mapping[str, str]


class Expands(Protocol):
    """Makes entries of what stands for a table, such as a router; None for anything else."""

    def __call__(self, value: Object) -> list[Value] | None: ...


@dataclass(slots=True)
class Tables:
    """`crossing` are the kinds of parameters that may hold a slash; `variable` is what modules
    call their table."""

    runner: Runner
    variable: str
    expand: Expands
    app_of: Callable[[Value], Object | None]
    crossing: frozenset[str] = frozenset()
    seen: set[str] = field(default_factory=set)
    """The modules whose tables were walked."""

    def of_module(self, module: ModuleValue, at: At) -> Iterator[Address | Mount]:
        self.seen.add(module.file)
        yield from self._table(self.runner.attribute(module, self.variable), at)

    def _table(self, value: Value, at: At) -> Iterator[Address | Mount]:
        value = self.runner.settled(value)
        if at.depth > MAX_DEPTH:
            return
        at = replace(at, depth=at.depth + 1)
        if isinstance(value, Seq):
            for item in value.items:
                yield from self._table(item, at)
        elif isinstance(value, Object):
            yield from self._object(value, at)

    def _object(self, value: Object, at: At) -> Iterator[Address | Mount]:
        roles = url_roles()
        if found := roles.entries.get(value.origin):
            yield from self._entry(value, *found, at)
        elif prefix := roles.prefixes.get(value.origin):
            inside = replace(at, prefixes=_prefixed(at.prefixes, prefix, value))
            for item in value.arguments.positional:
                yield from self._table(item, inside)
        else:
            for item in self.expand(value) or ():
                yield from self._table(item, at)

    def _entry(
        self, value: Object, framework: Framework, entry: UrlEntry, at: At
    ) -> Iterator[Address | Mount]:
        known, text = known_text(value.arguments.get(entry.route))
        target = self.runner.settled(value.arguments.get(entry.target) or Unknown())
        locals_ = self._spellings(text, entry)
        resolved = at.resolved and known
        types = {**at.types, **_types(text, entry)}
        if isinstance(target, Seq) or (
            isinstance(target, Object) and target.origin in url_roles().includes
        ):
            prefixes = tuple(prefix + local for prefix in at.prefixes for local in locals_)
            inside = replace(at, prefixes=prefixes, resolved=resolved, types=types)
            yield from self._included(target, value.site, inside)
            return
        if (app := self.app_of(target)) is not None:
            for prefix in at.prefixes:
                for local in locals_:
                    yield Mount(prefix + local, resolved, app, types)
            return
        if _is_of_package(target):
            return
        named = value.arguments.get(entry.name)
        name = named.text if isinstance(named, Str) else ""
        whole_name = ":".join([*at.namespaces, name]) if name else ""
        for prefix in at.prefixes:
            for local in locals_:
                path = prefix + local
                if not resolved:  # a part that is left out leaves no empty one
                    path = _SLASHES.sub("/", path)
                yield Address(
                    path, text, resolved, whole_name, target, value.site, framework, types
                )

    def _spellings(self, text: str, entry: UrlEntry) -> list[str]:
        if entry.style == "regex":
            return regex_paths.spellings(text)
        for kind in self.crossing:
            text = text.replace(f"<{kind}:", "<path:")
        return paths.spellings(text, "angle")

    def _included(self, target: Value, site: Site, at: At) -> Iterator[Address | Mount]:
        """What is included: a table, or a module that has one, by itself or with a name."""
        namespace: Value | None = None
        while isinstance(target, Object) and target.origin in url_roles().includes:
            include: UrlInclude = url_roles().includes[target.origin]
            namespace = namespace or target.arguments.get(include.namespace)
            site = target.site
            target = self.runner.settled(target.arguments.get(include.table) or Unknown())
        if isinstance(target, Seq) and len(target.items) > 1 and isinstance(target.items[1], Str):
            namespace = namespace or target.items[-1]
            target = self.runner.settled(target.items[0])
        if isinstance(target, Str) and target.known:
            target = self.runner.named(site.file, target.text)
        if isinstance(target, ModuleValue):
            own = self.runner.attribute(target, "app_name")
            yield from self.of_module(target, _within(at, namespace or own))
        else:
            yield from self._table(target, _within(at, namespace))


def _types(text: str, entry: UrlEntry) -> dict[str, str]:
    """The types that an address gives its parameters."""
    return {name: entry.kinds.get(kind, "") for kind, name in _KIND.findall(text) if entry.kinds}


def _within(at: At, namespace: Value | None) -> At:
    named = isinstance(namespace, Str) and namespace.known
    at = replace(at, depth=at.depth + 1)
    if named and isinstance(namespace, Str):
        return replace(at, namespaces=(*at.namespaces, namespace.text))
    return at


def _prefixed(prefixes: tuple[str, ...], role: UrlPrefix, value: Object) -> tuple[str, ...]:
    unless = value.arguments.get(role.unless)
    bare = isinstance(unless, Const) and unless.value is False
    whole = tuple(prefix + role.prefix for prefix in prefixes)
    return (*prefixes, *whole) if bare else whole


def _is_of_package(target: Value) -> bool:
    """Whether a table or page of a package is put there: those of an admin, files, docs."""
    match target:
        case External(origin) | Object(origin) | Method(Object(origin), _):
            left_out = url_roles().excluded
            excluded = any(origin == it or origin.startswith(f"{it}.") for it in left_out)
            last = target.name if isinstance(target, Method) else origin.rpartition(".")[2]
            return excluded or last == "urls"
        case _:
            return False
