"""Where pygls 2.1 does not do what the protocol asks for.

- Commands run as part of their request, so that `$/cancelRequest` really cancels them, and see
  the request's `workDoneToken`.
- `shutdown` cancels what is running without failing over it.
- Documents are not kept twice; see `documents`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from typing import TYPE_CHECKING, Any, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol, lsp_method

if TYPE_CHECKING:
    from backwright.lsp.session import Server

    Command = Callable[[types.ExecuteCommandParams], Awaitable[object]]
    Steps = Generator[Any, Any, Any]


class Protocol(LanguageServerProtocol):
    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Steps:
        result = yield from super().lsp_initialize(params)
        if commands := result.capabilities.execute_command_provider:
            commands.work_done_progress = True
        return result

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(  # type: ignore[override]
        self, params: types.ExecuteCommandParams
    ) -> object:
        command = cast("Command | None", self.fm.commands.get(params.command))
        if command is None:
            raise JsonRpcInvalidParams(f"there is no command {params.command!r}")
        return await command(params)

    @lsp_method(types.SHUTDOWN)
    async def lsp_shutdown(self, *_: object) -> None:  # type: ignore[override]
        for number, future in list(self._request_futures.items()):
            if number != self.msg_id and not future.done():
                future.cancel()
        await cast("Server", self._server).stop()
        self._shutdown = True

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Steps:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Steps:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Steps:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None
