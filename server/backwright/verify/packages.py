"""The packages that a change needs: which there are, and which the manifest still lacks."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from backwright.facts.backend import Stack
from backwright.index.frameworks import frameworks


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str = ""
    requires: str = ""
    development: bool = False
    comes_with: tuple[str, ...] = ()
    """Packages that bring it, so that who has one of them need not name it."""
    types: str = ""
    """The package with its types, for TypeScript, where it has none itself."""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`packages.toml`: packages by language and module, and the modules that Node itself has."""

    node: tuple[str, ...]
    python: dict[str, _Entry]
    javascript: dict[str, _Entry]

    def of(self, language: str) -> dict[str, _Entry]:
        return self.python if language == "python" else self.javascript


@dataclass(frozen=True, slots=True)
class Package:
    """A package as a manifest names it; `requires` is the range of versions to start from."""

    name: str
    requires: str
    development: bool


def distribution(module: str, language: str) -> str | None:
    """The name of the package that an external module belongs to; None for the language's own."""
    if language == "python":
        top = module.split(".")[0]
        if top in sys.stdlib_module_names:
            return None
        entry = _entries().of(language).get(top)
        return entry.name if entry is not None and entry.name else _of_framework(top) or top
    if module.startswith("node:") or module.split("/")[0] in _entries().node:
        return None
    return "/".join(module.split("/")[: 2 if module.startswith("@") else 1])


def known(module: str, language: str) -> Package | None:
    """The package of `module` when it is one of the field's own; None when it is not known here."""
    name = distribution(module, language)
    top = module.split(".")[0] if language == "python" else name
    entry = _entries().of(language).get(top or "")
    if name is None or (entry is None and not _of_framework(module.split(".")[0])):
        return None
    entry = entry or _Entry()
    return Package(name, entry.requires, entry.development)


def types_of(name: str) -> Package | None:
    """The package with the types of a package of JavaScript; None where it needs none."""
    entry = _entries().javascript.get(name)
    if entry is None or not entry.types:
        return None
    return Package(entry.types, entry.requires, development=True)


def declared(name: str, stack: Stack) -> bool:
    """Whether the application's manifest names the package, for running or for development."""
    return normal(name) in {normal(it) for it in {**stack.dependencies, **stack.dev_dependencies}}


def comes_along(module: str, language: str, stack: Stack) -> bool:
    """Whether a package that the manifest names brings the module's own."""
    entry = _entries().of(language).get(module.split(".")[0])
    return entry is not None and any(declared(it, stack) for it in entry.comes_with)


def normal(name: str) -> str:
    """A package's name in the form in which names are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def _entries() -> _File:
    file = Path(__file__).with_name("packages.toml")
    return msgspec.toml.decode(file.read_bytes(), type=_File)


@cache
def _frameworks() -> dict[str, str]:
    """Names in manifests by the module, for frameworks whose two lists name the same things."""
    found = {}
    for framework in frameworks():
        names = {normal(name): name for name in framework.packages}
        for module in framework.imports:
            if (name := names.get(normal(module))) is not None:
                found[module] = name
    return found


def _of_framework(module: str) -> str:
    return _frameworks().get(module, "")
