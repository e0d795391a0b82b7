"""Code lenses above a handler: what it has or lacks, each with the recipe that sees to it."""

from __future__ import annotations

from lsprotocol import types

from backwright.facts.backend import Route
from backwright.lsp.commands import RUN
from backwright.lsp.file import File
from backwright.lsp.session import Server
from backwright.lsp.words import state_of


async def code_lens(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens]:
    file = await ls.file(params.text_document.uri)
    if file is None:
        return []
    lenses: list[types.CodeLens] = []
    seen: set[int] = set()
    for route in file.routes:
        place = file.place_of(route)
        if place.start not in seen:
            seen.add(place.start)
            lenses += _lenses(file, route, place.start)
    return lenses


def _lenses(file: File, route: Route, at: int) -> list[types.CodeLens]:
    position = file.position(at)
    lenses = []
    for offer in file.offers(at):
        if offer.recipe.missing is None:
            continue
        title = f"{state_of(route, offer.recipe.missing)} · {offer.recipe.title.lower()}"
        arguments = {"recipe": offer.recipe.id, "uri": file.uri, "position": position}
        command = types.Command(title, RUN, arguments=[arguments])
        lenses.append(types.CodeLens(types.Range(position, position), command))
    return lenses
