"""`backwright/status`: which model answers, and whether folders are trusted."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import backwright
from backwright.lsp.commands import FolderArguments, parameters
from backwright.lsp.session import Server
from backwright.settings import Settings

METHOD = "backwright/status"
_PATIENCE = 5.0
"""Seconds after which the settings are those of the initialization."""


async def status(ls: Server, params: object) -> dict[str, object]:
    """Of the folder that holds `uri`; without one, of the first."""
    asked = parameters(params, FolderArguments)
    with suppress(TimeoutError):  # a client that does not tell its settings
        async with asyncio.timeout(_PATIENCE):
            await ls.configured.wait()
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
