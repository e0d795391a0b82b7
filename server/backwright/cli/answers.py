"""The commands that tell what is known: routes, tests, stack, recipes, doctor."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import msgspec

import backwright
from backwright import trust as trusting
from backwright.cli import show as shown
from backwright.cli.opening import open_workspace, settings_of
from backwright.errors import UsageError
from backwright.facts.backend import Backend
from backwright.recipes.listing import recipe_json
from backwright.recipes.registry import frameworks_of, serves
from backwright.recipes.registry import recipes as all_recipes
from backwright.syntax.language import grammar, languages


@dataclass(frozen=True, slots=True)
class _List:
    as_json: Callable[[Backend], list[dict[str, object]]]
    as_text: Callable[[Backend], str]


LISTS = {
    "routes": _List(shown.routes_json, shown.routes_text),
    "models": _List(shown.models_json, shown.models_text),
    "jobs": _List(shown.jobs_json, shown.jobs_text),
    "tests": _List(shown.tests_json, shown.tests_text),
    "stack": _List(shown.stack_json, shown.stack_text),
}


def show(options: argparse.Namespace) -> int:
    what = LISTS[options.what]
    workspace = open_workspace(options.folder)
    backend = workspace.backend
    for path, reason in backend.skipped.items():
        print(f"backwright: skipped {path or 'the rest'}: {reason}", file=sys.stderr)
    if options.json:
        print(pretty(what.as_json(backend)))
    else:
        print(what.as_text(backend))
    return 0


def recipes(options: argparse.Namespace) -> int:
    found = list(all_recipes().values())
    if options.json:
        listed = [recipe_json(it) for it in found]
        print(pretty(listed))
        return 0
    width = max(len(it.id) for it in found)
    for recipe in found:
        every = "any project" if serves(recipe, "") else "with a model"
        offline = ", ".join(frameworks_of(recipe)) or every
        print(f"{recipe.id:<{width}}  {recipe.summary} ({offline})")
    return 0


def trust(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder")
    trusting.trust(folder)
    print(f"{folder.resolve()} is trusted: its tests may be run, as verify.runTests says")
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Says what works here; 0 unless a grammar fails or a setting can't be read."""
    print(f"backwright {backwright.__version__}, Python {sys.version.split()[0]}")
    for package in ("pygls", "tree-sitter", "openai"):
        print(f"{package} {version(package)}")
    for language in languages().values():
        grammar(language.name)
        print(f"grammar {language.name}: loads")
    settings = settings_of(options.folder)
    model = settings.model
    if not model.configured:
        print("model: none configured, built-in templates answer")
    else:
        name = model.name or "the endpoint's first"
        key = "with a key" if settings.api_key else "without a key"
        print(f"model: {name} at {model.base_url or 'the default endpoint'}, {key}")
    print(f"trust: {options.folder.resolve()} is {'' if settings.trusted else 'not '}trusted")
    if any(name.lower().endswith("_proxy") for name in os.environ):
        print("proxy: set in the environment; it is not used for an endpoint on this machine")
    return 0


def pretty(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
