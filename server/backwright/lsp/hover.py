"""Hover on a route: what is known of it, on its registration and the first line of its handler."""

from __future__ import annotations

import json
from urllib.parse import quote

from lsprotocol import types

from backwright.facts.backend import Route
from backwright.lsp.card import as_markdown, as_text
from backwright.lsp.commands import RUN
from backwright.lsp.file import File
from backwright.lsp.session import Server
from backwright.recipes.offers import Offer


async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    file = await ls.file(params.text_document.uri)
    if file is None:
        return None
    line = params.position.line
    offset = file.offset(params.position)
    routes = [
        it for it in file.folder.backend.routes_at(file.path, offset) if _names(file, it, line)
    ]
    if not routes:
        return None
    if ls.client.markdown:
        text = "\n\n---\n\n".join(_card(ls, file, it) for it in routes)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text))
    text = "\n\n".join(as_text(it) for it in routes)
    return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, text))


def _card(ls: Server, file: File, route: Route) -> str:
    """With a link for each recipe that adds what is missing, where links can be followed."""
    if not ls.client.command_links:
        return as_markdown(route)
    start = file.place_of(route).start
    at = file.position(start)
    links = [_link(file, it, at) for it in file.offers(start) if it.recipe.missing is not None]
    return as_markdown(route, links)


def _link(file: File, offer: Offer, at: types.Position) -> str:
    place = {"line": at.line, "character": at.character}
    argument = {"recipe": offer.recipe.id, "uri": file.uri, "position": place}
    return f"[{offer.recipe.title}](command:{RUN}?{quote(json.dumps([argument]))})"


def _names(file: File, route: Route, line: int) -> bool:
    """Whether the line (from 0) introduces the route rather than being in its handler's body."""
    handler, place = route.handler_place, route.place
    if handler.file == file.path and line == file.line(handler.line):
        return True
    if place.file != file.path:
        return False
    first, last = file.position(place.start).line, file.position(place.end).line
    inside = handler.file == place.file and place.start <= handler.start <= place.end
    return first <= line <= (file.line(handler.line) if inside else last)
