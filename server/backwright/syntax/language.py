"""The languages that are known: what `grammars/<language>/language.toml` says of each."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path, PurePosixPath

import msgspec
from tree_sitter import Language as Grammar
from tree_sitter import Query


class Language(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language.

    `reader` names the module of `backwright.facts.reading` that reads its files; `wheel` and
    `function` say where the compiled grammar comes from.
    """

    name: str
    suffixes: tuple[str, ...]
    names: tuple[str, ...] = ()
    """Files that are of the language whatever their suffix."""
    wheel: str
    function: str = "language"
    reader: str
    fence: tuple[str, ...]
    comment: str
    indent: str = "    "
    interpreters: tuple[str, ...] = ()
    """What the first line of a file without a suffix names: `#!/usr/bin/env node`."""


def grammars_folder() -> Path:
    """The folder `grammars/`: inside the installed package, or beside `server/` in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_grammars"
    return inside if inside.is_dir() else package.parent.parent / "grammars"


@cache
def languages() -> dict[str, Language]:
    """Every language by name, from the folders that are there."""
    found = {}
    for file in sorted(grammars_folder().glob("*/language.toml")):
        language = msgspec.toml.decode(file.read_bytes(), type=Language)
        found[language.name] = language
    return found


@cache
def _by_suffix() -> dict[str, Language]:
    return {suffix: language for language in languages().values() for suffix in language.suffixes}


@cache
def _by_name() -> dict[str, Language]:
    return {name: language for language in languages().values() for name in language.names}


@cache
def _by_fence() -> dict[str, Language]:
    return {fence: language for language in languages().values() for fence in language.fence}


def language_of(path: str) -> Language | None:
    """The language of the file at `path`, by its suffix or name; None for one that is not read."""
    name = PurePosixPath(path).name
    return _by_name().get(name) or _by_suffix().get(PurePosixPath(path).suffix.lower())


def may_be_script(path: str) -> bool:
    """Whether the first line of the file may tell its language: it lies among programs and has no
    suffix, as `bin/www`."""
    file = PurePosixPath(path)
    return not file.suffix and file.parent.name in _OF_PROGRAMS and language_of(path) is None


_OF_PROGRAMS = frozenset({"bin", "script", "scripts"})
_INTERPRETER = re.compile(rb"#!\s*\S*?(?:/env\s+(?:-\S+\s+)*)?([\w.-]+)(?:\s|$)")


def language_of_script(source: bytes) -> Language | None:
    """The language of what the first line says that it is run with."""
    found = _INTERPRETER.match(source.split(b"\n", 1)[0])
    name = found[1].decode("ascii", "replace") if found is not None else ""
    return next((it for it in languages().values() if name in it.interpreters), None)


def language_of_fence(word: str) -> Language | None:
    """The language that a fenced block's first word names, such as `py` or `typescript`."""
    return _by_fence().get(word.lower())


@cache
def grammar(name: str) -> Grammar:
    language = languages()[name]
    return Grammar(getattr(import_module(language.wheel), language.function)())


@cache
def shapes(name: str) -> Query:
    """The compiled `shapes.scm` of the language: what can be addressed by a name."""
    text = (grammars_folder() / name / "shapes.scm").read_text("utf-8")
    return Query(grammar(name), text)
