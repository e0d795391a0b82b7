"""The change that turns documents as they are into documents as they shall be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher

from backwright.edits.change import (
    Change,
    CreateFile,
    DeleteFile,
    Edit,
    EditFile,
    FileChange,
)
from backwright.text.snapshot import Snapshot
from backwright.text.span import Span


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
    edits = tuple(_edits(before.source, after))
    return EditFile(path, before.version, edits) if edits else None


def _edits(before: bytes, after: bytes) -> Iterator[Edit]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, begun, ended in matcher.get_opcodes():
        if kind != "equal":
            yield Edit(Span(starts[first], starts[last]), _text(b"".join(new[begun:ended])))


def _text(source: bytes) -> str:
    return source.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
