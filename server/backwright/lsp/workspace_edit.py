"""A change as an edit of the editor's documents, if it still fits them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types

from backwright.edits.change import Stale
from backwright.lsp.client import Client
from backwright.lsp.documents import Document, Documents
from backwright.lsp.folder import Folder
from backwright.lsp.positions import Positions
from backwright.text.snapshot import Snapshot
from backwright.workers.messages import Created, Deleted, Edited, FileChange, Finished

_ANNOTATION = "backwright"
_BOM = b"\xef\xbb\xbf"

Operation = types.TextDocumentEdit | types.CreateFile | types.DeleteFile
TextEdits = list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit]


@dataclass(frozen=True, slots=True)
class Editor:
    """`asked` holds the versions of the open documents when the change was asked for."""

    client: Client
    documents: Documents
    folder: Folder
    asked: Mapping[str, int]


def workspace_edit(editor: Editor, finished: Finished) -> types.WorkspaceEdit | Stale | str:
    """The edit that makes the change; Stale, or a reason in words, when it must not be made."""
    annotation = _ANNOTATION if editor.client.annotations else None
    operations: list[Operation] = []
    for change in finished.changes:
        made = _operations(editor, change, annotation)
        if isinstance(made, Stale | str):
            return made
        operations += made
    if not editor.client.document_changes:
        return _without_versions(operations)
    return types.WorkspaceEdit(
        document_changes=operations,
        change_annotations={_ANNOTATION: _annotation(finished)} if annotation else None,
    )


def _operations(
    editor: Editor, change: FileChange, annotation: str | None
) -> list[Operation] | Stale | str:
    match change:
        case Created():
            return _creation(editor, change, annotation)
        case Deleted():
            present = _present(editor, change)
            if isinstance(present, Stale):
                return present
            if not editor.client.deletes_files:
                return f"{change.path} has to be deleted, which this editor can't be asked for"
            return [types.DeleteFile(editor.folder.uri(change.path), annotation_id=annotation)]
    present = _present(editor, change)
    if isinstance(present, Stale):
        return present
    positions, start = _positions(editor, present)
    edits: TextEdits = [
        _text_edit(
            positions.range(max(first - start, 0), max(last - start, 0)),
            text.replace("\n", present.newline),
            annotation,
        )
        for first, last, text in change.edits
    ]
    return [_edit_of(editor, change.path, edits)]


def _creation(
    editor: Editor, change: Created, annotation: str | None
) -> list[Operation] | Stale | str:
    absolute = editor.folder.absolute(change.path)
    if editor.documents.at(absolute) is not None or Path(absolute).exists():
        return Stale(change.path, "exists")
    creates = editor.client.creates_files
    # One line past the empty file: VS Code clamps it, and Neovim drops its own last empty line.
    end = types.Position(1 if creates else 0, 0)
    edit = _text_edit(types.Range(types.Position(0, 0), end), change.text, annotation)
    filled = _edit_of(editor, change.path, [edit])
    if not creates:
        return [filled]
    return [
        types.CreateFile(editor.folder.uri(change.path), annotation_id=annotation),
        filled,
    ]


def _present(editor: Editor, change: Edited | Deleted) -> Snapshot | Stale:
    """The document as it is now, if it still is as the change was made for."""
    absolute = editor.folder.absolute(change.path)
    if document := editor.documents.at(absolute):
        return _present_document(editor, change, document)
    try:
        snapshot = Snapshot.on_disk(change.path, Path(absolute).read_bytes())
    except OSError:
        return Stale(change.path, "missing")
    return snapshot if snapshot.version == change.version else Stale(change.path, "changed")


def _present_document(
    editor: Editor, change: Edited | Deleted, document: Document
) -> Snapshot | Stale:
    opened = Snapshot.on_disk(change.path, document.source)
    if opened.version == change.version:  # it was opened since, with the text that was on disk
        return opened
    asked = editor.asked.get(document.path)
    if document.version == change.version == asked:
        return Snapshot(change.path, document.source, document.version)
    return Stale(change.path, "changed")


def _positions(editor: Editor, present: Snapshot) -> tuple[Positions, int]:
    """Positions as the editor counts them, and where its text begins in the file's bytes: editors
    keep a byte order mark to themselves."""
    start = len(_BOM) if present.source.startswith(_BOM) else 0
    return Positions(present.source[start:], editor.documents.encoding), start


def _edit_of(editor: Editor, path: str, edits: TextEdits) -> types.TextDocumentEdit:
    document = editor.documents.at(editor.folder.absolute(path))
    uri = document.uri if document is not None else editor.folder.uri(path)
    version = document.version if document is not None else None
    return types.TextDocumentEdit(
        types.OptionalVersionedTextDocumentIdentifier(uri, version), edits
    )


def _text_edit(
    place: types.Range, text: str, annotation: str | None
) -> types.TextEdit | types.AnnotatedTextEdit:
    if annotation is None:
        return types.TextEdit(place, text)
    return types.AnnotatedTextEdit(annotation, place, text)


def _annotation(finished: Finished) -> types.ChangeAnnotation:
    checks = [
        f"{it['name']}: {it['status']}" + (f" ({it['detail']})" if it["status"] != "passed" else "")
        for it in finished.report["checks"]
    ]
    return types.ChangeAnnotation(
        finished.report["summary"] or "Backwright",
        needs_confirmation=finished.needs_confirmation,
        description="; ".join(checks) or None,
    )


def _without_versions(operations: list[Operation]) -> types.WorkspaceEdit | str:
    changes: dict[str, list[types.TextEdit]] = {}
    for it in operations:
        if not isinstance(it, types.TextDocumentEdit):
            return "this editor can't be asked to create or delete files"
        edits = [
            types.TextEdit(edit.range, edit.new_text)
            for edit in it.edits
            if not isinstance(edit, types.SnippetTextEdit)
        ]
        changes.setdefault(it.text_document.uri, []).extend(edits)
    return types.WorkspaceEdit(changes=changes)
