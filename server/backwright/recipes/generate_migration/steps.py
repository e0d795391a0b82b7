"""What a migration shall do to the table of a model, read from the request."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backwright.facts.backend import Field as Declared
from backwright.facts.backend import Model
from backwright.recipes.brief.brief import Field
from backwright.recipes.brief.chunks import chunks
from backwright.recipes.brief.field_reading import field_of
from backwright.recipes.brief.names import plural, singular, snake
from backwright.recipes.brief.read import read
from backwright.recipes.brief.tokens import plain, sentences

_DROPS = re.compile(
    r"\b(?:drop(?:s|ping)?|remov(?:e|es|ing)|delet(?:e|es|ing)|get rid of"
    r"|(?:do not|don't|no longer)\s+need)\b([^.;\n]*)",
    re.IGNORECASE,
)
_INDEX = re.compile(
    r"\b(unique\s+)?(?:composite\s+)?(?:index|indexes|constraint)\s+(?:on|over|for|by)\s+([^.;\n]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Add:
    """A column; `declared` is how the model has it already, None where it hasn't."""

    field: Field
    declared: Declared | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    declared: Declared


@dataclass(frozen=True, slots=True)
class Index:
    fields: tuple[Declared, ...]
    unique: bool = False


Step = Add | Drop | Index


def steps_of(request: str, model: Model) -> list[Step]:
    """The steps that the request names, in the order in which they can be done."""
    text = plain(request)
    found: list[Step] = []
    indexes = [*_indexes(text, model)]
    text = _INDEX.sub(" ", text)
    dropped = [*_dropped(text, model)]
    text = _DROPS.sub(" ", text)
    known = {it.name for it in dropped}
    found += [it for it in _added(text, model) if it.field.name not in known]
    return [*found, *indexes, *(Drop(it) for it in dropped)]


def _dropped(text: str, model: Model) -> list[Declared]:
    found = []
    for match in _DROPS.finditer(text):
        found += _fields_in(match[1], model)
    return list({it.name: it for it in found if not it.primary_key}.values())


def _indexes(text: str, model: Model) -> list[Index]:
    found = []
    for match in _INDEX.finditer(text):
        fields = _fields_in(match[2], model)
        if fields:
            found.append(Index(tuple(fields), unique=bool(match[1])))
    return found


def _fields_in(text: str, model: Model) -> list[Declared]:
    """The fields of the model that a text names, in the order of the text."""
    said = f"_{snake(text)}_"
    places = [(said.find(f"_{snake(it.name)}_"), it) for it in model.fields]
    return [it for at, it in sorted(places, key=lambda pair: pair[0]) if at >= 0]


def _added(text: str, model: Model) -> list[Add]:
    one = singular(snake(model.name))
    spoken = f"(?:{one}|{plural(one)}|{re.escape(model.name)})".replace("_", "[ _]")
    match = re.search(
        rf"\badd(?:s|ing)?\s+(.+?)\s+(?:to|on|onto|in)\s+(?:the\s+|our\s+|each\s+)?{spoken}\b",
        text,
        re.IGNORECASE,
    )
    if match is not None:
        fields = _listed(match[1])
    else:
        entity = read(text).entity(one)
        fields = [it for it in entity.fields if not it.supposed] if entity else []
    by_name = {snake(it.name): it for it in model.fields}
    return [Add(it, by_name.get(it.name)) for it in fields]


def _listed(text: str) -> list[Field]:
    found = []
    for sentence in sentences(text):
        nouns = [it for it in chunks(sentence.tokens, is_inner=True) if it.letter == "N"]
        found += [field_of(it) for it in nouns]
    plain_names = {"column", "columns", "field", "fields", "migration", "nullable", "new"}
    return [it for it in found if it is not None and it.name not in plain_names]
