"""The recipes that are there: a folder with a `recipe.toml` is one, and nothing lists them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec

from backwright.recipes.recipe import Recipe

if TYPE_CHECKING:
    from backwright.recipes.outcome import Outcome, Situation

    Baseline = Callable[[Situation], Outcome]

_HERE = Path(__file__).parent


@cache
def recipes() -> dict[str, Recipe]:
    """Every recipe by its id, in the order of their folders."""
    found = {}
    for file in sorted(_HERE.glob("*/recipe.toml")):
        recipe = msgspec.toml.decode(file.read_bytes(), type=Recipe)
        found[recipe.id] = recipe
    return found


def prompt_of(recipe: Recipe) -> str:
    """What a model is told to do: the recipe's `prompt.md`."""
    return (_folder(recipe) / "prompt.md").read_text("utf-8")


def frameworks_of(recipe: Recipe) -> list[str]:
    """The frameworks for which the recipe has templates of their own."""
    return sorted(file.parent.name for file in _folder(recipe).glob("*/baseline.py"))


def serves(recipe: Recipe, framework: str) -> bool:
    """Whether there are templates: the framework's own, or the recipe's for every project."""
    return _module(recipe, framework) is not None


def baseline(recipe: Recipe, framework: str, situation: Situation) -> Outcome:
    """What the recipe's templates for `framework` make of the situation; a missing one refuses."""
    # Imported here, since it brings the parser: who only lists recipes does without it.
    from backwright.recipes.outcome import Refused

    name = _module(recipe, framework)
    if name is None:
        served = ", ".join(frameworks_of(recipe)) or "none"
        return Refused(
            f"{recipe.title} has no built-in template for {framework or 'this project'}"
            f" (there are templates for {served}); configure a model to have it written"
        )
    return cast("Baseline", import_module(name).baseline)(situation)


def _module(recipe: Recipe, framework: str) -> str | None:
    folder = _folder(recipe)
    if framework and (folder / framework / "baseline.py").is_file():
        return f"backwright.recipes.{folder.name}.{framework}.baseline"
    if (folder / "baseline.py").is_file():
        return f"backwright.recipes.{folder.name}.baseline"
    return None


def _folder(recipe: Recipe) -> Path:
    return _HERE / recipe.id.replace("-", "_")
