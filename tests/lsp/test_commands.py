"""Commands without a model: edits reach the editor whole and for the right version, or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from editor import Document, Editor, session

pytestmark = pytest.mark.asyncio(loop_scope="module")

LIMIT = "add-rate-limiting"
CREATE = "def create_item"


async def opened(editor: Editor, project: Path) -> Document:
    return await editor.open(project / "app/items.py")


def texts(project: Path) -> dict[str, bytes]:
    return {str(it): it.read_bytes() for it in project.rglob("*") if it.is_file()}


async def test_a_recipe_arrives_as_one_versioned_edit(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    version = document.version
    report = await editor.run(LIMIT, document, CREATE)
    assert report["status"] == "applied"
    assert report["recipe"] == LIMIT
    assert {it["status"] for it in report["checks"]} == {"passed"}
    assert report["contract"]["limits_added"]
    (asked,) = editor.edits
    changes = list(asked.edit.document_changes or [])
    edited = {
        it.text_document.uri: it.text_document.version
        for it in changes
        if isinstance(it, types.TextDocumentEdit)
    }
    assert edited[document.uri] == version
    assert [it for it in edited.values() if it is not None] == [version]
    created = [it.uri for it in changes if isinstance(it, types.CreateFile)]
    paths = {it["path"]: it["change"] for it in report["files"]}
    assert paths["app/items.py"] == "edit"
    assert len(created) == list(paths.values()).count("create")
    assert "@limiter.limit" in document.text
    assert b"@limiter.limit" not in (project / "app/items.py").read_bytes()


async def test_the_checks_stand_on_the_change(editor: Editor, project: Path) -> None:
    await editor.run(LIMIT, await opened(editor, project), CREATE)
    (asked,) = editor.edits
    annotations = asked.edit.change_annotations
    assert annotations is not None
    (annotation,) = annotations.values()
    assert annotation.needs_confirmation is False
    assert "syntax: passed" in (annotation.description or "")
    for change in asked.edit.document_changes or []:
        assert isinstance(change, types.TextDocumentEdit | types.CreateFile)
        if isinstance(change, types.TextDocumentEdit):
            assert all(isinstance(it, types.AnnotatedTextEdit) for it in change.edits)


async def test_a_change_that_could_not_be_checked_asks_for_confirmation(
    editor: Editor, project: Path
) -> None:
    report = await editor.run("generate-tests", await opened(editor, project), "def read_item")
    assert report["status"] == "applied"
    assert "skipped" in {it["status"] for it in report["checks"]}
    (asked,) = editor.edits
    annotations = asked.edit.change_annotations
    assert annotations is not None
    assert [it.needs_confirmation for it in annotations.values()] == [True]


async def test_a_preview_changes_nothing(editor: Editor, project: Path) -> None:
    document, before = await opened(editor, project), texts(project)
    report = await editor.run(LIMIT, document, CREATE, apply=False)
    assert report["status"] == "planned"
    assert "+@limiter.limit" in report["diff"]
    assert editor.edits == []
    assert texts(project) == before


async def test_once_more_there_is_nothing_to_do(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    await editor.run(LIMIT, document, CREATE)
    after = document.text
    report = await editor.run(LIMIT, document, CREATE)
    assert report["status"] == "applied"
    assert report["files"] == []
    assert len(editor.edits) == 1
    assert document.text == after
    assert "already" in editor.messages[-1]


async def test_what_the_editor_declines_is_told(editor: Editor, project: Path) -> None:
    document, before = await opened(editor, project), texts(project)
    editor.answer = lambda _: types.ApplyWorkspaceEditResult(
        applied=False, failure_reason="the document is read-only"
    )
    report = await editor.run(LIMIT, document, CREATE)
    assert report["status"] == "refused"
    assert report["files"] == []
    assert "the document is read-only" in report["summary"]
    assert editor.messages == ["Backwright: Nothing was changed: the document is read-only"]
    assert texts(project) == before


async def test_unsaved_text_is_what_a_recipe_works_on(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    editor.type(document, "@router.post", "# typed, not saved: é😀\n\n\n")
    report = await editor.run(LIMIT, document, CREATE)
    assert report["status"] == "applied"
    assert "# typed, not saved: é😀\n\n\n@router.post" in document.text
    assert "@limiter.limit" in document.text


async def test_outside_of_an_endpoint_a_recipe_is_refused(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    report = await editor.run(LIMIT, document, "from fastapi")
    assert report["status"] == "refused"
    assert editor.edits == []
    assert editor.messages[-1].startswith("Backwright: no endpoint at app/items.py")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "recipe"),
        ([{"recipe": 7}], "recipe"),
        ([{"recipe": "add-sparkle"}], "add-sparkle"),
        ([{"recipe": LIMIT, "uri": "file:///nowhere/at/all.py"}], "in no folder"),
        ([{"recipe": LIMIT, "uri": "untitled:Untitled-1"}], "in no folder"),
    ],
)
async def test_arguments_that_make_no_sense_are_told(
    editor: Editor, project: Path, arguments: list[object], said: str
) -> None:
    await editor.routes()
    report = await editor.command("backwright.run", *arguments)
    assert report["status"] == "failed"
    assert said in report["summary"]
    assert said in editor.messages[-1]


async def test_free_words_find_their_recipe(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    report = await editor.command(
        "backwright.generate",
        {"request": "limit POST /api/items to 5 per minute", "uri": document.uri},
    )
    assert report["status"] == "applied"
    assert report["recipe"] == LIMIT
    assert "5/minute" in document.text.replace(" per ", "/")


async def test_the_context_is_shown_as_text(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    text = await editor.command("backwright.showContext", editor.at(LIMIT, document, CREATE))
    assert "--- system ---" in text
    assert "def create_item" in text


async def test_progress_is_shown_under_the_token_of_the_client(
    editor: Editor, project: Path
) -> None:
    document = await opened(editor, project)
    editor.client.progress_reports["mine"] = []
    await editor.command("backwright.run", editor.at(LIMIT, document, CREATE), token="mine")
    begin, *_, end = editor.client.progress_reports["mine"]
    assert isinstance(begin, types.WorkDoneProgressBegin)
    assert begin.title == "Add rate limiting"
    assert begin.cancellable
    assert isinstance(end, types.WorkDoneProgressEnd)
    assert list(editor.client.progress_reports) == ["mine"]


async def test_files_on_disk_are_checked_right_before_the_edit(
    editor: Editor, project: Path
) -> None:
    """The change also edits `app/main.py`, which is not open and changes in the meantime."""
    document = await opened(editor, project)
    preview = await editor.run(LIMIT, document, CREATE, apply=False)
    assert "app/main.py" in {it["path"] for it in preview["files"]}
    main = project / "app/main.py"
    main.write_text("# changed\n" + main.read_text())
    report = await editor.run(LIMIT, document, CREATE)
    assert report["status"] == "applied"
    assert main.read_text().startswith("# changed\n")


async def test_neovim_gets_versions_and_no_annotations(items: Path) -> None:
    async with session("neovim_0.11.4", [items]) as editor:
        assert editor.encoding == "utf-8"
        document = await opened(editor, items)
        report = await editor.run(LIMIT, document, CREATE)
        assert report["status"] == "applied"
        (asked,) = editor.edits
        assert asked.edit.change_annotations is None
        assert asked.edit.changes is None
        assert "@limiter.limit" in document.text


async def test_without_document_changes_there_are_plain_ones(items: Path) -> None:
    def oldest(able: types.ClientCapabilities) -> None:
        assert able.workspace is not None
        able.workspace.workspace_edit = None

    (items / "app/limiter.py").write_text(
        "from slowapi import Limiter\nfrom slowapi.util import get_remote_address\n\n"
        "limiter = Limiter(key_func=get_remote_address)\n"
    )
    async with session("vscode_1.139", [items], change=oldest) as editor:
        document = await opened(editor, items)
        report = await editor.run(LIMIT, document, CREATE)
        assert report["status"] == "applied", report["summary"]
        (asked,) = editor.edits
        assert asked.edit.document_changes is None
        assert document.uri in (asked.edit.changes or {})
        assert "@limiter.limit" in document.text
