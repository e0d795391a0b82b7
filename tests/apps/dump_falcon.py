"""Writes the route table of a Falcon app: `dump_falcon.py OUT ENTRY ROOT…`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from falcon import App
from falcon.inspect import inspect_app
from load_entry import load_entry, write_table


def main(out: str, entry: str, *roots: str) -> None:
    """Loads the entry and writes its table to `out`."""
    app = load_entry(entry, list(roots))
    if not isinstance(app, App):
        raise TypeError(f"{entry} is not a Falcon app")
    write_table(out, _walk(app))


def _walk(app: App) -> Iterator[tuple[str, str]]:
    for route in inspect_app(app).routes:
        for method in route.methods:
            if not method.internal:
                yield method.method, _normal(route.path)


def _normal(path: str) -> str:
    def placeholder(found: re.Match[str]) -> str:
        return f"{{{found[1]}{'*' if found[2] == 'path' else ''}}}"

    return re.sub(r"\{(\w+)(?::([^{}]+))?\}", placeholder, path)


if __name__ == "__main__":
    main(*sys.argv[1:])
