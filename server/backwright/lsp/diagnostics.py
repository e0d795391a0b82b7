"""Gaps as diagnostics, as far as the setting `diagnostics.gaps` asks for them.

`hint` shows what is surely wrong (SQL that is put together from strings) as a hint, `warning` every
gap: those that are only notes as hints, the others as warnings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

from backwright.facts.backend import Backend
from backwright.gaps.find import find_gaps
from backwright.gaps.rule import Gap
from backwright.lsp.documents import Document
from backwright.lsp.drift import Drift
from backwright.lsp.file import File
from backwright.lsp.folder import Folder
from backwright.settings import DiagnosticsSettings

if TYPE_CHECKING:
    from backwright.lsp.session import Server

SOURCE = "backwright"


def publish_gaps(ls: Server, folder: Folder) -> None:
    """For the folder's open documents; those whose diagnostics are as before are left alone."""
    opened = [it for it in ls.documents if ls.folders.of(it.path) is folder]
    gaps = _shown(folder.backend, folder.settings.diagnostics) if opened else []
    for document in opened:
        _send(ls, document, _diagnostics_of(folder, document, gaps))


def forget_gaps(ls: Server, document: Document) -> None:
    """A document that was closed has none."""
    _send(ls, document, [])


def _send(ls: Server, document: Document, found: list[types.Diagnostic]) -> None:
    if ls.gaps_shown.get(document.uri, []) == found:
        return
    ls.gaps_shown[document.uri] = found
    ls.text_document_publish_diagnostics(
        types.PublishDiagnosticsParams(document.uri, found, version=document.version)
    )


def _shown(backend: Backend, settings: DiagnosticsSettings) -> list[Gap]:
    if settings.gaps == "off":
        return []
    gaps = find_gaps(backend)
    return gaps if settings.gaps == "warning" else [it for it in gaps if it.severity == "error"]


def _diagnostics_of(
    folder: Folder, document: Document, gaps: Sequence[Gap]
) -> list[types.Diagnostic]:
    path = folder.relative(document.path)
    drift = Drift(folder.read.get(document.path, document.source), document.source)
    file = File(folder, document.uri, path, document.positions, drift)
    return [
        types.Diagnostic(
            range=_line(file, gap),
            message=f"{gap.message}.",
            severity=_severity(gap, folder.settings.diagnostics),
            code=gap.kind,
            source=SOURCE,
        )
        for gap in gaps
        if gap.file == path
    ]


def _line(file: File, gap: Gap) -> types.Range:
    """The line on which it begins: more would underline whole handlers."""
    line = file.line(gap.line)
    code = file.positions.in_code(types.Position(line, 0))
    return file.positions.range(code, file.positions.end_of_line(line))


def _severity(gap: Gap, settings: DiagnosticsSettings) -> types.DiagnosticSeverity:
    if settings.gaps == "hint" or gap.severity == "note":
        return types.DiagnosticSeverity.Hint
    return types.DiagnosticSeverity.Warning
