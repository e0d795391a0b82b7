"""The change that turns documents as they are into documents as they shall be."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from backwright.edits.change import Change, CreateFile, DeleteFile, EditFile, FileChange
from backwright.edits.diff import line_edits
from backwright.text.snapshot import Snapshot


def change_between(
    document: Callable[[str], Snapshot | None], after: Mapping[str, bytes | None]
) -> Change:
    """The change after which the documents have the bytes in `after`, None for one that is gone.

    Only lines that differ are edited; a document that stays as it is is left out.
    """
    files = (_file_change(path, document(path), source) for path, source in after.items())
    return Change(tuple(it for it in files if it is not None))


def _file_change(path: str, before: Snapshot | None, after: bytes | None) -> FileChange | None:
    if before is None:
        return CreateFile(path, _text(after)) if after is not None else None
    if after is None:
        return DeleteFile(path, before.version)
    edits = line_edits(before, after)
    return EditFile(path, before.version, edits) if edits else None


def _text(source: bytes) -> str:
    return source.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
