"""From a change to an edit: what is not overwritten, line ends, byte order marks, new files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lsprotocol import types

from backwright.edits.change import Stale
from backwright.lsp.client import Client
from backwright.lsp.documents import Documents
from backwright.lsp.folder import Folder
from backwright.lsp.workspace_edit import Editor, workspace_edit
from backwright.text.snapshot import content_version
from backwright.workers.messages import Created, Deleted, Edited, FileChange, Finished

ABLE = Client(document_changes=True, creates_files=True, deletes_files=True)
TEXT = b"a = 1\nb = 2\n"
PATH = "app/main.py"


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    (tmp_path / "app").mkdir()
    (tmp_path / PATH).write_bytes(TEXT)
    return Editor(ABLE, Documents(), Folder(tmp_path), {})


def opened(editor: Editor, version: int, text: str = TEXT.decode()) -> Editor:
    path = editor.folder.absolute(PATH)
    editor.documents.open(editor.folder.uri(PATH), version, text)
    return replace(editor, asked={path: version})


def edited(version: int | str, *edits: tuple[int, int, str]) -> Edited:
    return Edited(PATH, version, list(edits) or [(6, 6, "# new\n")])


def made(editor: Editor, *changes: FileChange, confirm: bool = False) -> object:
    checks = [
        {"name": "syntax", "status": "passed", "detail": "it parses"},
        {"name": "tests", "status": "skipped", "detail": "not run"},
    ]
    report = {"summary": "A change", "checks": checks}
    return workspace_edit(editor, Finished(1, report, list(changes), confirm))


def only(edit: object) -> types.TextDocumentEdit:
    assert isinstance(edit, types.WorkspaceEdit)
    (change,) = edit.document_changes or []
    assert isinstance(change, types.TextDocumentEdit)
    return change


def test_a_file_on_disk_has_no_version_for_the_editor(editor: Editor) -> None:
    change = only(made(editor, edited(content_version(TEXT))))
    assert change.text_document.version is None
    assert change.text_document.uri == editor.folder.uri(PATH)
    (edit,) = change.edits
    assert edit == types.TextEdit(
        types.Range(types.Position(1, 0), types.Position(1, 0)), "# new\n"
    )


def test_an_open_document_has_the_version_of_the_change(editor: Editor) -> None:
    assert only(made(opened(editor, 7), edited(7))).text_document.version == 7


def test_a_document_that_was_opened_since_is_known_by_its_text(editor: Editor) -> None:
    change = only(made(opened(editor, 1), edited(content_version(TEXT))))
    assert change.text_document.version == 1


def test_what_changed_is_not_overwritten(editor: Editor) -> None:
    stale = Stale(PATH, "changed")
    assert made(editor, edited(content_version(b"other"))) == stale
    assert made(editor, edited(3)) == stale  # it was open then and is closed now
    assert made(opened(editor, 7), edited(6)) == stale
    asked_before = replace(opened(editor, 7), asked={editor.folder.absolute(PATH): 6})
    assert made(asked_before, edited(7)) == stale  # it was typed in since the request
    assert made(opened(editor, 2, "other"), edited(content_version(TEXT))) == stale


def test_one_stale_document_stops_the_whole_change(editor: Editor) -> None:
    new = Created("app/new.py", "x = 1\n")
    assert made(editor, new, edited("sha256:0")) == Stale(PATH, "changed")


def test_what_is_gone_or_there_already_is_told(editor: Editor) -> None:
    assert made(editor, Created(PATH, "")) == Stale(PATH, "exists")
    (editor.folder.root / PATH).unlink()
    assert made(editor, edited(content_version(TEXT))) == Stale(PATH, "missing")
    assert made(editor, Deleted(PATH, content_version(TEXT))) == Stale(PATH, "missing")
    assert made(opened(editor, 1), Created(PATH, "")) == Stale(PATH, "exists")


def test_new_lines_end_as_the_document_does(editor: Editor) -> None:
    windows = opened(editor, 1, "a = 1\r\nb = 2\r\n")
    (edit,) = only(made(windows, edited(1, (7, 7, "# one\n# two\n")))).edits
    assert edit.new_text == "# one\r\n# two\r\n"
    assert edit.range.start == types.Position(1, 0)


def test_editors_keep_a_byte_order_mark_to_themselves(editor: Editor) -> None:
    source = b"\xef\xbb\xbf" + TEXT
    (editor.folder.root / PATH).write_bytes(source)
    (edit,) = only(
        made(
            editor,
            edited(
                content_version(source),
                (7, 8, "=="),
            ),
        )
    ).edits
    assert edit.range == types.Range(types.Position(0, 4), types.Position(0, 5))


def test_a_new_file_is_created_and_filled(editor: Editor) -> None:
    edit = made(editor, Created("app/sub/new.py", "x = 1\n"))
    assert isinstance(edit, types.WorkspaceEdit)
    create, fill = edit.document_changes or []
    assert isinstance(create, types.CreateFile)
    assert create.uri == editor.folder.uri("app/sub/new.py")
    assert isinstance(fill, types.TextDocumentEdit)
    (text,) = fill.edits
    assert text == types.TextEdit(
        types.Range(types.Position(0, 0), types.Position(1, 0)), "x = 1\n"
    )


def test_a_client_that_creates_no_files_gets_the_text_alone(editor: Editor) -> None:
    for able in (Client(), Client(document_changes=True)):
        edit = made(replace(editor, client=able), Created("new.py", "x = 1\n"))
        assert isinstance(edit, types.WorkspaceEdit)
        assert len(edit.document_changes or edit.changes or []) == 1


def test_a_deletion_that_the_client_can_not_do_is_told(editor: Editor) -> None:
    gone = Deleted(PATH, content_version(TEXT))
    assert isinstance(made(editor, gone), types.WorkspaceEdit)
    assert "deleted" in str(made(replace(editor, client=Client(document_changes=True)), gone))


def test_annotations_tell_the_checks_and_ask(editor: Editor) -> None:
    able = replace(editor, client=replace(ABLE, annotations=True))
    edit = made(able, edited(content_version(TEXT)), confirm=True)
    assert isinstance(edit, types.WorkspaceEdit)
    (annotation,) = (edit.change_annotations or {}).values()
    assert annotation.needs_confirmation
    assert annotation.label == "A change"
    assert annotation.description == "syntax: passed; tests: skipped (not run)"
