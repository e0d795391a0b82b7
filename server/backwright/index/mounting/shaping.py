"""What else changes an app or router: hooks, attributes, and the middleware that stands for one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from backwright.index.frameworks import Framework, roles
from backwright.index.mounting.registrars import as_registrar, construct_of, flat
from backwright.index.values import Arguments, External, FunctionValue, Map, Object, Str, Value


def shapes(
    framework: Framework,
    owner: Object,
    name: str,
    arguments: Arguments,
    run_before: Callable[[Object, Value], None],
) -> bool:
    """Whether the call adds a hook or an attribute; then it has been seen to."""
    first, second = arguments.get((0,)), arguments.get((1,))
    text = first.text if isinstance(first, Str) and first.known else ""
    for hook in framework.hook:
        if name in hook.names:
            if text in hook.stages and second is not None:
                run_before(owner, _named(second, text))
            return True
    for decorate in framework.decorate:
        if name in decorate.names:
            if text and second is not None:
                owner.attributes[text] = _named(second, text)
            return True
    return False


def mounted_by(owner: Object, value: Value) -> list[tuple[Object, Value | None]]:
    """The apps and routers that a middleware stands for, each with the prefix it brings along."""
    if isinstance(value, Object) and (found := roles().mount_objects.get(value.origin)):
        role = found[1]
        prefix, child = value.arguments.get(role.prefix), value.arguments.get(role.child)
        if child is None:  # mount(app)
            prefix, child = None, prefix
        given = unbundled(owner, flat([child]))
        return [(it, prefix) for one in given if (it := as_registrar(one)) is not None]
    registrar = as_registrar(value)
    return [(registrar, None)] if registrar is not None else []


def serves_files(owner: Object, handler: Value) -> bool:
    """Whether what answers is no code of the project, such as static files or a page of docs."""
    construct = construct_of(owner)
    if isinstance(handler, Map) and construct is not None:
        return not set(handler.items).isdisjoint(construct[0].excluded_entries)
    made = isinstance(handler, External) or (isinstance(handler, Object) and not handler.class_)
    return made and construct is not None and _made_by(handler) in construct[0].excluded_apps


def _made_by(value: Value) -> str:
    return value.origin if isinstance(value, Object | External) else ""


def unbundled(owner: Object, values: list[Value]) -> list[Value]:
    """The values, with the list of each bundle in its place: `compose([a, b])`."""
    construct = construct_of(owner)
    bundles = construct[0].bundles if construct is not None else ()
    found: list[Value] = []
    for value in values:
        bundle = isinstance(value, Object) and value.origin in bundles
        given = value.arguments.positional if bundle and isinstance(value, Object) else [value]
        found += flat(given)
    return found


def _named(value: Value, name: str) -> Value:
    """A function without a name bears that of the attribute or the hook."""
    if isinstance(value, FunctionValue) and not (value.facts.name or value.maker):
        return replace(value, maker=name)
    return value
