"""Sessions: folders, trust, settings, encodings, what is loaded, and workers that die."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

import projects
from editor import Editor, session
from fake_endpoint import FakeEndpoint, fails

ONE = """\
    #- {name}.py
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/{name}")
    def {name}(): ...
"""
LIMIT = "add-rate-limiting"

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")


def one(folder: Path, name: str) -> Path:
    return projects.write(folder, ONE.replace("{name}", name))


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    with FakeEndpoint() as running:
        running.script(fails(401, "no"))
        yield running


async def paths(editor: Editor) -> list[str]:
    return sorted(it["path"] for it in await editor.routes())


async def test_each_file_belongs_to_its_innermost_folder(tmp_path: Path) -> None:
    outer, inner = one(tmp_path / "outer", "first"), one(tmp_path / "outer/inner", "second")
    other = one(tmp_path / "other", "third")
    async with session("vscode_1.139", [outer, inner]) as editor:
        document = await editor.open(inner / "second.py")
        report = await editor.run(LIMIT, document, "def second", apply=False)
        assert "second.py" in {it["path"] for it in report["files"]}
        editor.add_folder(other)
        assert "/third" in await paths(editor)
        editor.remove_folder(other)
        editor.remove_folder(inner)
        assert await paths(editor) == ["/first", "/second"]
        report = await editor.run(LIMIT, document, "def second", apply=False)
        assert "inner/second.py" in {it["path"] for it in report["files"]}


async def test_a_file_outside_of_every_folder_is_left_alone(tmp_path: Path) -> None:
    inside, outside = one(tmp_path / "inside", "first"), one(tmp_path / "outside", "second")
    async with session("vscode_1.139", [inside]) as editor:
        document = await editor.open(outside / "second.py")
        assert await editor.actions(document, "def second") == []
        assert await editor.hover(document, "def second") == ""
        assert await paths(editor) == ["/first"]


async def test_a_file_without_a_folder_brings_its_own(tmp_path: Path) -> None:
    folder = one(tmp_path / "alone", "first")
    async with session("vscode_1.139") as editor:
        document = await editor.open(folder / "first.py")
        assert "GET /first" in await editor.hover(document, "def first")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_columns_are_counted_as_agreed(items: Path, encoding: str) -> None:
    def only(able: types.ClientCapabilities) -> None:
        able.general = types.GeneralClientCapabilities(position_encodings=[encoding])

    text = (items / "app/items.py").read_text()
    text = text.replace('@router.post("",', '@router.post("/é😀",')
    text = text.replace("def create_item(name: str", 'def create_item(name: str = "😀é😀"')
    async with session("vscode_1.139", [items], change=only) as editor:
        assert editor.encoding == encoding
        document = await editor.open(items / "app/items.py", text)
        assert "POST /api/items/é😀" in await editor.hover(document, ", status_code=201")
        editor.type(document, ", user: str = Depends", ", more: int = 1")
        await editor.routes()
        assert "more: int" in await editor.hover(document, "create_item")
        report = await editor.run(LIMIT, document, "create_item")
        assert report["status"] == "applied", report["summary"]
        assert 'name: str = "😀é😀", more: int = 1, user: str' in " ".join(
            document.text.replace("\n", " ").split()
        )
        compile(document.text, "items.py", "exec")


@pytest.mark.parametrize(
    ("options", "asks"), [({"trusted": True}, True), ({"trusted": False}, False), (None, False)]
)
async def test_tests_are_run_only_where_it_is_trusted_and_allowed(
    items: Path, options: dict[str, object] | None, asks: bool
) -> None:
    async with session("vscode_1.139", [items], options=options) as editor:
        document = await editor.open(items / "app/items.py")
        report = await editor.run("generate-tests", document, "def read_item")
        assert bool(editor.asked) is asks
        (tests,) = [it for it in report["checks"] if it["name"] == "tests"]
        assert tests["status"] == "skipped"
        assert ("not trusted" in tests["detail"]) is not asks


async def test_an_untrusted_folder_names_no_endpoint(items: Path, endpoint: FakeEndpoint) -> None:
    (items / "backwright.toml").write_text(f'[model]\nbaseUrl = "{endpoint.base_url}"\n')
    for trusted, provider in ((False, "offline"), (True, "openai")):
        async with session("vscode_1.139", [items], options={"trusted": trusted}) as editor:
            document = await editor.open(items / "app/items.py")
            report = await editor.run(LIMIT, document, "def read_item", apply=False)
            assert report["provider"] == provider
            assert bool(endpoint.requests) is trusted


async def test_settings_of_the_editor_hold(items: Path, endpoint: FakeEndpoint) -> None:
    model = {"provider": "openai", "baseUrl": endpoint.base_url}
    options = {"settings": {"model": model, "trace": {"server": "off"}}}
    async with session("vscode_1.139", [items], options=options) as editor:
        document = await editor.open(items / "app/items.py")
        report = await editor.run(LIMIT, document, "def read_item", apply=False)
        assert report["provider"] == "openai"
        editor.client.set_configuration({"model": {"provider": "offline"}}, section="backwright")
        editor.client.workspace_did_change_configuration(
            types.DidChangeConfigurationParams(settings=None)
        )
        await editor.routes()
        report = await editor.run(LIMIT, document, "def read_item", apply=False)
        assert report["provider"] == "offline"


async def test_settings_that_can_not_be_used_are_told_once(items: Path) -> None:
    options = {"settings": {"model": {"nmae": "typo"}}}
    async with session("vscode_1.139", [items], options=options) as editor:
        assert len(await editor.routes()) == 2
        (message,) = editor.messages
        assert "nmae" in message


@needs_proc
async def test_a_worker_that_dies_is_replaced(items: Path) -> None:
    async with session("vscode_1.139", [items]) as editor:
        document = await editor.open(items / "app/items.py")
        editor.type(document, "@router.post", '@router.put("/typed")\ndef typed(): ...\n\n\n')
        assert len(await editor.routes()) == 3
        os.kill(worker_of(editor), signal.SIGKILL)
        await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams(""))
        report = await editor.run(LIMIT, document, "def create_item")
        assert report["status"] == "applied"
        assert len(await editor.routes()) == 3


@needs_proc
async def test_the_worker_ends_with_the_server(items: Path) -> None:
    async with session("vscode_1.139", [items]) as editor:
        await editor.routes()
        worker = worker_of(editor)
        assert is_running(worker)
    async with asyncio.timeout(5):
        while is_running(worker):
            await asyncio.sleep(0.02)


def worker_of(editor: Editor) -> int:
    """The server's only child that is a worker."""
    server = editor.client._server
    assert server is not None
    children = Path(f"/proc/{server.pid}/task").glob("*/children")
    pids = [int(it) for child in children for it in child.read_text().split()]
    (worker,) = [it for it in pids if b"backwright.workers" in command_of(it)]
    return worker


def command_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@needs_proc
async def test_the_key_is_on_no_command_line(items: Path) -> None:
    environment = {"BACKWRIGHT_API_KEY": "sk-of-tests"}
    async with session("vscode_1.139", [items], environment=environment) as editor:
        await editor.routes()
        assert b"sk-of-tests" not in command_of(worker_of(editor))
