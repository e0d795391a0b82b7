"""`backwright/models`: the models that a folder's endpoint lists, for someone to choose from."""

from __future__ import annotations

from backwright.errors import BackwrightError
from backwright.lsp.commands import FolderArguments, parameters
from backwright.lsp.session import Server
from backwright.workers.messages import Answered, Failed, Models

METHOD = "backwright/models"


async def model_names(ls: Server, params: object) -> dict[str, object]:
    """`models`, and in `fault` why there are none: one line, "" where no endpoint is configured."""
    asked = parameters(params, FolderArguments)
    folder = ls.folder_of(asked.uri) or next(iter(ls.folders), None)
    if folder is None:
        return {"models": [], "fault": "no folder is open"}

    def make(number: int) -> Models:
        return Models(number, folder.name)

    try:
        answer = await ls.folders.link.request(make, lambda _: None)
    except BackwrightError as fault:
        return {"models": [], "fault": str(fault)}
    match answer:
        case Answered():
            return {"models": answer.text.splitlines(), "fault": ""}
        case Failed():
            return {"models": [], "fault": answer.reason}
    raise TypeError(answer)
