"""A result of the engine as a message."""

from __future__ import annotations

import msgspec

from backwright.edits.change import CreateFile, DeleteFile, FileChange
from backwright.engine.result import Result
from backwright.workers import messages


def finished(number: int, result: Result) -> messages.Finished:
    report = msgspec.to_builtins(result.report)
    return messages.Finished(
        number,
        report,
        [_change(it) for it in result.change.files],
        result.needs_confirmation,
        result.exit_status,
    )


def _change(change: FileChange) -> messages.FileChange:
    match change:
        case CreateFile():
            return messages.Created(change.path, change.text)
        case DeleteFile():
            return messages.Deleted(change.path, change.version)
    edits = [(it.span.start, it.span.end, it.text) for it in change.edits]
    return messages.Edited(change.path, change.version, edits)
