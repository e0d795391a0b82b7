"""A file that a request is about: from positions of the editor to places in facts, and back."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types

from backwright.facts.backend import Place, Route
from backwright.lsp.drift import Drift
from backwright.lsp.folder import Folder
from backwright.lsp.positions import Positions
from backwright.recipes.offers import Offer, offers_at
from backwright.text.lines import Lines


@dataclass(frozen=True)
class File:
    """A file that a request is about, in its folder; places in facts are bytes of what was read."""

    folder: Folder
    uri: str
    path: str
    positions: Positions
    drift: Drift

    @property
    def routes(self) -> list[Route]:
        """Those whose handler or registration stands in the file."""
        return [
            it
            for it in self.folder.backend.routes
            if self.path in {it.place.file, it.handler_place.file}
        ]

    def place_of(self, route: Route) -> Place:
        """Where the route stands in this file: its registration, else its handler."""
        return route.place if route.place.file == self.path else route.handler_place

    def offers(self, offset: int) -> list[Offer]:
        """The recipes that fit at a byte of what was read."""
        with_model = self.folder.settings.model.configured
        return offers_at(self.folder.backend, self.path, offset, with_model=with_model)

    def offset(self, position: types.Position) -> int:
        """The byte of what was read that is meant by a position of what is shown."""
        begins = self._begins_behind(position)
        return (
            begins if begins is not None else self.drift.to_read(self.positions.in_code(position))
        )

    def offset_shown(self, position: types.Position) -> int:
        """The same, as a byte of what is shown."""
        begins = self._begins_behind(position)
        exact = self.positions.in_code(position)
        return exact if begins is None else self.drift.to_shown(begins)

    def _begins_behind(self, position: types.Position) -> int | None:
        """Where a route's code begins further on in the line, if the position is in none: the
        name in `export const find = async () => …` means what follows it."""
        at = self.drift.to_read(self.positions.in_code(position))
        if self.folder.backend.routes_at(self.path, at):
            return None
        end = self.drift.to_read(self.positions.end_of_line(position.line))
        places = [it for route in self.routes for it in (route.place, route.handler_place)]
        starts = [it.start for it in places if it.file == self.path and at <= it.start < end]
        return min(starts, default=None)

    def position(self, offset: int) -> types.Position:
        """The position in what is shown of a byte of what was read."""
        return self.positions.position(self.drift.to_shown(offset))

    def line(self, number: int) -> int:
        """The line (from 0) in what is shown of a line (from 1) of what was read."""
        if self.drift.read == self.drift.shown:
            return number - 1
        return self.position(Lines.of(self.drift.read).start_of(number)).line
