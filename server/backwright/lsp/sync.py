"""Documents as they are opened, typed in, saved and closed, and files as they change on disk."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from backwright.lsp.configuration import section_of
from backwright.lsp.diagnostics import forget_gaps
from backwright.lsp.documents import path_of
from backwright.lsp.session import Server


def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    given = params.text_document
    document = ls.documents.open(given.uri, given.version, given.text)
    if document is None:
        return
    if ls.single_files and ls.folders.of(document.path) is None:
        around = Path(document.path).parent
        if around not in {Path.home(), Path(around.anchor)}:
            ls.open_folder(around, section_of(ls.options.settings))
    ls.folders.tell(document)


def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    given = params.text_document
    document = ls.documents.change(given.uri, given.version, params.content_changes)
    if document is not None:
        ls.folders.tell(document)


def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    document = ls.documents.close(params.text_document.uri)
    if document is not None:
        forget_gaps(ls, document)
        ls.folders.tell(document, closed=True)


def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    """Without watched files a save is the occasion to look at the disk."""
    if not ls.client.watches_files and (path := path_of(params.text_document.uri)):
        ls.folders.changed([path])


def did_change_watched_files(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    paths = [path for it in params.changes if (path := path_of(it.uri))]
    ls.folders.changed(paths)
    for path in paths:
        if Path(path).name == "backwright.toml":
            for folder in ls.folders:
                if folder.root == Path(path).parent:
                    ls.open_folder(folder.root, folder.section)
