"""Writes the route table of a FastAPI or Starlette app: `dump_asgi.py OUT ENTRY ROOT…`.

FastAPI keeps an included router as one object in `app.routes` and resolves it while matching, so
the routes are read through `iter_route_contexts`, which yields each with its whole prefix.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from fastapi.routing import APIRoute, iter_route_contexts
from load_entry import load_entry, write_table
from starlette.convertors import PathConvertor
from starlette.endpoints import HTTPEndpoint
from starlette.routing import BaseRoute, Host, Mount, Route, WebSocketRoute, compile_path

_OWN_PAGES = ("fastapi.", "starlette.")
_DECLARED = "_declared_methods"


def main(out: str, entry: str, *roots: str) -> None:
    """Loads the entry and writes its table to `out`."""
    _remember_declared_methods()
    app = load_entry(entry, list(roots))
    routes = getattr(app, "routes", None)
    if routes is None:
        raise TypeError(f"{entry} has no routes")
    write_table(out, _walk(routes, ""))


def _walk(routes: Sequence[BaseRoute], prefix: str) -> Iterator[tuple[str, str]]:
    for found in iter_route_contexts(routes):
        route = found.original_route
        if isinstance(route, Host):
            yield from _walk(found.routes, prefix)
        elif isinstance(route, Mount):
            yield from _walk(found.routes, prefix + _normal(found.path or ""))
        elif isinstance(route, WebSocketRoute):
            yield "WEBSOCKET", prefix + _normal(found.path or "")
        elif isinstance(route, Route) and not _is_own_page(route.endpoint):
            for method in _methods(route):
                yield method, prefix + _normal(found.path or "")


def _normal(path: str) -> str:
    _, text, convertors = compile_path(path)
    for name, convertor in convertors.items():
        if isinstance(convertor, PathConvertor):
            text = text.replace(f"{{{name}}}", f"{{{name}*}}")
    return text


def _methods(route: Route) -> Collection[str]:
    if isinstance(route, APIRoute):
        return route.methods
    declared: Collection[str] | None = getattr(route, _DECLARED)
    if declared is not None:
        return {method.upper() for method in declared}
    endpoint: object = route.endpoint
    if inspect.isclass(endpoint) and issubclass(endpoint, HTTPEndpoint):
        verbs = ("get", "head", "post", "put", "patch", "delete", "options", "query")
        return {verb.upper() for verb in verbs if hasattr(endpoint, verb)}
    # A function that names no method answers GET; any other ASGI callable gets every request.
    return {"ANY"} if route.methods is None else {"GET"}


def _is_own_page(endpoint: Callable[..., Any]) -> bool:
    return getattr(endpoint, "__module__", "").startswith(_OWN_PAGES)


def _remember_declared_methods() -> None:
    """Starlette adds HEAD to every GET; only what was declared belongs in the table."""
    original = Route.__init__

    def remember(self: Route, *args: Any, **kwargs: Any) -> None:
        setattr(self, _DECLARED, kwargs.get("methods"))
        original(self, *args, **kwargs)

    Route.__init__ = remember  # type: ignore[method-assign]


if __name__ == "__main__":
    main(*sys.argv[1:])
