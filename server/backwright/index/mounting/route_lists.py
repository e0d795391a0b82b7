"""Routes that are handed over as values: `Starlette(routes=[Route(...), Mount(...)])`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backwright.index.frameworks import MountObject, Register, RouteObject, roles
from backwright.index.mounting.registrars import construct_of, flat
from backwright.index.values import Arguments, Object, Unknown, Value


@dataclass(frozen=True, slots=True)
class ListedRoute:
    owner: Object
    register: Register
    handler: Value
    item: Object


@dataclass(frozen=True, slots=True)
class ListedMount:
    owner: Object
    child: Value
    prefix: Value | None
    item: Object


def listed(owner: Object) -> Iterator[ListedRoute | ListedMount]:
    """The routes and mounts in the lists of `owner`, those of inner lists after it."""
    construct = construct_of(owner)
    if construct is None:
        return
    role = construct[1]
    given = owner.arguments.get(role.routes) if role.routes else None
    kept = [owner.attributes.get(name) for name in role.route_lists]
    seen: set[int] = set()
    for item in flat([given, *kept]):
        if isinstance(item, Object) and id(item) not in seen:
            seen.add(id(item))
            yield from _item(owner, item)


def _item(owner: Object, item: Object) -> Iterator[ListedRoute | ListedMount]:
    if found := roles().route_objects.get(item.origin):
        route = found[1]
        handler = item.arguments.get(route.handler) or Unknown()
        yield ListedRoute(owner, _as_register(route), handler, item)
    elif mount := roles().mount_objects.get(item.origin):
        yield from _mount(owner, mount[1], item)


def _mount(owner: Object, mount: MountObject, item: Object) -> Iterator[ListedRoute | ListedMount]:
    inner, child = item.arguments.get(mount.routes), item.arguments.get(mount.child)
    construct = construct_of(owner)
    if inner is not None and construct is not None and construct[1].routes:
        keyword = next((it for it in construct[1].routes if isinstance(it, str)), "routes")
        child = Object(owner.origin, Arguments([], {keyword: inner}), item.site)
        yield from listed(child)
    if child is not None:
        yield ListedMount(owner, child, item.arguments.get(mount.prefix), item)


def _as_register(route: RouteObject) -> Register:
    return Register(
        names=(),
        path=route.path,
        methods=route.methods,
        default_methods=route.default_methods,
        object_methods=route.object_methods,
        protocol=route.protocol,
    )
