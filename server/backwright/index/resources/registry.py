"""Routers of resources while a project is run: what is registered, what stands for their tables."""

from __future__ import annotations

from backwright.index.url_tables.roles import url_roles
from backwright.index.url_tables.vocabulary import ResourceRouter
from backwright.index.values import Arguments, Const, Object, Seq, Site, Value

TABLE = "(table of a router)"
"""The origin of what stands for a router's addresses, which is its `receiver`."""

REGISTERED = "(registered resource)"


def router_role(object_: Object) -> ResourceRouter | None:
    found = url_roles().routers.get(object_.origin)
    return found[1] if found is not None else None


def member(object_: Object, name: str) -> Value | None:
    """Attributes of routers that are more than methods."""
    role = router_role(object_)
    if role is None:
        return None
    if name in role.tables:
        return _table(object_)
    return registry(object_, role) if name == role.registry else None


def method_called(object_: Object, name: str, arguments: Arguments, site: Site) -> Value | None:
    role = router_role(object_)
    if role is None:
        return None
    if name in role.register:
        registry(object_, role).items.append(Object(REGISTERED, arguments, site))
        return Const(None)
    return _table(object_) if name in role.tables else None


def registry(object_: Object, role: ResourceRouter) -> Seq:
    """What is registered on the router; other routers' may be added to the list."""
    held = object_.attributes.get(role.registry)
    if not isinstance(held, Seq):
        held = object_.attributes[role.registry] = Seq([])
    return held


def _table(object_: Object) -> Seq:
    return Seq([Object(TABLE, Arguments(), object_.site, receiver=object_)])
