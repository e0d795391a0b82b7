"""Reads Gemfile and what stands beside it: an application's gems, databases and commands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from backwright.facts import code
from backwright.facts.code import Expr, FileFacts, Step
from backwright.index.configs import Configs
from backwright.index.constants import block_of
from backwright.index.stacks.declared import Declared, is_development

MANIFEST = "Gemfile"

_ADAPTER = re.compile(r"^\s*adapter:\s*[\"']?(\w+)", re.MULTILINE)
_URL = re.compile(r"\b(\w+)://")


def manifest_folder(path: str) -> str | None:
    """The folder that the Gemfile at `path` describes."""
    folder, name = posixpath.split(path)
    return folder if name == MANIFEST else None


def declared(folder: str, files: Mapping[str, FileFacts]) -> Declared:
    path = posixpath.join(folder, MANIFEST)
    facts = files.get(path)
    found = Declared(manifest=path if facts is not None else "")
    if facts is not None:
        _read(facts.steps, facts, found, dev=False)
    return found


def database_words(folder: str, configs: Configs) -> set[str]:
    """The adapters and the schemes of URLs in `config/database.yml`."""
    text = configs.texts.get(posixpath.join(folder, "config/database.yml"), "")
    return {*_ADAPTER.findall(text), *_URL.findall(text)}


def commands(
    folder: str, found: Declared, files: Mapping[str, FileFacts], configs: Configs
) -> tuple[str, str, str]:
    """The package manager, what runs the tests and what runs the linter."""
    return ("bundler", _test(folder, found, files, configs), _lint(folder, found, configs))


def _test(folder: str, found: Declared, files: Mapping[str, FileFacts], configs: Configs) -> str:
    specs = posixpath.join(folder, "spec") + "/"
    if found.has("rspec", "rspec-rails") or posixpath.join(folder, ".rspec") in configs.texts:
        return "bundle exec rspec"
    if not any(path.startswith(posixpath.join(folder, "test") + "/") for path in files):
        return "bundle exec rspec" if any(path.startswith(specs) for path in files) else ""
    return "bundle exec rails test" if found.has("rails", "railties") else "bundle exec rake test"


def _lint(folder: str, found: Declared, configs: Configs) -> str:
    if any(it.startswith("rubocop") for it in (*found.runtime, *found.dev)):
        return "bundle exec rubocop"
    if found.has("standard"):
        return "bundle exec standardrb"
    configured = posixpath.join(folder, ".rubocop.yml") in configs.texts
    return "bundle exec rubocop" if configured else ""


def _read(steps: list[Step], facts: FileFacts, found: Declared, *, dev: bool) -> None:
    for step in steps:
        if isinstance(step, code.Branch):
            _read(step.body, facts, found, dev=dev)
            _read(step.otherwise, facts, found, dev=dev)
        call = step.value if isinstance(step, code.Do | code.Return) else None
        if not isinstance(call, code.Call) or not isinstance(call.function, code.Name):
            continue
        given = [it.value for it in call.arguments if not it.name]
        options = {it.name: it.value for it in call.arguments if it.name}
        block = block_of(call)
        if call.function.name == "gem" and given and isinstance(given[0], code.Text):
            ranges = [it.value for it in given[1:] if isinstance(it, code.Text)]
            groups = _names(options.get("group", options.get("groups")))
            own = bool(groups) and all(is_development(it) for it in groups)
            found.add(given[0].value, ", ".join(ranges), dev=dev or own)
        elif block is not None:
            groups = [name for it in given for name in _names(it)]
            aside = call.function.name == "group" and all(is_development(it) for it in groups)
            _read(facts.functions[block].steps, facts, found, dev=dev or aside)


def _names(expr: Expr | None) -> list[str]:
    if isinstance(expr, code.Items):
        return [it.value for it in expr.values if isinstance(it, code.Text)]
    return [expr.value] if isinstance(expr, code.Text) else []
