"""The extension's manifest: package.json, and what the server knows of recipes and settings.

Nothing of the server's is written down twice: a recipe that is added has its command, its place in
the menus of views, and a setting its description, with the next build.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from backwright.recipes.recipe import Recipe
from backwright.recipes.registry import recipes
from backwright.settings import Settings
from backwright.syntax.language import languages

_RECIPE = "backwright.recipe."
_RESTRICTED = ("backwright.model.", "backwright.verify.")
"""A folder that nobody trusts can't set them."""
_NOT_OF_THE_EDITOR = frozenset({"trusted", "apiKey"})
"""They come from the editor's trust and its secret storage."""
_OFFERED = "recipe"
_VIEWS = {
    "endpoint": "view == backwright.endpoints && viewItem =~ /^route/",
    "model": "view == backwright.models && viewItem =~ /^model/",
}
_IN_EDITOR = {"jsx": "javascriptreact", "tsx": "typescriptreact"}


def complete(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest with the parts that are the server's."""
    contributes = manifest["contributes"]
    menus = contributes["menus"]
    listed = list(recipes().values())
    known = sorted({_IN_EDITOR.get(it, it) for it in languages()} | {"javascriptreact"})
    settings = _settings(msgspec.json.schema(Settings))
    [configuration] = contributes["configuration"]
    untrusted = manifest["capabilities"]["untrustedWorkspaces"]
    return {
        **manifest,
        "activationEvents": [f"onLanguage:{it}" for it in known],
        "contributes": {
            **contributes,
            "commands": [*contributes["commands"], *map(_command, listed)],
            "menus": {
                **menus,
                "view/item/context": [*menus["view/item/context"], *_pointed(listed)],
            },
            "configuration": [
                {**configuration, "properties": {**settings, **configuration["properties"]}}
            ],
        },
        "capabilities": {
            **manifest["capabilities"],
            "untrustedWorkspaces": {
                **untrusted,
                "restrictedConfigurations": [it for it in settings if it.startswith(_RESTRICTED)],
            },
        },
    }


def _command(recipe: Recipe) -> dict[str, Any]:
    return {
        "command": f"{_RECIPE}{recipe.id}",
        "title": recipe.title,
        "category": "Backwright",
    }


def _pointed(listed: list[Recipe]) -> list[dict[str, Any]]:
    """The recipes at what a view shows, in the context menu of its items."""
    return [
        {"command": f"{_RECIPE}{it.id}", "when": _VIEWS[it.at], "group": f"{_OFFERED}@{number}"}
        for number, it in enumerate(listed, 1)
        if it.at in _VIEWS
    ]


def _settings(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of the editor, flat, as VS Code describes them."""
    definitions = schema["$defs"]
    found: dict[str, Any] = {}

    def walk(prefix: str, node: Mapping[str, Any]) -> None:
        for name, inner in node["properties"].items():
            if "$ref" in inner:
                walk(f"{prefix}{name}.", definitions[inner["$ref"].rpartition("/")[2]])
            elif "anyOf" in inner or "allOf" in inner:
                raise TypeError(f"{prefix}{name} has a type that no editor can show")
            elif prefix or name not in _NOT_OF_THE_EDITOR:
                found[f"backwright.{prefix}{name}"] = _setting(inner)

    walk("", definitions["Settings"])
    return found


def _setting(inner: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: inner[key] for key in ("type", "enum", "items", "default") if key in inner}
    if "enum" in kept:
        kept.setdefault("type", "string")
    if kept["type"] == "object":
        kept["additionalProperties"] = {"type": "string"}
    text = inner["description"]
    return {
        **kept,
        "scope": "resource",
        "markdownDescription": f"{text[0].upper()}{text[1:].rstrip('.')}.",
    }
