"""`backwright/backend`: all that is known of every folder, for views and pickers."""

from __future__ import annotations

from backwright.facts.listing import Row, job_json, model_json, route_json
from backwright.gaps.find import find_gaps
from backwright.gaps.rule import gap_json
from backwright.lsp.folder import Folder
from backwright.lsp.session import Server

METHOD = "backwright/backend"


async def backend(ls: Server, _: object) -> list[Row]:
    listed = []
    for folder in ls.folders:
        await ls.folders.caught_up(folder)
        listed.append(_row(folder))
    return listed


def _row(folder: Folder) -> Row:
    known = folder.backend
    return {
        "uri": folder.uri(""),
        "name": folder.root.name,
        "routes": [route_json(it) for it in known.routes],
        "models": [model_json(it) for it in known.models],
        "jobs": [job_json(it) for it in known.jobs],
        "gaps": [gap_json(it) for it in find_gaps(known)],
        "skipped": [{"file": path, "reason": why} for path, why in known.skipped.items()],
    }
