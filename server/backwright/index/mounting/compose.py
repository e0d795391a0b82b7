"""Composes the paths: every route under every app that it is reached by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from backwright.index import paths
from backwright.index.frameworks import Construct, Framework
from backwright.index.mounting.events import Endpoint, Middleware, Mounted, Registered, Version
from backwright.index.mounting.registrars import as_registrar, construct_of, guarding, known_text
from backwright.index.values import Const, FunctionValue, Map, Object, Str, Unknown, Value, join

_REST = re.compile(r"\{\w*\*\}$")


@dataclass(slots=True)
class Composition:
    """What was registered, mounted and put before, by the identity of its owner."""

    registered: dict[int, list[Registered]] = field(default_factory=dict)
    mounted: dict[int, list[Mounted]] = field(default_factory=dict)
    before: dict[int, list[Middleware]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        registered: Iterable[Registered],
        mounted: Iterable[Mounted],
        before: Iterable[Middleware],
    ) -> Composition:
        made = cls()
        for route in registered:
            made.registered.setdefault(id(route.owner), []).append(route)
        for mount in mounted:
            made.mounted.setdefault(id(mount.parent), []).append(mount)
        for use in before:
            made.before.setdefault(id(use.owner), []).append(use)
        return made

    def under(self, root: Object) -> Iterator[Endpoint]:
        """Every route that is reached through `root`, which nothing else holds."""
        construct = construct_of(root)
        if construct is not None:
            whole = construct[1].role == "app"
            yield from self._walk(root, None, _Walk(root, resolved=whole))

    def within(self, root: Object) -> Iterator[Endpoint]:
        """Every route that a client of `root` reaches, wherever else that is mounted."""
        yield from self._walk(root, None, _Walk(root))

    def _walk(self, node: Object, mount: Mounted | None, above: _Walk) -> Iterator[Endpoint]:
        construct = construct_of(node)
        if construct is None or id(node) in above.passed:
            return
        framework = construct[0]
        walk = _enter(node, mount, above, construct)
        for event in self.registered.get(id(node), ()):
            known, text = known_text(event.path)
            version = event.version if event.version.given() else walk.version
            unnamed = framework.path_style == "regex"
            for spelled in paths.spellings(text, framework.path_style):
                local = paths.named(spelled, _names(event)) if unnamed else spelled
                before = (
                    *walk.before,
                    *self._before(node, event.order, local, framework),
                    *event.before,
                )
                for prefix in walk.prefixes:
                    whole = paths.joined(prefix, local, framework.slashes) or "/"
                    front, sure = _front(version, framework)
                    whole = paths.joined(front, whole, framework.slashes) if front else whole
                    resolved = walk.resolved and known and sure
                    types = {**walk.types, **paths.kinds(text, framework.path_style)}
                    provided = {**walk.provided, **_entries(event.provided)}
                    yield Endpoint(
                        event, framework, whole, text, resolved, before, walk.root, types, provided
                    )
        for inner in self.mounted.get(id(node), ()):
            child = as_registrar(inner.child)
            if child is not None:
                prefix = known_text(inner.prefix)[1]
                here = self._before(node, inner.order, prefix, framework)
                before = (*walk.before, *here, *inner.before)
                yield from self._walk(child, inner, replace(walk, before=before))

    def _before(
        self, node: Object, order: int, local: str, framework: Framework
    ) -> Iterator[Value]:
        """What runs on `node` before a route at `local` that was added at `order`."""
        for use in self.before.get(id(node), ()):
            if not (use.always or use.order < order):
                continue
            path = _covered(use.path.text, framework) if isinstance(use.path, Str) else ""
            if not path or local == path or local.startswith(f"{path}/"):
                yield use.what


@dataclass(frozen=True, slots=True)
class _Walk:
    """Where a walk from `root` has come to. Optional parts of a prefix make several of it."""

    root: Object
    prefixes: tuple[str, ...] = ("",)
    resolved: bool = True
    before: tuple[Value, ...] = ()
    passed: frozenset[int] = frozenset()
    types: Mapping[str, str] = field(default_factory=dict)
    version: Version = field(default_factory=Version)
    provided: Mapping[str, Value] = field(default_factory=dict)


def _enter(
    node: Object, mount: Mounted | None, above: _Walk, construct: tuple[Framework, Construct]
) -> _Walk:
    """The walk inside `node`: its prefix and its own guards added."""
    framework, role = construct
    prefixes, resolved, types = above.prefixes, above.resolved, dict(above.types)
    for part in _prefix_parts(node, mount, role):
        known, text = known_text(part)
        resolved = resolved and known
        types.update(paths.kinds(text, framework.path_style))
        if mount is not None and part is mount.prefix and role.role == "app":
            text = text.rstrip("/")
        prefixes = tuple(
            paths.joined(prefix, spelling, framework.slashes)
            for prefix in prefixes
            for spelling in paths.spellings(text, framework.path_style)
        )
    if framework.slashes == "joined":
        prefixes = tuple("" if prefix == "/" else prefix for prefix in prefixes)
    guards = guarding(framework, [node.arguments.get((it,)) for it in role.guards])
    return _Walk(
        above.root,
        prefixes,
        resolved and not (node.assumed and role.role == "router"),
        (*above.before, *guards),
        above.passed | {id(node)},
        types,
        _version_inside(node, mount, role, above),
        {**above.provided, **_entries(node.arguments.get(role.provides))},
    )


def _version_inside(node: Object, mount: Mounted | None, role: Construct, above: _Walk) -> Version:
    """The version of what is inside `node`: the mount's, its own, or that of what holds it."""
    if mount is not None and mount.version.given():
        return mount.version
    prefix = node.arguments.get(role.version_prefix) if role.version_prefix else None
    own = Version(node.arguments.get(role.version) if role.version else None, prefix)
    if own.given():
        return own
    return replace(above.version, prefix=prefix) if prefix is not None else above.version


def _entries(value: Value | None) -> dict[str, Value]:
    return value.items if isinstance(value, Map) else {}


def _front(version: Version, framework: Framework) -> tuple[str, bool]:
    """What a version puts before a path, and whether that is known."""
    if not version.given() or version.number is None:
        return "", True
    prefix = version.prefix or Str((framework.version_prefix,))
    number = join([version.number])
    known = known_text(prefix)[0] and known_text(number)[0]
    text = known_text(number)[1].strip("/").removeprefix("v")
    return f"{known_text(prefix)[1]}{text}", known


def _names(event: Registered) -> list[str]:
    """The names of what the handler is given, for parameters that have none in the path."""
    _, answering = event.targets[0] if event.targets else ("", None)
    if not isinstance(answering, FunctionValue):
        return []
    parameters = [it.name for it in answering.facts.parameters if not it.kind]
    return parameters[1:] if answering.owner is not None else parameters


def _covered(path: str, framework: Framework) -> str:
    """The part of a path below which a middleware runs: `/admin` of `/admin/*`."""
    return _REST.sub("", paths.spellings(path, framework.path_style)[-1]).rstrip("/")


def _prefix_parts(node: Object, mount: Mounted | None, role: Construct) -> list[Value]:
    """The prefix of the mount and the node's own, in their order."""
    own = node.arguments.get(role.prefix) if role.prefix else None
    if own is None:
        kept = (node.attributes.get(it) for it in role.prefix if isinstance(it, str))
        own = next((it for it in kept if it is not None), None)
    if (own is None or _is_none(own)) and role.default_prefix:
        name = node.arguments.get(role.name) or Unknown()
        before, _, after = role.default_prefix.partition("{name}")
        own = join([Str((before,)), name, Str((after,))])
    if mount is None:
        parts = [own]
    elif mount.overrides and not role.holds:
        parts = [own if mount.prefix is None or _is_none(mount.prefix) else mount.prefix]
    else:
        parts = [mount.prefix, own]
    return [part for part in parts if part is not None and not _is_none(part)]


def _is_none(value: Value) -> bool:
    return isinstance(value, Const) and value.value is None
