"""What a recipe is, as its `recipe.toml` says it."""

from __future__ import annotations

from typing import Literal

import msgspec

PlaceKind = Literal["endpoint", "function", "model", "project", "free"]
RouteFact = Literal["rate_limit", "tests", "guards", "validators"]
RouteFlaw = Literal["sql"]


class Input(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something a person may set: `--set NAME=VALUE`, or a question in the editor."""

    name: str
    ask: str
    default: str = ""
    required: bool = False
    """Without it, and without words that say it, the recipe refuses: so editors ask first."""


class Recipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One recipe.

    `at` says where it has its place. `missing` is the fact of a route whose absence makes the
    recipe worth offering and whose presence afterwards is its promise; `cures` is a flaw with which
    it is the other way round. `means` holds words and
    phrases by which a free request is recognised.
    """

    id: str
    title: str
    at: PlaceKind
    summary: str
    missing: RouteFact | None = None
    cures: RouteFlaw | None = None
    repeatable: bool = False
    """It is still offered where the fact is there already, such as more tests."""
    lists: bool = False
    """It is offered where a client may read many things: at a GET that names none of them."""
    reuses: RouteFact | None = None
    """It does as others that have this fact: where there are none it is not offered."""
    stored: bool = False
    """At a model: only where it is kept in a database."""
    security: bool = False
    """A person should look at what it writes: it is listed under `review`."""
    means: tuple[str, ...] = ()
    input: tuple[Input, ...] = ()
