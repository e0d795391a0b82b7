"""A recipe as the JSON that others script against; editors get the same as the command line."""

from __future__ import annotations

from backwright.recipes.recipe import Recipe
from backwright.recipes.registry import frameworks_of


def recipe_json(recipe: Recipe) -> dict[str, object]:
    return {
        "id": recipe.id,
        "title": recipe.title,
        "at": recipe.at,
        "summary": recipe.summary,
        "templates": frameworks_of(recipe),
        "inputs": [
            {"name": it.name, "ask": it.ask, "default": it.default, "required": it.required}
            for it in recipe.input
        ],
    }
