"""`backwright serve`: puts the features together and listens."""

from __future__ import annotations

import logging
from typing import Any

from lsprotocol import types

from backwright.lsp import (
    backend,
    code_action,
    code_lens,
    commands,
    diagram,
    execute_command,
    hover,
    inlay_hint,
    lifecycle,
    model_names,
    recipe_list,
    status,
    sync,
    workspace_symbol,
)
from backwright.lsp.guard import Handler, guarded
from backwright.lsp.session import Server


def serve(address: tuple[str, int] | None = None) -> None:
    """Serves one editor, on standard input and output or at `address`."""
    # pygls logs each broken message and each cancelled request; editors show that as alarms.
    logging.getLogger("pygls").setLevel(logging.ERROR)
    server = made()
    if address is None:
        server.start_io()
    else:
        # pygls leaves a connection by an exception, of which asyncio would print every frame.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
        server.start_tcp(*address)


def made() -> Server:
    server = Server()
    for name, handler in _FEATURES.items():
        server.feature(name, _OPTIONS.get(name))(guarded(handler))
    for name, handler in _COMMANDS.items():
        server.command(name)(guarded(handler))
    return server


_FEATURES: dict[str, Handler] = {
    types.INITIALIZE: lifecycle.initialize,
    types.INITIALIZED: lifecycle.initialized,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: lifecycle.did_change_configuration,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: lifecycle.did_change_workspace_folders,
    types.TEXT_DOCUMENT_DID_OPEN: sync.did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: sync.did_change,
    types.TEXT_DOCUMENT_DID_CLOSE: sync.did_close,
    types.TEXT_DOCUMENT_DID_SAVE: sync.did_save,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: sync.did_change_watched_files,
    types.TEXT_DOCUMENT_CODE_ACTION: code_action.code_action,
    types.CODE_ACTION_RESOLVE: code_action.resolve,
    types.TEXT_DOCUMENT_HOVER: hover.hover,
    types.TEXT_DOCUMENT_CODE_LENS: code_lens.code_lens,
    types.TEXT_DOCUMENT_INLAY_HINT: inlay_hint.inlay_hint,
    types.WORKSPACE_SYMBOL: workspace_symbol.workspace_symbol,
    backend.METHOD: backend.backend,
    diagram.METHOD: diagram.diagram,
    model_names.METHOD: model_names.model_names,
    recipe_list.METHOD: recipe_list.recipe_list,
    status.METHOD: status.status,
}

_OPTIONS: dict[str, Any] = {
    types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions(
        code_action_kinds=[code_action.KIND, code_action.FIX, code_action.PROJECT_KIND],
        resolve_provider=True,
    ),
    types.TEXT_DOCUMENT_DID_SAVE: types.SaveOptions(include_text=False),
}

_COMMANDS: dict[str, Handler] = {
    commands.RUN: execute_command.run,
    commands.GENERATE: execute_command.generate,
    commands.REFINE: execute_command.refine,
    commands.SHOW_CONTEXT: execute_command.show_context,
    commands.MAP: execute_command.show_map,
}
