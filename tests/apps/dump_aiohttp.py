"""Writes the route table of an aiohttp app: `dump_aiohttp.py OUT ENTRY ROOT…`."""

from __future__ import annotations

import asyncio
import inspect
import re
import sys
from collections.abc import Iterator

from aiohttp import web
from load_entry import load_entry, write_table

_VERBS = ("get", "head", "post", "put", "patch", "delete", "options")


def main(out: str, entry: str, *roots: str) -> None:
    """Loads the entry, awaits it where it is a coroutine, and writes its table to `out`."""
    made = load_entry(entry, list(roots))
    app = asyncio.run(_awaited(made)) if inspect.isawaitable(made) else made
    if not isinstance(app, web.Application):
        raise TypeError(f"{entry} is not an aiohttp app")
    write_table(out, _walk(app))


async def _awaited(made: object) -> object:
    assert inspect.isawaitable(made)
    return await made


def _walk(app: web.Application) -> Iterator[tuple[str, str]]:
    for route in app.router.routes():
        resource = route.resource
        if resource is None or isinstance(resource, web.StaticResource):
            continue
        path = _normal(resource)
        for method in _methods(route):
            yield method, path


def _methods(route: web.AbstractRoute) -> Iterator[str]:
    if inspect.isclass(route.handler) and issubclass(route.handler, web.View):
        yield from (verb.upper() for verb in _VERBS if hasattr(route.handler, verb))
    elif route.method == "*":
        yield "ANY"
    elif route.method != "HEAD":  # every GET has one beside it
        yield route.method


def _normal(resource: web.AbstractResource) -> str:
    """The path, with a star at parameters whose pattern matches a slash."""
    info = resource.get_info()
    if "path" in info:
        return info["path"]
    pattern = info["pattern"].pattern

    def star(found: re.Match[str]) -> str:
        group = re.search(rf"\(\?P<{found[1]}>((?:[^()]|\([^()]*\))*)\)", pattern)
        crosses = group is not None and re.fullmatch(group[1], "a/b") is not None
        return f"{{{found[1]}*}}" if crosses else found[0]

    return re.sub(r"\{(\w+)\}", star, info["formatter"])


if __name__ == "__main__":
    main(*sys.argv[1:])
