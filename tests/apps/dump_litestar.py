"""Writes the route table of a Litestar app: `dump_litestar.py OUT ENTRY ROOT…`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from litestar import Litestar
from litestar.routes import HTTPRoute, WebSocketRoute
from load_entry import load_entry, write_table


def main(out: str, entry: str, *roots: str) -> None:
    """Loads the entry and writes its table to `out`."""
    app = load_entry(entry, list(roots))
    if not isinstance(app, Litestar):
        raise TypeError(f"{entry} is not a Litestar app")
    write_table(out, _walk(app))


def _walk(app: Litestar) -> Iterator[tuple[str, str]]:
    for route in app.routes:
        if isinstance(route, WebSocketRoute):
            yield "WEBSOCKET", _normal(route.path)
        elif isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                module = str(getattr(handler.fn, "__module__", ""))
                if module.startswith("litestar."):  # pages of the API's description
                    continue
                for method in handler.http_methods:
                    if method != "OPTIONS":
                        yield str(method), _normal(route.path)


def _normal(path: str) -> str:
    return re.sub(r"\{(\w+):(\w+)\}", lambda m: f"{{{m[1]}{'*' if m[2] == 'path' else ''}}}", path)


if __name__ == "__main__":
    main(*sys.argv[1:])
