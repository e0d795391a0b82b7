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
    lines: dict[int, list[str]] = {}
    for route in file.routes:
        if route.place.file != file.path or _same(route.local_path, route.path):
            continue
        at = file.position(route.place.start)
        if params.range.start.line <= at.line <= params.range.end.line:
            titles = lines.setdefault(file.positions.end_of_line(at.line), [])
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
