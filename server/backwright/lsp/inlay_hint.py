"""Inlay hints: the path that a client calls, where it is not what stands in the code."""

from __future__ import annotations

import re

from lsprotocol import types

from backwright.lsp.session import Server

_PARAMETER = re.compile(r"[:<{*]|\{")


async def inlay_hint(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
    file = await ls.file(params.text_document.uri)
    if file is None:
        return []
    first = file.positions.offset(params.range.start)
    last = file.positions.offset(params.range.end)
    lines: dict[int, list[str]] = {}
    for route in file.routes:
        place = route.place
        shown = place.file == file.path and first <= place.start <= last
        if shown and not _same(route.local_path, route.path):
            titles = lines.setdefault(file.positions.end_of_line(place.start), [])
            if route.title not in titles:
                titles.append(route.title)
    return [
        types.InlayHint(file.positions.position(at), ", ".join(titles), padding_left=True)
        for at, titles in sorted(lines.items())
    ]


def _same(local: str, path: str) -> bool:
    """Whether both are the same path, however parameters are spelled."""
    ours, theirs = local.strip("/").split("/"), path.strip("/").split("/")
    return len(ours) == len(theirs) and all(
        mine == other or ("{" in other and _PARAMETER.search(mine) is not None)
        for mine, other in zip(ours, theirs, strict=True)
    )
