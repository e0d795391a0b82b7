"""The server of one editor: its documents, its folders, and what the editor can do."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

import backwright
from backwright.errors import SettingsError
from backwright.lsp.client import Client
from backwright.lsp.configuration import Options, settings_for
from backwright.lsp.diagnostics import publish_gaps
from backwright.lsp.documents import Documents, path_of
from backwright.lsp.drift import Drift
from backwright.lsp.file import File
from backwright.lsp.folder import Folder
from backwright.lsp.folders import Folders
from backwright.lsp.protocol import Protocol
from backwright.settings import Settings

_log = logging.getLogger(__name__)


class Server(LanguageServer):
    def __init__(self) -> None:
        super().__init__("backwright", backwright.__version__, protocol_cls=Protocol)
        self.client = Client()
        self.options = Options()
        self.documents = Documents()
        self.folders = Folders(self.documents, self)
        self.configured = asyncio.Event()
        """The client has been asked for its settings."""
        self.single_files = False
        """No folder is open in the editor: the one around each file that is opened is read."""
        self.last_folder: Folder | None = None
        """Where the last recipe was run."""
        self._keeping: asyncio.Task[None] | None = None
        self._watching = False
        self._told: set[str] = set()
        self.gaps_shown: dict[str, list[types.Diagnostic]] = {}
        """The diagnostics of each open document."""

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

    def published(self, folder: Folder, *, changed: bool) -> None:
        publish_gaps(self, folder)
        if changed and self.client.hears_of_backends:
            self.protocol.notify("backwright/backendChanged", {})

    def lost(self, reason: str) -> None:
        self.tell(types.MessageType.Error, f"{reason}; restart the server to try again")
