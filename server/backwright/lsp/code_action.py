"""Code actions: the recipes that fit the facts at the cursor. Never parses, never asks a model."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

from backwright.lsp.commands import RUN
from backwright.lsp.session import Server

KIND = "refactor.backwright"


async def code_action(
    ls: Server, params: types.CodeActionParams
) -> list[types.CodeAction | types.Command]:
    file = await ls.file(params.text_document.uri)
    if file is None:
        return []
    actions: list[types.CodeAction | types.Command] = []
    for offer in file.offers(file.offset(params.range.start)):
        kind = f"{KIND}.{offer.recipe.id}"
        if not _asked_for(kind, params.context.only):
            continue
        arguments = {"recipe": offer.recipe.id, "uri": file.uri, "position": params.range.start}
        command = types.Command(offer.title, RUN, arguments=[arguments])
        if ls.client.action_literals:
            actions.append(types.CodeAction(offer.title, kind=kind, command=command))
        else:
            actions.append(command)
    return actions


def resolve(_: Server, action: types.CodeAction) -> types.CodeAction:
    """An action is complete as it is listed; VS Code resolves the one that is picked anyway."""
    return action


def _asked_for(kind: str, only: Sequence[str] | None) -> bool:
    return not only or any(not it or kind == it or kind.startswith(f"{it}.") for it in only)
