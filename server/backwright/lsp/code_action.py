"""Code actions: the recipes that fit the facts at the cursor. Never parses, never asks a model.

Recipes at the place have kinds below `refactor.backwright`, and as answers to a diagnostic also
`quickfix`. Recipes for the whole project are below `source.backwright`, and only for who asks for
sources: they have nothing to do with the cursor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from backwright.gaps.find import rules
from backwright.lsp.commands import RUN
from backwright.lsp.diagnostics import SOURCE
from backwright.lsp.file import File
from backwright.lsp.session import Server
from backwright.recipes.registry import recipes, serves

KIND = "refactor.backwright"
PROJECT_KIND = "source.backwright"
FIX = types.CodeActionKind.QuickFix.value


async def code_action(
    ls: Server, params: types.CodeActionParams
) -> list[types.CodeAction | types.Command]:
    file = await ls.file(params.text_document.uri)
    if file is None:
        return []
    only = params.context.only
    actions = [
        *_fixes(file, params.context.diagnostics),
        *_refactorings(file, params.range.start),
        *(_of_project(file) if any(it.startswith("source") for it in only or ()) else ()),
    ]
    asked = [it for it in actions if _asked_for(str(it.kind), only)]
    if ls.client.action_literals:
        return [*asked]
    return [it.command for it in asked if it.command is not None]


def resolve(_: Server, action: types.CodeAction) -> types.CodeAction:
    """An action is complete as it is listed; VS Code resolves the one that is picked anyway."""
    return action


def _refactorings(file: File, at: types.Position) -> Iterator[types.CodeAction]:
    for offer in file.offers(file.offset(at)):
        kind = f"{KIND}.{offer.recipe.id}"
        yield _action(offer.title, kind, _run(file, offer.recipe.id, at))


def _fixes(file: File, diagnostics: Sequence[types.Diagnostic]) -> Iterator[types.CodeAction]:
    """What sees to our own diagnostics, where its recipe is offered there."""
    cures = {rule.id: rule.recipe for rule in rules()}
    for diagnostic in diagnostics:
        if diagnostic.source != SOURCE:
            continue
        at = diagnostic.range.start
        for offer in file.offers(file.offset(at)):
            if offer.recipe.id == cures.get(str(diagnostic.code)):
                action = _action(offer.title, FIX, _run(file, offer.recipe.id, at))
                action.diagnostics, action.is_preferred = [diagnostic], True
                yield action


def _of_project(file: File) -> Iterator[types.CodeAction]:
    with_model = file.folder.settings.model.configured
    for recipe in recipes().values():
        if recipe.at == "project" and (with_model or serves(recipe, "")):
            at = types.Position(0, 0)
            yield _action(recipe.title, f"{PROJECT_KIND}.{recipe.id}", _run(file, recipe.id, at))


def _run(file: File, recipe: str, at: types.Position) -> dict[str, object]:
    return {"recipe": recipe, "uri": file.uri, "position": at}


def _action(title: str, kind: str, arguments: dict[str, object]) -> types.CodeAction:
    return types.CodeAction(
        title, kind=kind, command=types.Command(title, RUN, arguments=[arguments])
    )


def _asked_for(kind: str, only: Sequence[str] | None) -> bool:
    return not only or any(not it or kind == it or kind.startswith(f"{it}.") for it in only)
