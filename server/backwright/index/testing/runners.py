"""Which functions declare tests in JavaScript, and which runner they belong to."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cache
from typing import Literal

from backwright.index.configs import Configs
from backwright.index.frameworks import Framework, frameworks

MODIFIERS = frozenset(
    {
        "only",
        "skip",
        "todo",
        "concurrent",
        "sequential",
        "serial",
        "parallel",
        "failing",
        "fails",
        "shuffle",
        "each",
        "for",
        "skipIf",
        "runIf",
        "if",
        "todoIf",
        "extend",
    }
)
MAKERS = frozenset({"each", "for", "skipIf", "runIf", "if", "todoIf", "extend"})
"""Modifiers that are called first, and then what they give declares."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What calling a function declares; the runner is "" for a global one, which any may offer."""

    kind: Literal["suite", "test", "hook"]
    runner: str
    modifiers: tuple[str, ...]

    @property
    def makes(self) -> bool:
        return bool(self.modifiers) and self.modifiers[-1] in MAKERS


@cache
def declaration(origin: str) -> Declaration | None:
    """What the function with this origin declares; None when it is no runner's."""
    modifiers: list[str] = []
    name = origin
    while True:
        found = _declaring().get(name)
        if found is not None:
            return Declaration(found[0], found[1], tuple(modifiers))
        name, _, last = name.rpartition(".")
        if not name or last.removesuffix("()") not in MODIFIERS:
            return None
        modifiers.insert(0, last.removesuffix("()"))


def runner_of(path: str, configs: Configs) -> str:
    """The runner whose globals the file uses, by the manifests above it: what the test command
    names, else what is installed."""
    folder = posixpath.dirname(path)
    while True:
        content = configs.json(posixpath.join(folder, "package.json"))
        scripts = content.get("scripts")
        commands = [
            str(command)
            for name, command in (scripts.items() if isinstance(scripts, dict) else ())
            if "test" in name
        ]
        installed = {
            package
            for key in ("dependencies", "devDependencies")
            if isinstance(packages := content.get(key), dict)
            for package in packages
        }
        for named in _runners():
            if any(word in command.split() for command in commands for word in named.packages):
                return _called(named)
        for named in _runners():
            if installed & set(named.packages) or f"@types/{named.name}" in installed:
                return _called(named)
        if any("--test" in command.split() for command in commands):
            return "node:test"
        if not folder:
            return ""
        folder = posixpath.dirname(folder)


def _called(framework: Framework) -> str:
    runner = framework.test_runner
    return (runner.called if runner is not None else "") or framework.name


@cache
def _runners() -> tuple[Framework, ...]:
    return tuple(it for it in frameworks() if it.test_runner is not None)


@cache
def _declaring() -> dict[str, tuple[Literal["suite", "test", "hook"], str]]:
    """Every origin of a declaring function, with what it declares and the runner's name."""
    found: dict[str, tuple[Literal["suite", "test", "hook"], str]] = {}
    for framework in _runners():
        runner = framework.test_runner
        if runner is None:
            continue
        modules = [(it.removeprefix("node:"), _called(framework)) for it in framework.imports]
        if runner.globals:
            modules.append(("builtins", ""))
        for module, called in modules:
            for name in runner.suites:
                found[f"{module}.{name}"] = ("suite", called)
            for name in runner.tests:
                found[f"{module}.{name}"] = ("test", called)
            for name in runner.hooks:
                found[f"{module}.{name}"] = ("hook", called)
            if runner.default:
                found[module] = (runner.default, called)
    return found
