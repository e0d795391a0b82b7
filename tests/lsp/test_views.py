"""The requests of our own, which views and pickers of any editor are made from."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from editor import Editor, session
from fake_endpoint import FakeEndpoint

pytestmark = pytest.mark.asyncio(loop_scope="module")

COMMAND_LINE = ("routes", "models", "jobs", "gaps")


def said(what: str, *arguments: str) -> Any:
    """What the command line says in JSON."""
    command = [sys.executable, "-m", "backwright", what, *arguments, "--json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


async def test_the_backend_is_what_the_command_line_says(editor: Editor, project: Path) -> None:
    [folder] = await editor.request("backwright/backend")
    assert folder["name"] == project.name
    assert folder["routes"]
    assert folder["gaps"]
    assert {key: folder[key] for key in COMMAND_LINE} == {
        key: said(key, str(project)) for key in COMMAND_LINE
    }


async def test_recipes_are_those_of_the_command_line(editor: Editor) -> None:
    assert await editor.request("backwright/recipes") == said("recipes")


async def test_the_status_names_the_model_and_no_key(items: Path) -> None:
    environment = {"BACKWRIGHT_BASE_URL": "http://127.0.0.1:1/v1", "BACKWRIGHT_API_KEY": "secret"}
    options = {"trusted": True}
    async with session("vscode_1.139", [items], options=options, environment=environment) as editor:
        status = await editor.request("backwright/status", {"uri": items.as_uri()})
    assert status["configured"]
    assert status["endpoint"] == "http://127.0.0.1:1/v1"
    assert status["trusted"]
    assert "secret" not in json.dumps(status)


async def test_parameters_of_another_shape_are_an_error(editor: Editor) -> None:
    with pytest.raises(JsonRpcException):
        await editor.request("backwright/status", {"uri": 1})


def without_own(able: types.ClientCapabilities) -> None:
    able.experimental = None


def with_own(able: types.ClientCapabilities) -> None:
    able.experimental = {"backwright": {"commandLinks": True, "backendChanged": True}}


@pytest.mark.parametrize("change", [with_own, without_own])
async def test_only_who_asked_hears_of_changes_and_gets_links(items: Path, change: Any) -> None:
    async with session("vscode_1.139", [items], change=change) as editor:
        document = await editor.open(items / "app/items.py")
        text = await editor.hover(document, "def read_item")
        editor.type(document, "@router.get", "@router.delete('/all')\ndef clear(): ...\n\n\n")
        async with asyncio.timeout(10):
            while len(await editor.routes()) < 3:
                await asyncio.sleep(0.05)
        heard = editor.backend_changes
    assert (heard > 0) == (change is with_own)
    assert ("command:backwright.run" in text) == (change is with_own)
    if change is with_own:
        _, _, link = text.partition("(command:backwright.run?")
        [argument] = json.loads(unquote(link.partition(")")[0]))
        assert argument["recipe"]
        assert argument["uri"] == document.uri


async def test_the_models_of_an_endpoint_or_why_there_are_none(items: Path) -> None:
    with FakeEndpoint() as endpoint:
        environment = {"BACKWRIGHT_BASE_URL": endpoint.base_url}
        options = {"trusted": True}
        more: Any = {"options": options, "environment": environment}
        async with session("vscode_1.139", [items], **more) as editor:
            listed = await editor.request("backwright/models")
        async with session("vscode_1.139", [items]) as editor:
            offline = await editor.request("backwright/models", {"uri": items.as_uri()})
    async with session("vscode_1.139", [items], **more) as editor:
        gone = await editor.request("backwright/models")
    assert listed == {"models": ["fake-model"], "fault": ""}
    assert offline == {"models": [], "fault": ""}
    assert gone["models"] == []
    assert "can't be reached" in gone["fault"]


async def test_diagrams_are_mermaid(editor: Editor, project: Path) -> None:
    drawn = await editor.request("backwright/diagram", {"uri": project.as_uri()})
    assert drawn["routes"].startswith("flowchart LR\n")
    assert '["GET /api/items/{item_id}"]' in drawn["routes"]
    assert drawn["entities"].startswith("erDiagram\n")
