"""Routes that are handed over as values: `Starlette(routes=[Route(...), Mount(...)])`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backwright.index.frameworks import MountObject, Register, RouteObject, roles
from backwright.index.mounting.registrars import construct_of, flat
from backwright.index.mounting.route_classes import decorated, router_of
from backwright.index.values import (
    Arguments,
    ClassValue,
    FunctionValue,
    Object,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
)


@dataclass(frozen=True, slots=True)
class ListedRoute:
    owner: Object
    register: Register
    handler: Value
    arguments: Arguments
    site: Site


@dataclass(frozen=True, slots=True)
class ListedMount:
    owner: Object
    child: Value
    prefix: Value | None
    site: Site


def listed(owner: Object) -> Iterator[ListedRoute | ListedMount]:
    """The routes and mounts in the lists of `owner`, those of inner lists after it."""
    construct = construct_of(owner)
    if construct is None:
        return
    role = construct[1]
    given = owner.arguments.get(role.routes) if role.routes else None
    kept = [owner.attributes.get(name) for name in role.route_lists]
    items = [given, *kept]
    seen: set[int] = set()
    for item in flat(rows(items, role.tuples, owner.site) if role.tuples else items):
        if id(item) not in seen:
            seen.add(id(item))
            yield from in_list(owner, item)


def in_list(owner: Object, item: Value) -> Iterator[ListedRoute | ListedMount]:
    """What one item of a list of routes adds to `owner`."""
    if isinstance(item, FunctionValue):
        for role, arguments, site in decorated(item):
            yield ListedRoute(owner, role, item, arguments, site)
    elif isinstance(item, ClassValue) and (router := router_of(item)) is not None:
        yield ListedMount(owner, router, None, router.site)
    elif not isinstance(item, Object):
        return
    elif found := roles().route_objects.get(item.origin):
        route = found[1]
        handler = item.arguments.get(route.handler) or Unknown()
        yield ListedRoute(owner, _as_register(route), handler, item.arguments, item.site)
    elif mount := roles().mount_objects.get(item.origin):
        yield from _mount(owner, mount[1], item)
    elif construct_of(item) is not None and item is not owner:
        yield ListedMount(owner, item, None, item.site)


def rows(values: list[Value | None], origin: str, site: Site) -> Iterator[Value]:
    """The items of lists, a tuple of path, handler and more as a call of `origin`."""
    for value in values:
        if not isinstance(value, Seq):
            continue
        if value.items and isinstance(value.items[0], Str):
            yield Object(origin, Arguments(list(value.items)), site)
            continue
        for item in value.items:
            if isinstance(item, Seq):
                yield from rows([item], origin, site)
            else:
                yield item


def _mount(owner: Object, mount: MountObject, item: Object) -> Iterator[ListedRoute | ListedMount]:
    inner, child = item.arguments.get(mount.routes), item.arguments.get(mount.child)
    construct = construct_of(owner)
    if inner is not None and construct is not None and construct[1].routes:
        keyword = next((it for it in construct[1].routes if isinstance(it, str)), "routes")
        child = Object(owner.origin, Arguments([], {keyword: inner}), item.site)
        yield from listed(child)
    if child is not None:
        yield ListedMount(owner, child, item.arguments.get(mount.prefix), item.site)


def _as_register(route: RouteObject) -> Register:
    return Register(
        names=(),
        path=route.path,
        method=route.method,
        methods=route.methods,
        name=route.name,
        default_methods=route.default_methods,
        object_methods=route.object_methods,
        protocol=route.protocol,
    )
