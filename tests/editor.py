"""An editor without a screen: drives a real server over its pipes, as a person's editor would.

    async with session("vscode_1.139", [project]) as editor:
        document = await editor.open(project / "app/main.py")
        actions = await editor.actions(document, "def create_item")

Capabilities are those that real editors sent. Edits that the server asks for are applied to the
open documents, and to files on disk where none is open, unless a test has `answer` say otherwise.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cattrs import Converter
from lsprotocol import converters, types
from pygls.protocol import default_converter
from pygls.uris import from_fs_path, to_fs_path
from pytest_lsp import LanguageClient
from pytest_lsp.client import register_lsp_features

CAPABILITIES = Path(__file__).with_name("lsp") / "capabilities"
_UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@dataclass
class Document:
    path: Path
    uri: str
    text: str
    version: int = 1


@dataclass
class Editor:
    """`edits` are the edits that were asked for; `answer` decides whether one is applied."""

    client: LanguageClient
    encoding: str = "utf-16"
    documents: dict[str, Document] = field(default_factory=dict)
    edits: list[types.ApplyWorkspaceEditParams] = field(default_factory=list)
    asked: list[types.ShowMessageRequestParams] = field(default_factory=list)
    backend_changes: int = 0
    answer: Callable[[types.ApplyWorkspaceEditParams], types.ApplyWorkspaceEditResult | None] = (
        lambda _: None
    )

    @property
    def messages(self) -> list[str]:
        return [it.message for it in self.client.messages]

    # Documents

    async def open(self, path: Path, text: str | None = None) -> Document:
        """Opens a file; with `text` it is one with changes that are not saved."""
        shown = path.read_bytes().decode("utf-8") if text is None else text
        document = Document(path, uri_of(path), shown)
        self.documents[document.uri] = document
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(
                types.TextDocumentItem(document.uri, _language(path), document.version, shown)
            )
        )
        return document

    def type(self, document: Document, before: str, text: str) -> None:
        """Types `text` right before the first place that says `before`."""
        at = self.position(document, before)
        self._change(document, types.Range(at, at), text)

    def close(self, document: Document) -> None:
        del self.documents[document.uri]
        self.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(document.uri))
        )

    def position(self, document: Document, words: str) -> types.Position:
        """Where `words` begin in the document, in the client's units."""
        at = document.text.index(words)
        line = document.text[:at].count("\n")
        return types.Position(line, self._units(document.text[:at].rpartition("\n")[2]))

    def _change(self, document: Document, place: types.Range, text: str) -> None:
        start, end = self._index(document, place.start), self._index(document, place.end)
        document.text = document.text[:start] + text + document.text[end:]
        document.version += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(document.version, document.uri),
                [types.TextDocumentContentChangePartial(place, text)],
            )
        )

    def _index(self, document: Document, position: types.Position) -> int:
        lines = document.text.split("\n")
        if position.line >= len(lines):
            return len(document.text)
        codec, width = _UNITS[self.encoding]
        before = lines[position.line].encode(codec)[: position.character * width].decode(codec)
        return sum(len(it) + 1 for it in lines[: position.line]) + len(before)

    def _units(self, text: str) -> int:
        codec, width = _UNITS[self.encoding]
        return len(text.encode(codec)) // width

    def close_all(self) -> None:
        for document in list(self.documents.values()):
            self.close(document)

    def forget(self) -> None:
        """Begins another test: nothing was said or asked for yet."""
        self.client.messages.clear()
        self.client.progress_reports.clear()
        self.edits.clear()
        self.asked.clear()
        self.answer = lambda _: None

    # Requests

    async def actions(
        self, document: Document, words: str, only: Sequence[str] | None = None
    ) -> list[types.CodeAction | types.Command]:
        at = self.position(document, words)
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(document.uri),
                types.Range(at, at),
                types.CodeActionContext([], only=only),
            )
        )
        return list(found or [])

    async def hover(self, document: Document, words: str) -> str:
        found = await self.client.text_document_hover_async(
            types.HoverParams(
                types.TextDocumentIdentifier(document.uri), self.position(document, words)
            )
        )
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value

    async def request(self, method: str, params: object = None) -> Any:
        """The answer to a request of our own, as JSON."""
        answer = await self.client.protocol.send_request_async(method, params)
        # pygls makes a named tuple of an object
        return answer._asdict() if hasattr(answer, "_asdict") else answer

    async def command(self, name: str, *arguments: object, token: str | None = None) -> Any:
        return await self.client.workspace_execute_command_async(
            types.ExecuteCommandParams(name, list(arguments), work_done_token=token)
        )

    async def run(self, recipe: str, document: Document, words: str, **more: object) -> Any:
        return await self.command("backwright.run", self.at(recipe, document, words, **more))

    def at(self, recipe: str, document: Document, words: str, **more: object) -> dict[str, object]:
        position = self.position(document, words)
        at = {"line": position.line, "character": position.character}
        return {"recipe": recipe, "uri": document.uri, "position": at, **more}

    async def routes(self) -> list[dict[str, Any]]:
        """The routes of all folders, once everything that was said is known."""
        return await self.command("backwright.map")

    async def wait_for_routes(self, count: int, seconds: float = 60) -> list[dict[str, Any]]:
        """The routes once there are so many: a large project takes longer than a request waits."""
        async with asyncio.timeout(seconds):
            while len(found := await self.routes()) < count:
                await asyncio.sleep(0.1)
        return found

    def add_folder(self, folder: Path) -> None:
        added = types.WorkspaceFolder(uri_of(folder), folder.name)
        self._change_folders(types.WorkspaceFoldersChangeEvent([added], []))

    def remove_folder(self, folder: Path) -> None:
        removed = types.WorkspaceFolder(uri_of(folder), folder.name)
        self._change_folders(types.WorkspaceFoldersChangeEvent([], [removed]))

    def _change_folders(self, event: types.WorkspaceFoldersChangeEvent) -> None:
        self.client.workspace_did_change_workspace_folders(
            types.DidChangeWorkspaceFoldersParams(event)
        )

    # What the server asks for

    def apply(self, params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        self.edits.append(params)
        if (answer := self.answer(params)) is not None:
            return answer
        for change in params.edit.document_changes or []:
            if isinstance(change, types.CreateFile):
                path = Path(str(to_fs_path(change.uri)))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(exist_ok=False)
                self.changed_on_disk(path)
            elif isinstance(change, types.TextDocumentEdit):
                self._apply_edits(change.text_document.uri, change.edits)
        for uri, edits in (params.edit.changes or {}).items():
            self._apply_edits(uri, edits)
        return types.ApplyWorkspaceEditResult(applied=True)

    def changed_on_disk(self, path: Path) -> None:
        event = types.FileEvent(uri_of(path), types.FileChangeType.Changed)
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))

    def _apply_edits(self, uri: str, edits: Sequence[Any]) -> None:
        document = self.documents.get(uri)
        if document is not None:
            for edit in sorted(edits, key=lambda it: _key(it.range), reverse=True):
                self._change(document, edit.range, edit.new_text)
            return
        path = Path(str(to_fs_path(uri)))
        closed = Document(path, uri, path.read_bytes().decode("utf-8"))
        for edit in sorted(edits, key=lambda it: _key(it.range), reverse=True):
            start, end = self._index(closed, edit.range.start), self._index(closed, edit.range.end)
            closed.text = closed.text[:start] + edit.new_text + closed.text[end:]
        path.write_bytes(closed.text.encode("utf-8"))
        self.changed_on_disk(path)


@asynccontextmanager
async def session(
    capabilities: str,
    folders: Sequence[Path] = (),
    *,
    options: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    change: Callable[[types.ClientCapabilities], None] = lambda _: None,
) -> AsyncIterator[Editor]:
    """A running server with the folders open; `change` takes away what a client can do."""
    client = LanguageClient(converter_factory=_converter)
    register_lsp_features(client)
    editor = Editor(client)

    @client.feature(types.WORKSPACE_APPLY_EDIT)
    def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        return editor.apply(params)

    @client.feature(types.WINDOW_SHOW_MESSAGE_REQUEST)
    def ask(params: types.ShowMessageRequestParams) -> types.MessageActionItem | None:
        editor.asked.append(params)
        return None

    @client.feature("backwright/backendChanged")
    def changed(*_: object) -> None:
        editor.backend_changes += 1

    @client.feature(types.WORKSPACE_CODE_LENS_REFRESH)
    @client.feature(types.WORKSPACE_INLAY_HINT_REFRESH)
    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def agree(*_: object) -> None:
        return None

    able = capabilities_of(capabilities)
    change(able)
    with tempfile.TemporaryDirectory(prefix="backwright-tests-") as home:
        await client.start_io(
            sys.executable, "-m", "backwright", "serve", env=_environment(home, environment or {})
        )
        begun = await client.initialize_session(
            types.InitializeParams(
                able,
                workspace_folders=[types.WorkspaceFolder(uri_of(it), it.name) for it in folders],
                initialization_options=options,
            )
        )
        editor.encoding = str(begun.capabilities.position_encoding or "utf-16")
        try:
            yield editor
        finally:
            await client.shutdown_session()
            await client.stop()


def capabilities_of(name: str) -> types.ClientCapabilities:
    captured = json.loads((CAPABILITIES / f"{name}.json").read_text("utf-8"))
    return converters.get_converter().structure(captured["capabilities"], types.ClientCapabilities)


def uri_of(path: Path) -> str:
    return str(from_fs_path(str(path)))


def _converter() -> Converter:
    """lsprotocol 2025.0.0 takes a code action that has a command for a command."""
    converter = default_converter()

    def either(given: Any, _: object) -> types.Command | types.CodeAction:
        kind = types.Command if isinstance(given["command"], str) else types.CodeAction
        return converter.structure(given, kind)

    converter.register_structure_hook(types.Command | types.CodeAction, either)
    return converter


def _environment(home: str, more: Mapping[str, str]) -> dict[str, str]:
    """Without this machine's settings for a model, and with user folders of its own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BACKWRIGHT_", "OPENAI_"))
    }
    state = {"XDG_STATE_HOME": f"{home}/state", "XDG_CACHE_HOME": f"{home}/cache"}
    return {**kept, **state, **more}


def _language(path: Path) -> str:
    return {".py": "python", ".ts": "typescript"}.get(path.suffix, "javascript")


def _key(place: types.Range) -> tuple[int, int]:
    return place.start.line, place.start.character
