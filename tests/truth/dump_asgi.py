"""Writes the route table of an ASGI app: `dump_asgi.py OUT ENTRY…`.

Unlike its namesake of `apps/` it runs with whatever FastAPI the project itself is installed with,
and goes into what is mounted by any means.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Collection, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from starlette.convertors import PathConvertor
from starlette.endpoints import HTTPEndpoint
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute, compile_path
from starlette.staticfiles import StaticFiles

_DECLARED = "_declared_methods"
_OWN_PAGES = ("fastapi.", "starlette.", "cadwyn.")
"""Modules of frameworks, whose pages show the API rather than belong to it."""


def main(out: str, *entries: str) -> None:
    _remember_declared_methods()
    table: set[tuple[str, str]] = set()
    for entry in entries:
        table.update(_walk(_load(entry).routes, ""))
    Path(out).write_text(json.dumps(sorted(table)), encoding="utf-8")


def _load(entry: str) -> Any:
    module, _, name = entry.partition(":")
    value = getattr(import_module(module), name.removesuffix("()"))
    return value() if name.endswith("()") else value


def _walk(routes: Iterable[BaseRoute], prefix: str) -> Iterator[tuple[str, str]]:
    for path, route in _flat(routes):
        if isinstance(route, Mount):
            if not isinstance(route.app, StaticFiles):
                inner = getattr(route.app, "routes", None) or route.routes or []
                yield from _walk(inner, prefix + _normal(path))
        elif isinstance(route, WebSocketRoute):
            yield "WEBSOCKET", prefix + _normal(path)
        elif isinstance(route, Route) and not _is_own_page(route):
            for method in _methods(route):
                yield method, prefix + _normal(path)


def _flat(routes: Iterable[BaseRoute]) -> Iterator[tuple[str, BaseRoute]]:
    """Each route with its path; newer FastAPI resolves the prefixes of included routers late."""
    try:
        from fastapi.routing import iter_route_contexts
    except ImportError:
        for route in routes:
            yield getattr(route, "path", ""), route
        return
    for found in iter_route_contexts(list(routes)):
        yield found.path or "", found.original_route


def _normal(path: str) -> str:
    _, text, convertors = compile_path(path)
    for name, convertor in convertors.items():
        if isinstance(convertor, PathConvertor):
            text = text.replace(f"{{{name}}}", f"{{{name}*}}")
    return text


def _methods(route: Route) -> Collection[str]:
    declared = getattr(route, _DECLARED, None)
    if declared is not None:
        return {method.upper() for method in declared}
    if inspect.isclass(route.endpoint) and issubclass(route.endpoint, HTTPEndpoint):
        return {verb.upper() for verb in ("get", "post", "put") if hasattr(route.endpoint, verb)}
    return set(route.methods or {"ANY"}) - {"HEAD"}


def _is_own_page(route: Route) -> bool:
    module = str(getattr(route.endpoint, "__module__", ""))
    return module.startswith(_OWN_PAGES) or route.path.endswith("/openapi.json")


def _remember_declared_methods() -> None:
    """Starlette adds HEAD to every GET; only what was declared belongs in the table."""
    original = Route.__init__

    def remember(self: Route, *args: Any, **kwargs: Any) -> None:
        setattr(self, _DECLARED, kwargs.get("methods"))
        original(self, *args, **kwargs)

    Route.__init__ = remember  # type: ignore[method-assign]


if __name__ == "__main__":
    main(*sys.argv[1:])
