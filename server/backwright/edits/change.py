"""A change to some documents, and how it is applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from backwright.text.snapshot import Snapshot
from backwright.text.span import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """The bytes of `span` become `text`. Line ends in `text` are LF; applying turns them into the
    document's own."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class EditFile:
    """Edits to the document at `path`, made for `version` and for no other."""

    path: str
    version: int | str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class CreateFile:
    """A new document; it is stale when something already stands at `path`."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class DeleteFile:
    path: str
    version: int | str


FileChange = EditFile | CreateFile | DeleteFile


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to some documents, at most once each."""

    files: tuple[FileChange, ...] = ()

    def __post_init__(self) -> None:
        paths = [file.path for file in self.files]
        if len(paths) != len(set(paths)):
            raise ValueError("a change names a document twice")

    def __bool__(self) -> bool:
        return bool(self.files)


@dataclass(frozen=True, slots=True)
class Stale:
    """The change was made for another state of `path` than the present one."""

    path: str
    reason: Literal["changed", "exists", "missing"]

    def __str__(self) -> str:
        return {
            "changed": f"{self.path} has changed since the edit was prepared",
            "exists": f"{self.path} already exists",
            "missing": f"{self.path} no longer exists",
        }[self.reason]


def apply_edits(snapshot: Snapshot, edits: Iterable[Edit]) -> bytes:
    """The bytes of `snapshot` after `edits`.

    Raises ValueError when two edits overlap or one lies outside the document: that is a fault of
    whoever made them, never of the document.
    """
    source = snapshot.source
    ordered = sorted(edits, key=lambda it: (it.span.start, it.span.end))
    parts: list[bytes] = []
    at = 0
    for edit in ordered:
        if edit.span.start < at or edit.span.end > len(source):
            raise ValueError(f"edits of {snapshot.path} overlap or lie outside it at {edit.span}")
        parts += (source[at : edit.span.start], encode(edit.text, snapshot.newline))
        at = edit.span.end
    parts.append(source[at:])
    return b"".join(parts)


def apply(documents: Mapping[str, Snapshot], change: Change) -> dict[str, bytes | None] | Stale:
    """The bytes of each document that `change` touches, None for one that it deletes.

    `documents` holds the present snapshot of every document that exists. Nothing is written.
    """
    after: dict[str, bytes | None] = {}
    for file in change.files:
        present = documents.get(file.path)
        if isinstance(file, CreateFile):
            if present is not None:
                return Stale(file.path, "exists")
            after[file.path] = encode(file.text, "\n")
            continue
        if present is None:
            return Stale(file.path, "missing")
        if present.version != file.version:
            return Stale(file.path, "changed")
        after[file.path] = (
            None if isinstance(file, DeleteFile) else apply_edits(present, file.edits)
        )
    return after


def encode(text: str, newline: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\n", newline).encode("utf-8", "surrogateescape")
