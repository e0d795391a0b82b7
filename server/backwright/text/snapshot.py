"""One document as it was at one moment."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from backwright.text.lines import Lines


@dataclass(frozen=True)
class Snapshot:
    """The bytes of the document at `path` (relative to the workspace, with `/`) at `version`.

    An open buffer's version is the editor's number; a file that is not open is versioned by the
    hash of its content, so that a change made for one state never lands on another.
    """

    path: str
    source: bytes
    version: int | str

    @classmethod
    def on_disk(cls, path: str, source: bytes) -> Snapshot:
        return cls(path, source, content_version(source))

    @cached_property
    def lines(self) -> Lines:
        return Lines.of(self.source)

    @cached_property
    def newline(self) -> str:
        """The line end that most lines of the document have; LF for a document without any."""
        crlf = self.source.count(b"\r\n")
        return "\r\n" if crlf * 2 > self.source.count(b"\n") else "\n"

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.path).suffix

    @property
    def text(self) -> str:
        """The document as text; bytes that are not UTF-8 become surrogates, which encode back."""
        return self.source.decode("utf-8", "surrogateescape")


def content_version(source: bytes) -> str:
    return "sha256:" + hashlib.sha256(source).hexdigest()
