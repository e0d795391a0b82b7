"""`backwright/recipes`: all that can be run, as `backwright recipes --json` lists it."""

from __future__ import annotations

from backwright.lsp.session import Server
from backwright.recipes.listing import recipe_json
from backwright.recipes.registry import recipes

METHOD = "backwright/recipes"


def recipe_list(_: Server, __: object) -> list[dict[str, object]]:
    return [recipe_json(it) for it in recipes().values()]
