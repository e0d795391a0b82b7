"""Gaps as diagnostics: as many as the setting says, with the recipe as their fix."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

import projects
from editor import Document, Editor, session

pytestmark = pytest.mark.asyncio

NOTES = """\
    #- pyproject.toml
    [project]
    name = "notes"
    version = "1"
    dependencies = ["fastapi"]
    #- main.py
    import sqlite3

    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/notes/{owner}")
    def read(owner: str):
        database = sqlite3.connect("notes.db")
        return database.execute(f"SELECT * FROM notes WHERE owner = '{owner}'").fetchall()


    @app.post("/notes")
    def write(text: str):
        return {"text": text}
"""
Severity = types.DiagnosticSeverity


async def shown(editor: Editor, document: Document, count: int) -> list[types.Diagnostic]:
    """The document's diagnostics once there are so many."""
    found: list[types.Diagnostic] = []
    async with asyncio.timeout(20):
        while len(found) != count:
            await asyncio.sleep(0.05)
            found = list(editor.client.diagnostics.get(document.uri, []))
    return found


def with_gaps(value: str) -> Any:
    return {"trusted": True, "settings": {"diagnostics": {"gaps": value}}}


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return projects.write(tmp_path / "notes", NOTES)


async def test_an_injection_is_a_hint_with_its_fix(notes: Path) -> None:
    async with session("vscode_1.139", [notes]) as editor:
        document = await editor.open(notes / "main.py")
        [hint] = await shown(editor, document, 1)
        assert (hint.severity, hint.code, hint.source) == (
            Severity.Hint,
            "sql-injection",
            "backwright",
        )
        line = document.text.splitlines()[hint.range.start.line]
        assert line[hint.range.start.character :].startswith("return database.execute")
        fixes = await fixes_of(editor, document, hint)
        assert [it.title for it in fixes] == ["Prevent SQL injection: GET /notes/{owner}"]
        assert fixes[0].is_preferred
        editor.type(document, "import sqlite3", "# one line more\n")
        async with asyncio.timeout(20):
            while editor.client.diagnostics[document.uri][0].range.start.line != (
                hint.range.start.line + 1
            ):
                await asyncio.sleep(0.05)
        editor.close(document)
        await shown(editor, document, 0)


async def test_every_gap_where_that_is_asked_for(notes: Path) -> None:
    async with session("neovim_0.11.4", [notes], options=with_gaps("warning")) as editor:
        document = await editor.open(notes / "main.py")
        found = await shown(editor, document, 5)
    severities = {it.code: it.severity for it in found}
    assert severities == {
        "sql-injection": Severity.Warning,
        "unguarded-write": Severity.Warning,
        "no-rate-limit": Severity.Hint,
        "no-tests": Severity.Hint,
    }


async def test_none_where_they_are_off(notes: Path) -> None:
    async with session("vscode_1.139", [notes], options=with_gaps("off")) as editor:
        document = await editor.open(notes / "main.py")
        await editor.routes()
        assert not editor.client.diagnostics.get(document.uri)


async def fixes_of(
    editor: Editor, document: Document, diagnostic: types.Diagnostic
) -> list[types.CodeAction]:
    found = await editor.client.text_document_code_action_async(
        types.CodeActionParams(
            types.TextDocumentIdentifier(document.uri),
            diagnostic.range,
            types.CodeActionContext([diagnostic], only=["quickfix"]),
        )
    )
    return [it for it in found or [] if isinstance(it, types.CodeAction)]
