"""`backwright/status`: which model answers, and whether folders are trusted."""

from __future__ import annotations

import backwright
from backwright.lsp.commands import FolderArguments, parameters
from backwright.lsp.session import Server
from backwright.settings import Settings

METHOD = "backwright/status"


def status(ls: Server, params: object) -> dict[str, object]:
    """Of the folder that holds `uri`; without one, of the first."""
    asked = parameters(params, FolderArguments)
    folder = ls.folder_of(asked.uri) or next(iter(ls.folders), None)
    settings = folder.settings if folder is not None else Settings()
    return {
        "version": backwright.__version__,
        "configured": settings.model.configured,
        "provider": settings.model.provider,
        "model": settings.model.name,
        "endpoint": settings.model.base_url,
        "trusted": settings.trusted,
    }
