"""One folder that is open: its settings, what is known of it, and how far the worker is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pygls.uris import from_fs_path

from backwright.facts.backend import Backend
from backwright.lsp.documents import Document
from backwright.settings import Settings


@dataclass(eq=False)
class Folder:
    """`told` numbers what the worker was told last, `known` what `backend` reflects.

    `section` is what the editor's settings say of it. `waiting` are documents that the worker is
    yet to be told of, None for those that were closed, and `touched` files that changed on disk;
    `read` are the texts of open documents that
    `backend` reflects, and `sent` those that it will, by the number they were told under.
    """

    root: Path
    section: Mapping[str, Any] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    backend: Backend = field(default_factory=Backend)
    told: int = 0
    known: int = 0
    avoided: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, Document | None] = field(default_factory=dict)
    read: dict[str, bytes] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    sent: list[tuple[int, dict[str, Document | None]]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def name(self) -> str:
        return str(self.root)

    def take(self, revision: int, backend: Backend) -> None:
        """The worker has told what it knows."""
        self.backend, self.known = backend, max(self.known, revision)
        while self.sent and self.sent[0][0] <= revision:
            for path, document in self.sent.pop(0)[1].items():
                if document is None:
                    self.read.pop(path, None)
                else:
                    self.read[path] = document.source
        self.news.set()

    def relative(self, path: str) -> str:
        return Path(path).relative_to(self.root).as_posix()

    def absolute(self, path: str) -> str:
        return str(self.root / path)

    def uri(self, path: str) -> str:
        return str(from_fs_path(self.absolute(path)))
