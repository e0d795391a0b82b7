"""Workspace symbols: `GET /users/{id}` leads to its handler."""

from __future__ import annotations

from lsprotocol import types

from backwright.lsp.session import Server

_MOST = 500


async def workspace_symbol(
    ls: Server, params: types.WorkspaceSymbolParams
) -> list[types.WorkspaceSymbol]:
    """The routes that hold the letters of the query in its order, in any case."""
    found: list[types.WorkspaceSymbol] = []
    query = params.query.lower().replace(" ", "")
    for folder in ls.folders:
        await ls.folders.caught_up(folder)
        for route in folder.backend.routes:
            if len(found) < _MOST and _holds(f"{route.title} {route.handler}".lower(), query):
                start = types.Position(route.handler_place.line - 1, 0)
                place = types.Location(
                    folder.uri(route.handler_place.file), types.Range(start, start)
                )
                found.append(
                    types.WorkspaceSymbol(
                        place,
                        route.title,
                        types.SymbolKind.Method,
                        container_name=route.handler,
                    )
                )
    return found


def _holds(text: str, letters: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
