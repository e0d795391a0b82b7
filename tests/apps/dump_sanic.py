"""Writes the route table of a Sanic app: `dump_sanic.py OUT ENTRY ROOT…`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from load_entry import load_entry, write_table
from sanic import Sanic
from sanic_routing.route import Route

_ALL = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})


def main(out: str, entry: str, *roots: str) -> None:
    """Loads the entry and writes its table to `out`."""
    app = load_entry(entry, list(roots))
    if not isinstance(app, Sanic):
        raise TypeError(f"{entry} is not a Sanic app")
    write_table(out, _walk(app))


def _walk(app: Sanic) -> Iterator[tuple[str, str]]:
    for route in app.router.routes:
        if route.extra.static:
            continue
        path = f"/{_normal(route)}"
        if getattr(route.extra, "websocket", False) or "websocket" in route.handler.__qualname__:
            yield "WEBSOCKET", path
            continue
        for method in route.methods:
            yield str(method), path


def _normal(route: Route) -> str:
    def placeholder(found: re.Match[str]) -> str:
        name, _, kind = found[1].partition(":")
        crosses = kind == "path" or (kind and re.fullmatch(kind, "a/b") is not None)
        return f"{{{name}*}}" if crosses else f"{{{name}}}"

    return re.sub(r"<([^<>]+)>", placeholder, route.path)


if __name__ == "__main__":
    main(*sys.argv[1:])
