"""`backwright/diagram`: a folder's backend as Mermaid text, to be kept in its documentation."""

from __future__ import annotations

from backwright.facts.mermaid import entities, flowchart
from backwright.lsp.commands import FolderArguments, parameters
from backwright.lsp.session import Server

METHOD = "backwright/diagram"


async def diagram(ls: Server, params: object) -> dict[str, str]:
    """`routes`: a flow chart from routes to models and jobs; `entities`: the models."""
    asked = parameters(params, FolderArguments)
    folder = ls.folder_of(asked.uri) or next(iter(ls.folders), None)
    if folder is None:
        return {"routes": "", "entities": ""}
    await ls.folders.caught_up(folder)
    return {"routes": flowchart(folder.backend), "entities": entities(folder.backend)}
