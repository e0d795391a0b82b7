"""The words that are known: data of this folder, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from backwright.recipes.brief.brief import FieldType
from backwright.recipes.brief.names import plural

_HERE = Path(__file__).parent
_Groups = dict[str, str]


class _Fields(msgspec.Struct, frozen=True):
    types: dict[FieldType, str]
    names: dict[FieldType, str]
    last: dict[FieldType, str]
    first: dict[FieldType, str]
    traits: _Groups


class _Entities(msgspec.Struct, frozen=True):
    other: str
    fields: _Groups
    belongs: dict[str, list[str]]
    shared: _Groups
    domains: _Groups
    kept: _Groups
    roles: _Groups


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`words` are the closed classes, by the name of the class."""

    words: dict[str, frozenset[str]]
    types: dict[str, FieldType]
    names: dict[str, FieldType]
    last: dict[str, FieldType]
    first: dict[str, FieldType]
    traits: dict[str, frozenset[str]]
    sizes: dict[str, int]
    entities: dict[str, str]
    other: str
    belongs: dict[str, list[str]]
    shared: frozenset[str]
    domains: dict[str, tuple[str, ...]]
    kept: frozenset[str]
    roles: frozenset[str]
    people: tuple[str, ...]
    wishes: dict[str, dict[str, list[str]]]
    phrases: dict[tuple[str, ...], str]
    bounds: dict[str, list[str]]
    libraries: frozenset[str]
    things: frozenset[str]
    """The plurals of the entities that are known."""

    def is_a(self, word: str, *classes: str) -> bool:
        return any(word in self.words[it] for it in classes)


@cache
def lexicon() -> Lexicon:
    words = msgspec.toml.decode(_read("words"), type=_Groups)
    fields = msgspec.toml.decode(_read("fields"), type=_Fields)
    entities = msgspec.toml.decode(_read("entities"), type=_Entities)
    wishes = msgspec.toml.decode(_read("wishes"), type=dict[str, dict[str, list[str]]])
    return Lexicon(
        words={name: frozenset(group.split()) for name, group in words.items()},
        types=_by_word(fields.types),
        names=_by_word(fields.names),
        last=_by_word(fields.last),
        first=_by_word(fields.first),
        traits={k: frozenset(v.split()) for k, v in fields.traits.items() if k != "sizes"},
        sizes={k: int(v) for k, _, v in (it.partition("=") for it in _sizes(fields))},
        entities=entities.fields,
        other=entities.other,
        belongs=entities.belongs,
        shared=frozenset(entities.shared["names"].split()),
        domains={name: tuple(things.split()) for name, things in entities.domains.items()},
        kept=frozenset(entities.kept["names"].split()),
        roles=frozenset(entities.roles["names"].split()),
        people=tuple(entities.roles["people"].split()),
        wishes=wishes,
        libraries=frozenset(it for it in _single(wishes) if it not in words["kinds"].split()),
        things=frozenset(plural(it) for it in entities.fields),
        phrases=_phrases(),
        bounds=msgspec.toml.decode(_read("bounds"), type=dict[str, list[str]]),
    )


def _by_word(groups: dict[FieldType, str]) -> dict[str, FieldType]:
    return {word: name for name, group in groups.items() for word in group.split()}


def _single(wishes: dict[str, dict[str, list[str]]]) -> list[str]:
    return [
        word
        for kind, names in wishes.items()
        for words in names.values()
        for word in words
        if " " not in word and kind != "implied"
    ]


def _phrases() -> dict[tuple[str, ...], str]:
    letters = msgspec.toml.decode(_read("phrases"), type=dict[str, list[str]])
    return {tuple(it.split()): letter for letter, group in letters.items() for it in group}


def _sizes(fields: _Fields) -> list[str]:
    return fields.traits["sizes"].split()


def _read(name: str) -> bytes:
    return (_HERE / f"{name}.toml").read_bytes()
