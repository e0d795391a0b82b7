"""The documents that are open in the editor.

They are kept here and not by the protocol's library, which splits lines at characters that end
none and so misplaces edits behind a form feed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from lsprotocol.types import (
    PositionEncodingKind,
    TextDocumentContentChangeEvent,
    TextDocumentContentChangePartial,
)
from pygls.uris import to_fs_path

from backwright.lsp.positions import Positions


@dataclass(frozen=True)
class Document:
    """One open document at one version; `source` is its text in UTF-8."""

    uri: str
    path: str
    version: int
    source: bytes
    encoding: PositionEncodingKind | str

    @cached_property
    def positions(self) -> Positions:
        return Positions(self.source, self.encoding)

    def changed(self, version: int, changes: Sequence[TextDocumentContentChangeEvent]) -> Document:
        document = self
        for change in changes:
            text = encoded(change.text)
            if isinstance(change, TextDocumentContentChangePartial):
                start = document.positions.offset(change.range.start)
                end = max(start, document.positions.offset(change.range.end))
                text = document.source[:start] + text + document.source[end:]
            document = replace(document, source=text)
        return replace(document, version=version)


class Documents:
    """The open documents by their paths; those that are no files are not kept."""

    def __init__(self) -> None:
        self.encoding: PositionEncodingKind | str = PositionEncodingKind.Utf16
        self._open: dict[str, Document] = {}

    def __iter__(self) -> Iterator[Document]:
        return iter(list(self._open.values()))

    def open(self, uri: str, version: int, text: str) -> Document | None:
        path = path_of(uri)
        if path is None:
            return None
        document = Document(uri, path, version, encoded(text), self.encoding)
        self._open[path] = document
        return document

    def change(
        self, uri: str, version: int, changes: Sequence[TextDocumentContentChangeEvent]
    ) -> Document | None:
        path = path_of(uri)
        if path is None or path not in self._open:
            return None
        self._open[path] = self._open[path].changed(version, changes)
        return self._open[path]

    def close(self, uri: str) -> Document | None:
        return self._open.pop(path_of(uri) or "", None)

    def at(self, path: str) -> Document | None:
        return self._open.get(path)

    def positions(self, path: str) -> Positions | None:
        """Those of the open document, else of the file; None when there is neither."""
        if document := self._open.get(path):
            return document.positions
        try:
            return Positions(Path(path).read_bytes(), self.encoding)
        except OSError:
            return None


def path_of(uri: str) -> str | None:
    """The file that a URI names; None when it names none."""
    path = to_fs_path(uri)
    return os.path.normpath(path) if path else None


def encoded(text: str) -> bytes:
    """UTF-8; a lone surrogate that an editor sends makes the file one that can't be read."""
    return text.encode("utf-8", "surrogatepass")
