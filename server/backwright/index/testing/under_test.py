"""Which app a client sends its requests to."""

from __future__ import annotations

from backwright.index.mounted import MountedRouters
from backwright.index.values import Map, Method, ModuleValue, Object, Value

MAX_DEPTH = 4


def app_under(client: Value | None, routers: MountedRouters, depth: int = 0) -> Object | None:
    """The app that the client was made of: passed to it, behind a server, a transport, a wrapper.

    None when that is not known.
    """
    if depth > MAX_DEPTH or client is None:
        return None
    if isinstance(client, Object) and routers.is_registrar(client):
        return client
    for value in _behind(client):
        found = app_under(value, routers, depth + 1)
        if found is not None:
            return found
    return None


def _behind(value: Value) -> list[Value]:
    match value:
        case Object():
            found: list[Value] = [value.receiver] if value.receiver is not None else []
            found += [*value.arguments.positional, *value.arguments.keywords.values()]
            kept = (value.attributes.get(name) for name in ("app", "server", "express"))
            return found + [it for it in kept if it is not None]
        case ModuleValue():
            return [value.exported.get("default", value.exports)]
        case Map():
            named = (value.items.get(name) for name in ("default", "app", "server"))
            return [it for it in named if it is not None]
        case Method():
            return [value.object]
        case _:
            return []
