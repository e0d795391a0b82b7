"""The server of one editor: its documents, its folders, and what the editor can do."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

import backwright
from backwright.errors import SettingsError
from backwright.facts.backend import Route
from backwright.lsp.client import Client
from backwright.lsp.configuration import Options, settings_for
from backwright.lsp.documents import Documents, path_of
from backwright.lsp.drift import Drift
from backwright.lsp.folders import Folder, Folders
from backwright.lsp.positions import Positions
from backwright.lsp.protocol import Protocol
from backwright.settings import Settings
from backwright.text.lines import Lines

_log = logging.getLogger(__name__)


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


class Server(LanguageServer):
    def __init__(self) -> None:
        super().__init__("backwright", backwright.__version__, protocol_cls=Protocol)
        self.client = Client()
        self.options = Options()
        self.documents = Documents()
        self.folders = Folders(self.documents, self)
        self.single_files = False
        """No folder is open in the editor: the one around each file that is opened is read."""
        self.last_folder: Folder | None = None
        """Where the last recipe was run."""
        self._keeping: asyncio.Task[None] | None = None
        self._watching = False
        self._told: set[str] = set()

    # Life

    def start_worker(self) -> None:
        self._keeping = asyncio.ensure_future(self.folders.link.keep())
        self._keeping.add_done_callback(self._kept)

    def _kept(self, keeping: asyncio.Task[None]) -> None:
        if not keeping.cancelled() and (fault := keeping.exception()) is not None:
            _log.error("the worker is not looked after any more", exc_info=fault)
            self.lost(f"internal fault: {type(fault).__name__}: {fault}")

    async def stop(self) -> None:
        await self.folders.link.stop()

    # Files

    def folder_of(self, uri: str) -> Folder | None:
        path = path_of(uri)
        return self.folders.of(path) if path else None

    async def file(self, uri: str) -> File | None:
        """The file, once what is known reflects its text; None outside of every folder."""
        path = path_of(uri)
        folder = self.folders.of(path) if path else None
        if path is None or folder is None:
            return None
        await self.folders.caught_up(folder)
        positions = self.documents.positions(path)
        if positions is None:
            return None
        drift = Drift(folder.read.get(path, positions.source), positions.source)
        return File(folder, uri, folder.relative(path), positions, drift)

    def open_folder(self, root: Path, section: Mapping[str, Any]) -> None:
        """Opens a folder, or gives it other settings; those that can't be used are told once."""
        try:
            settings = settings_for(root, section, self.options)
        except SettingsError as fault:
            self.tell(types.MessageType.Error, str(fault), once=True)
            settings = Settings()
        self.folders.open(root, section, settings)

    # Messages

    def tell(self, kind: types.MessageType, text: str, *, once: bool = False) -> None:
        """Shows one line to the person."""
        if once and text in self._told:
            return
        if once:
            self._told.add(text)
        line = text.strip().splitlines()[0] if text.strip() else "failed"
        self.window_show_message(types.ShowMessageParams(kind, f"Backwright: {line}"))

    # What the worker says

    def ready(self, watched: list[str]) -> None:
        if not self.client.watches_files or self._watching:
            return
        self._watching = True
        globs = [*watched, "**/backwright.toml"]
        options = types.DidChangeWatchedFilesRegistrationOptions(
            [types.FileSystemWatcher(it) for it in globs]
        )
        registration = types.Registration(
            "backwright-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options
        )
        self.client_register_capability(types.RegistrationParams([registration]))

    def routes_changed(self) -> None:
        if self.client.refreshes_lenses:
            self.workspace_code_lens_refresh(None)
        if self.client.refreshes_hints:
            self.workspace_inlay_hint_refresh(None)

    def lost(self, reason: str) -> None:
        self.tell(types.MessageType.Error, f"{reason}; restart the server to try again")
