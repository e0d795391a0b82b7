"""The folders that are open: what the worker has been told of each, and what it has told back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from backwright.facts.backend import Route
from backwright.lsp.documents import Document, Documents
from backwright.lsp.folder import Folder
from backwright.settings import Settings
from backwright.workers.link import Link
from backwright.workers.messages import (
    Buffer,
    Buffers,
    Changed,
    Close,
    Open,
    Published,
    Reading,
    Ready,
    ToWorker,
)

_log = logging.getLogger(__name__)

_DEBOUNCE = 0.1
_LONG_LIMIT = 10.0
"""Seconds that a request waits for the first reading of a folder, or patiently."""
_LIMIT = 0.25
"""Seconds that a request waits for what was just typed; then the last snapshot answers."""


class Events(Protocol):
    """Who is told of what the worker says."""

    def ready(self, watched: list[str]) -> None: ...

    def routes_changed(self) -> None: ...

    def published(self, folder: Folder, *, changed: bool) -> None: ...

    def lost(self, reason: str) -> None: ...


class Folders:
    """Keeps them in step with the worker at the other end of `link`."""

    def __init__(self, documents: Documents, events: Events) -> None:
        self.link = Link(self)
        self._documents = documents
        self._events = events
        self._folders: dict[str, Folder] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._lost = False

    def __iter__(self) -> Iterator[Folder]:
        return iter(list(self._folders.values()))

    def of(self, path: str) -> Folder | None:
        """The innermost folder that holds the file."""
        held = [it for it in self if Path(path).is_relative_to(it.root)]
        return max(held, key=lambda it: len(it.root.parts), default=None)

    # What the worker is told

    def open(self, root: Path, section: Mapping[str, Any], settings: Settings) -> None:
        """Opens a folder, or gives an open one other settings."""
        folder = self._folders.setdefault(str(root), Folder(root))
        folder.section, folder.settings = section, settings
        self.link.send(self._opening(folder))
        self._tell_all_documents(folder)

    def close(self, root: Path) -> None:
        if folder := self._folders.pop(str(root), None):
            self.link.send(Close(folder.name))
            for other in self:  # its documents may belong to a folder around it
                self._tell_all_documents(other)

    def tell(self, document: Document, *, closed: bool = False) -> None:
        """A document was opened, changed or closed."""
        folder = self.of(document.path)
        if folder is None:
            return
        folder.waiting[document.path] = None if closed else document
        self._tell_soon()

    def changed(self, paths: Iterable[str]) -> None:
        """Files have changed on disk."""
        for path in paths:
            if folder := self.of(path):
                folder.touched.add(folder.relative(path))
                self._tell_soon()

    def flush(self) -> None:
        """Tells at once what waits to be told."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for folder in self:
            if folder.waiting:
                self.link.send(self._buffers(folder))
            if folder.touched:
                folder.told += 1
                self.link.send(Changed(folder.name, folder.told, sorted(folder.touched)))
                folder.touched.clear()

    async def caught_up(self, folder: Folder, *, patiently: bool = False) -> None:
        """Waits, not for long, until what is known reflects what was typed."""
        self.flush()
        patiently = patiently or not folder.known
        try:
            async with asyncio.timeout(_LONG_LIMIT if patiently else _LIMIT):
                while folder.known < folder.told and not self._lost:
                    folder.news.clear()
                    await folder.news.wait()
        except TimeoutError:
            _log.info("answering for %s from an earlier reading", folder.root)

    def _tell_soon(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(_DEBOUNCE, self.flush)

    def _opening(self, folder: Folder) -> Open:
        folder.told += 1
        return Open(folder.name, folder.told, folder.settings, folder.avoided)

    def _buffers(self, folder: Folder) -> Buffers:
        folder.told += 1
        put = [
            Buffer(folder.relative(path), it.version, it.source)
            for path, it in folder.waiting.items()
            if it is not None
        ]
        drop = [folder.relative(path) for path, it in folder.waiting.items() if it is None]
        folder.sent.append((folder.told, folder.waiting))
        folder.waiting = {}
        return Buffers(folder.name, folder.told, put, drop)

    def _tell_all_documents(self, folder: Folder) -> None:
        for document in self._documents:
            if self.of(document.path) is folder:
                self.tell(document)

    # What the link asks and tells

    def state(self) -> Iterable[ToWorker]:
        for folder in self:
            yield self._opening(folder)
            for document in self._documents:
                if self.of(document.path) is folder:
                    folder.waiting[document.path] = document
            if folder.waiting:
                yield self._buffers(folder)

    def ready(self, message: Ready) -> None:
        self._events.ready(message.watched)

    def published(self, message: Published) -> None:
        folder = self._folders.get(message.folder)
        if folder is None:
            return
        before = folder.backend
        folder.take(message.revision, message.backend)
        if _shown(before.routes) != _shown(message.backend.routes):
            self._events.routes_changed()
        self._events.published(folder, changed=before != message.backend)

    def blamed(self, reading: Reading, reason: str) -> None:
        if folder := self._folders.get(reading.folder):
            folder.avoided[reading.path] = reason

    def lost(self, reason: str) -> None:
        self._lost = True
        for folder in self:
            folder.news.set()
        self._events.lost(reason)


def _shown(routes: list[Route]) -> list[tuple[object, ...]]:
    """What an editor shows of routes beside their places, which move with every line typed."""
    return [(it.title, it.local_path, it.rate_limit, it.guards, len(it.tests)) for it in routes]
