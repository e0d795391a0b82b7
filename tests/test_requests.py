"""Requests in the words of people who did not see the rules find the recipe that serves them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from backwright.context.target import Target
from backwright.facts.backend import Backend, Stack
from backwright.recipes.fit import recipe_meant
from backwright.recipes.match import Meaning, meaning_of
from backwright.recipes.outcome import Refused, Situation
from backwright.recipes.registry import baseline, recipes

HERE = Path(__file__).with_name("requests")
OPEN = tomllib.loads((HERE / "open.toml").read_text("utf-8"))["request"]
LEAST = 0.95


def understood(text: str) -> str:
    """The recipe that a request is taken for; "refuse" where it is for none."""
    meant = meaning_of(text, Backend(), "", 0)
    if isinstance(meant, Meaning):
        return meant.recipe.id
    if "take something away" in meant.reason:
        return "refuse"
    recipe = recipe_meant(text)
    return "refuse" if isinstance(recipe, Refused) or recipe.at != "endpoint" else recipe.id


def refuses(recipe: str, text: str) -> bool:
    """Whether a recipe for projects says itself that it can't serve the request."""
    if recipes()[recipe].at != "project":
        return False
    empty = Situation(Target(), Backend(), Stack(app="", root=""), lambda _: None, text)
    return isinstance(baseline(recipes()[recipe], "", empty), Refused)


@pytest.mark.parametrize("recipe", sorted({it["recipe"] for it in OPEN} & recipes().keys()))
def test_requests_find_their_recipe(recipe: str) -> None:
    texts = [it["text"] for it in OPEN if it["recipe"] == recipe]
    missed = {text: found for text in texts if (found := understood(text)) != recipe}
    assert len(missed) <= (1 - LEAST) * len(texts) + 0.5, missed


def test_what_no_recipe_serves_is_refused() -> None:
    texts = [it["text"] for it in OPEN if it["recipe"] == "refuse"]
    taken = {it: found for it in texts if (found := understood(it)) != "refuse"}
    taken = {it: found for it, found in taken.items() if not refuses(found, it)}
    assert len(taken) <= 2, taken
