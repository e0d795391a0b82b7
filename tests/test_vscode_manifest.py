"""The extension's manifest says what the server knows: its version, recipes and settings."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import backwright
from backwright.recipes.registry import recipes

ROOT = Path(__file__).resolve().parents[1]
CLIENT = ROOT / "vscode-client"


def built() -> Any:
    """What build.py writes beside the bundle."""
    spec = importlib.util.spec_from_file_location("manifest", CLIENT / "manifest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = module.complete(json.loads((CLIENT / "package.json").read_text("utf-8")))
    return json.loads(json.dumps(written))


MANIFEST = built()


def test_there_is_one_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert newest is not None
    assert MANIFEST["version"] == backwright.__version__ == newest[1]
    lock = json.loads((CLIENT / "package-lock.json").read_text("utf-8"))
    assert lock["version"] == lock["packages"][""]["version"] == backwright.__version__


def test_every_recipe_has_a_command() -> None:
    commands = {it["command"]: it["title"] for it in MANIFEST["contributes"]["commands"]}
    assert {
        name.removeprefix("backwright.recipe."): title
        for name, title in commands.items()
        if name.startswith("backwright.recipe.")
    } == {it.id: it.title for it in recipes().values()}


def test_no_recipe_and_no_setting_of_the_server_is_written_by_hand() -> None:
    by_hand = json.loads((CLIENT / "package.json").read_text("utf-8"))["contributes"]
    parts = [by_hand["commands"], by_hand["menus"], by_hand["configuration"]]
    assert "backwright.recipe." not in json.dumps(parts)
    assert "backwright.model." not in json.dumps(parts)


def test_every_command_that_is_mentioned_is_there() -> None:
    known = {it["command"] for it in MANIFEST["contributes"]["commands"]}
    views = {f"{it['id']}.focus" for it in MANIFEST["contributes"]["views"]["backwright"]}
    mentioned = set(re.findall(r"command:(backwright\.[\w.-]+)", json.dumps(MANIFEST)))
    menus = [it["command"] for menu in MANIFEST["contributes"]["menus"].values() for it in menu]
    assert mentioned
    assert mentioned | set(menus) <= known | views


def test_what_names_an_endpoint_is_restricted_in_an_untrusted_folder() -> None:
    properties = MANIFEST["contributes"]["configuration"][0]["properties"]
    restricted = set(MANIFEST["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"])
    for name, setting in properties.items():
        if name.startswith(("backwright.model.", "backwright.verify.")):
            assert name in restricted
        if name.startswith("backwright.server."):  # a program: no folder may name one
            assert setting["scope"] == "machine"


def test_the_page_of_settings_says_the_same() -> None:
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([\w.]+)` \|[^|]*\| (.*) \|$", page, re.MULTILINE))
    properties = MANIFEST["contributes"]["configuration"][0]["properties"]
    ours = {
        name.removeprefix("backwright."): it["markdownDescription"]
        for name, it in properties.items()
        if not name.startswith(("backwright.server.", "backwright.trace."))
    }
    assert {name: it.rstrip(".").lower() for name, it in rows.items()} == {
        name: it.rstrip(".").lower() for name, it in ours.items()
    }
