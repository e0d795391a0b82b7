"""Hover: what is known of a route, on its registration and the first line of its handler, and of a
model, on its first line."""

from __future__ import annotations

import json
from urllib.parse import quote

from lsprotocol import types

from backwright.facts.backend import Route
from backwright.lsp.card import Card
from backwright.lsp.commands import RUN
from backwright.lsp.file import File
from backwright.lsp.model_card import model_card
from backwright.lsp.route_card import route_card
from backwright.lsp.session import Server
from backwright.recipes.offers import Offer


async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    file = await ls.file(params.text_document.uri)
    if file is None:
        return None
    cards = _cards(file, params.position.line, file.offset(params.position))
    if not cards:
        return None
    if ls.client.markdown:
        text = "\n\n---\n\n".join(_markdown(ls, file, it, at) for it, at in cards)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text))
    text = "\n\n".join(it.as_text() for it, _ in cards)
    return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, text))


def _cards(file: File, line: int, offset: int) -> list[tuple[Card, int]]:
    """What the line (from 0) introduces, each with the byte where it begins."""
    backend = file.folder.backend
    routes = [it for it in backend.routes_at(file.path, offset) if _names(file, it, line)]
    if routes:
        return [(route_card(it), file.place_of(it).start) for it in routes]
    model = backend.model_at(file.path, offset)
    if model is None or file.line(model.place.line) != line:
        return []
    return [(model_card(model, backend), model.place.start)]


def _markdown(ls: Server, file: File, card: Card, start: int) -> str:
    """With a link for each recipe that adds what is missing, where links can be followed."""
    if not ls.client.command_links:
        return card.as_markdown()
    at = file.position(start)
    offers = [it for it in file.offers(start) if it.recipe.missing or it.recipe.at == "model"]
    return card.as_markdown([_link(file, it, at) for it in offers])


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
