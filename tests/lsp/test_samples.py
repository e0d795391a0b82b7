"""The bundled samples in an editor: routes are known where they stand, and the main job lands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from lsprotocol import types

import sample_projects
from editor import Editor

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", params=sample_projects.names())
async def sample(
    editor: Editor, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Path]:
    project = sample_projects.prepared(request.param, tmp_path)
    editor.forget()
    editor.add_folder(project)
    yield project
    editor.close_all()
    editor.remove_folder(project)


async def test_each_route_is_shown_where_its_handler_stands(editor: Editor, sample: Path) -> None:
    routes = await editor.wait_for_routes(10)
    for route in routes:
        path = sample / route["file"]
        document = next((it for it in editor.documents.values() if it.path == path), None)
        document = document or await editor.open(path)
        answer = await editor.client.text_document_hover_async(
            types.HoverParams(
                types.TextDocumentIdentifier(document.uri), types.Position(route["line"] - 1, 0)
            )
        )
        assert answer is not None, route
        assert isinstance(answer.contents, types.MarkupContent)
        assert f"`{route['method']} {route['path']}`" in answer.contents.value


async def test_the_main_job_lands_once(editor: Editor, sample: Path) -> None:
    routes = await editor.wait_for_routes(10)
    route = next(it for it in routes if it["method"] == "POST" and not it["rate_limit"])
    document = await editor.open(sample / route["file"])
    position = {"line": route["line"] - 1, "character": 0}
    arguments = {"recipe": "add-rate-limiting", "uri": document.uri, "position": position}
    report = await editor.command("backwright.run", arguments)
    assert report["status"] == "applied", report["summary"]
    assert len(editor.edits) == 1
    after = {
        (it["method"], it["path"]): it["rate_limit"] for it in await editor.wait_for_routes(10)
    }
    assert after[route["method"], route["path"]]
    limited = {key for key, rate in after.items() if rate}
    before = {(it["method"], it["path"]) for it in routes if it["rate_limit"]}
    assert limited - before == {(route["method"], route["path"])}
