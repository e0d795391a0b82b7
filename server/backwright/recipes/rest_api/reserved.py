"""Names that code can't use: a request that has one is refused in a line."""

from __future__ import annotations

import keyword
from functools import cache
from pathlib import Path

import msgspec

from backwright.recipes.outcome import Refused
from backwright.recipes.rest_api.resources import Api, every_name
from backwright.recipes.rest_api.spelling import camel

_TITLES = {"python": "Python", "typescript": "TypeScript", "javascript": "JavaScript"}


class _Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fields: frozenset[str]
    classes: frozenset[str]
    words: frozenset[str] = frozenset()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    python: _Names
    script: _Names


def with_free_classes(api: Api, language: str) -> Api:
    """Gives another name to the classes that the language or its libraries have one of."""
    taken = _names(language).classes
    for it in api.resources:
        if it.kind in taken:
            it.kind = f"{it.kind}Entry"
    return api


def refused_names(api: Api, language: str) -> Refused | None:
    """The first name that can't be used in the language; None when all can be."""
    for name, what in every_name(api):
        if _is_reserved(name, what, language):
            return Refused(
                f"`{name}` is a reserved name in {_TITLES.get(language, language)}; call the"
                f" {what} otherwise, such as `{name}_{'item' if what == 'entity' else 'value'}`"
            )
    return None


def _is_reserved(name: str, what: str, language: str) -> bool:
    if what != "entity" and name in _names(language).fields:
        return True
    if language == "python":
        return keyword.iskeyword(name)
    # A property may be called anything, a variable may not.
    return what == "entity" and camel(name) in _names(language).words


def _names(language: str) -> _Names:
    found = _file()
    return found.python if language == "python" else found.script


@cache
def _file() -> _File:
    return msgspec.toml.decode(Path(__file__).with_name("reserved.toml").read_bytes(), type=_File)
