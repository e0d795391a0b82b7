"""Start of a session: what the client can do, which folders are open, with which settings."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import msgspec
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from backwright.lsp.client import Client
from backwright.lsp.configuration import SECTION, Options, options_of, section_of
from backwright.lsp.documents import path_of
from backwright.lsp.session import Server

_log = logging.getLogger(__name__)


def initialize(ls: Server, params: types.InitializeParams) -> None:
    ls.client = Client.of(params.capabilities)
    ls.documents.encoding = ls.workspace.position_encoding or types.PositionEncodingKind.Utf16
    try:
        ls.options = options_of(params.initialization_options)
    except msgspec.ValidationError as fault:
        ls.options = Options()
        ls.tell(types.MessageType.Error, f"initializationOptions: {fault}")
    roots = _roots(params)
    ls.single_files = not roots
    for root in roots:
        ls.open_folder(root, section_of(ls.options.settings))


async def initialized(ls: Server, _: types.InitializedParams) -> None:
    ls.start_worker()
    if ls.client.configuration and ls.client.registers_configuration:
        method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
        options = types.DidChangeConfigurationRegistrationOptions(section=SECTION)
        wanted = types.Registration("backwright-settings", method, options)
        ls.client_register_capability(types.RegistrationParams([wanted]))
    try:
        await pull_configuration(ls)
    finally:
        ls.configured.set()


async def did_change_configuration(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    if ls.client.configuration:
        await pull_configuration(ls)
        return
    for folder in ls.folders:
        ls.open_folder(folder.root, section_of(params.settings))


async def pull_configuration(ls: Server) -> None:
    """Asks for the settings of each folder; they lie over those of the initialization options."""
    folders = list(ls.folders)
    if not ls.client.configuration or not folders:
        return
    items = [types.ConfigurationItem(it.uri(""), SECTION) for it in folders]
    try:
        answers = await ls.workspace_configuration_async(types.ConfigurationParams(items))
    except JsonRpcException as fault:
        _log.warning("the client gave no configuration: %s", fault)
        return
    for folder, answer in zip(folders, answers, strict=False):
        section = {**section_of(ls.options.settings), **section_of(answer)}
        if section != folder.section:
            ls.open_folder(folder.root, section)


def did_change_workspace_folders(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    for folder in params.event.removed:
        if path := path_of(folder.uri):
            ls.folders.close(Path(path))
    for folder in params.event.added:
        if path := path_of(folder.uri):
            ls.open_folder(Path(path), section_of(ls.options.settings))


def _roots(params: types.InitializeParams) -> list[Path]:
    uris: list[Any] = [it.uri for it in params.workspace_folders or []]
    if not uris and params.root_uri:
        uris = [params.root_uri]
    paths = [path_of(uri) for uri in uris]
    if not uris and params.root_path:
        paths = [params.root_path]
    return [Path(path) for path in paths if path]
