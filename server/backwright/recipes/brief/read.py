"""Reads a brief out of a request, by rules over the words in this folder's lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from backwright.facts.backend import Backend
from backwright.recipes.brief.brief import Brief, Entity, Field, Relation
from backwright.recipes.brief.chunks import Chunk, chunks
from backwright.recipes.brief.field_reading import field_of, fields_of, is_field_name
from backwright.recipes.brief.lexicon import lexicon
from backwright.recipes.brief.mentions import (
    Run,
    has_list,
    is_whole,
    mentions,
    runs,
    subject_of,
    tells_fields,
)
from backwright.recipes.brief.names import plural, singular
from backwright.recipes.brief.present import present_entity
from backwright.recipes.brief.relations import implied, on_delete, referred, related
from backwright.recipes.brief.tokens import Sentence, plain, sentences
from backwright.recipes.brief.unread import unread_clauses
from backwright.recipes.brief.wishes import wishes_of

_NEGATED = re.compile(
    r"\b(?:do(?:es)?\s+not|don'?t|doesn'?t|never|without|no\s+need\s+(?:for|to)|except(?:\s+for)?"
    r"|instead\s+of|rather\s+than|leave\s+out|skip|not(?!\s+null))\b[^,.;:()\n]*"
    r"|(?<=[,;.] )no\s(?!more|longer|less)[^,.;:()\n]*|^no\s[^,.;:()\n]*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Reading:
    """What is known so far; entities by name."""

    names: list[str]
    fields: dict[str, dict[str, Field]] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    used: list[tuple[int, int]] = field(default_factory=list)

    def add_field(self, entity: str, it: Field) -> None:
        self.fields.setdefault(entity, {}).setdefault(it.name, it)

    def relate(self, it: Relation) -> None:
        held = [other for other in self.relations if other.source == it.source]
        owned = any(other.kind != "many-to-many" for other in held)
        it = msgspec.structs.replace(it, on_delete=on_delete(it, is_first=not owned))
        if not any(_same(it, other) for other in self.relations):
            self.relations.append(it)


def read(request: str, backend: Backend | None = None) -> Brief:
    """What a request describes.

    Entities of the project's own models, where `backend` knows them, have their real fields.
    """
    wanted, refused = without_negated(plain(request))
    lines = _lines(wanted)
    reading = Reading(list(_named(lines)))
    if not reading.names:
        reading.names = [it for it in _domain_things(lines) if it not in refused]
    _take_subjects(lines, reading.names)
    for line in lines:
        _define(line.chunks, line.subject, reading)
        related(line.chunks, reading.names, reading.relate, line.subject or line.about)
    implied(reading.names, reading.relations, reading.relate)
    entities = tuple(_entity(name, reading, backend, refused) for name in reading.names)
    return Brief(
        entities=entities,
        relations=tuple(_kept(reading.relations, entities)),
        wishes=wishes_of(wanted),
        unread=unread_clauses(wanted, entities),
    )


def without_negated(request: str) -> tuple[str, frozenset[str]]:
    """The request without what it says shall not be, in its place blanks; and those names."""
    refused = {
        it.name if not it.is_many else it.one
        for match in _NEGATED.finditer(request)
        for sentence in sentences(match[0])
        for it in chunks(sentence.tokens)
        if it.letter == "N"
    }
    return _NEGATED.sub(lambda it: " " * len(it[0]), request), frozenset(refused)


@dataclass(slots=True)
class _Line:
    """`subject` is the entity that the heading above tells of; `listed` an item of `Tables:`."""

    chunks: list[Chunk]
    subject: str = ""
    listed: bool = False
    about: str = ""
    """What the sentence begins with, or the one before it."""


def _lines(request: str) -> list[_Line]:
    """The sentences as chunks, each below its heading."""
    found: list[_Line] = []
    heading: tuple[int, str, bool] | None = None
    parents: list[tuple[int, str]] = []
    for sentence in sentences(request):
        line = chunks(sentence.tokens)
        if not line:
            continue
        if sentence.depth < 0:
            heading, parents = _heading(sentence, line), []
            found.append(_Line(line, listed=False))
            continue
        while parents and parents[-1][0] >= sentence.depth:
            parents.pop()
        subject = parents[-1][1] if parents else (heading[1] if heading else "")
        listed = not subject
        found.append(_Line(line, subject, listed))
        first = line[0]
        if first.letter == "N" and listed:
            parents.append((sentence.depth, subject_of(first)))
    return found


def _heading(sentence: Sentence, line: list[Chunk]) -> tuple[int, str, bool] | None:
    if not sentence.is_heading:
        return None
    nouns = [it for it in line if it.letter == "N"]
    is_of_one = len(nouns) == 1 or (len(line) > 1 and line[-2].letter == "H")
    return 0, subject_of(nouns[-1]) if nouns and is_of_one else "", True


def _take_subjects(lines: list[_Line], names: Sequence[str]) -> None:
    """A sentence that is but a list tells of what the sentence before it named last."""
    last = ""
    for line in lines:
        nouns = [it for it in line.chunks if it.letter == "N"]
        named = [it for it in map(subject_of, nouns) if it in names]
        is_list = all(it.letter in "N,Z" for it in line.chunks) and len(nouns) > 1
        tells = not any(subject_of(it) in names and it.is_many for it in nouns)
        if is_list and tells and last and not line.subject and not line.listed:
            line.subject = last
        first = next((it for it in line.chunks if it.letter not in "PVI,"), None)
        is_named = first is not None and bool(nouns) and first is nouns[0] and bool(named)
        is_named = is_named and subject_of(nouns[0]) == named[0]
        line.about = subject_of(nouns[0]) if is_named else last
        last = line.about if line.about and not is_list else (named[-1] if named else last)


def _named(lines: list[_Line]) -> dict[str, int]:
    found = mentions([it.chunks for it in lines], lambda at: lines[at].listed)
    for line in lines:
        if line.subject and line.chunks:
            found.setdefault(line.subject, line.chunks[0].start - 1)
    return dict(sorted(found.items(), key=lambda it: it[1]))


def _domain_things(lines: list[_Line]) -> list[str]:
    """What an application of the kind that is named usually keeps; else its own name."""
    known = lexicon()
    nouns = [it for line in lines for it in line.chunks if it.letter == "N"]
    for chunk in nouns:
        for word in (chunk.name.replace("_", "-"), *(it.lower() for it in chunk.words)):
            if singular(word) in known.domains:
                return list(known.domains[singular(word)])
    for chunk in nouns:
        if is_whole(chunk) and (name := subject_of(chunk)):
            return [name]
    return next(([it] for chunk in nouns if (it := subject_of(chunk)) in known.entities), [])


def _define(line: Sequence[Chunk], subject: str, reading: Reading) -> None:
    """Takes the fields that a sentence tells of its entities."""
    names = set(reading.names)
    for run in runs(line):
        owner = _owner(line, run, subject, names)
        for chunk in run.chunks:
            own = subject_of(chunk)
            if own in names and chunk.inner and (has_list(chunk) or not owner):
                _define_inner(own, chunk, reading)
            elif owner and own != owner and not _is_related(chunk, own, names, run):
                _take_field(owner, chunk, reading)
            elif owner and own in names and own != owner and run.lead in {"H", ":", ""}:
                _relate_listed(owner, own, chunk, reading)


def _owner(line: Sequence[Chunk], run: Run, subject: str, names: set[str]) -> str:
    """The entity of which the list tells fields; "" for none."""
    if run.lead in {"H", ":"} and run.first > 1:
        before = line[run.first - 2]
        if before.letter == ",":  # an order belongs to a customer and has a total
            first = subject_of(line[0])
            return first if first in names else ""
        if before.letter == "V" and len(names) == 1:  # they register with email and password
            return next(iter(names)) if all(is_field_name(it.name) for it in run.chunks) else ""
        if before.letter == "N" and tells_fields(line, run):
            own = subject_of(before)
            return own if own in names else ""
        return ""
    if run.lead in {"B", "M", "Z"} and (own := subject_of(line[0])) in names:
        return own if any(_is_plain_field(it, names) for it in run.chunks) else ""
    if subject in names and run.lead in {"", "H"} and run.trail not in {"B", "M", "O"}:
        return subject
    return ""


def _is_plain_field(chunk: Chunk, names: set[str]) -> bool:
    return subject_of(chunk) not in names and (is_field_name(chunk.name) or bool(chunk.inner))


def _is_related(chunk: Chunk, own: str, names: set[str], run: Run) -> bool:
    return own in names and not (is_field_name(chunk.name) and not chunk.is_many and chunk.bounds)


def _define_inner(owner: str, chunk: Chunk, reading: Reading) -> None:
    for it in _inner_nouns(chunk):
        own = subject_of(it)
        if own in reading.names and own != owner and (it.is_many or not is_field_name(it.name)):
            _relate_listed(owner, own, it, reading)
        else:
            _take_field(owner, it, reading)


def _take_field(owner: str, chunk: Chunk, reading: Reading) -> None:
    """A field, or the relation that a name such as `user_id` stands for."""
    found = field_of(chunk)
    if found is None:
        return
    target = referred(found.name, reading.names)
    if target:
        via = found.name.removesuffix("_id")
        reading.relate(Relation(source=owner, target=target, via=via, required=found.required))
    else:
        reading.add_field(owner, found)


def _inner_nouns(chunk: Chunk) -> list[Chunk]:
    """The list in brackets; `title: string` is one of its items."""
    return [it for it in chunks(chunk.inner, is_inner=True) if it.letter == "N"]


def _relate_listed(owner: str, other: str, chunk: Chunk, reading: Reading) -> None:
    if chunk.is_many or chunk.determiner == "many":
        kind = "many-to-many" if other in lexicon().shared else "many-to-one"
        if kind == "many-to-many":
            reading.relate(
                Relation(source=owner, target=other, kind="many-to-many", via=plural(other))
            )
        else:
            reading.relate(Relation(source=other, target=owner, via=owner))
    else:
        reading.relate(Relation(source=owner, target=other, via=other))


def _entity(
    name: str, reading: Reading, backend: Backend | None, refused: frozenset[str]
) -> Entity:
    if backend is not None and (present := present_entity(name, backend)) is not None:
        return present
    held = {it.via for it in reading.relations if it.source == name}
    told = [it for it in reading.fields.get(name, {}).values() if it.name not in held]
    if not told:
        told = [it for it in _supposed(name, reading) if it.name not in refused]
    return Entity(name=name, plural=plural(name), fields=tuple(told))


def _supposed(name: str, reading: Reading) -> list[Field]:
    known = lexicon()
    joins = sum(it.source == name for it in reading.relations) > 1
    for end in range(name.count("_") + 1):
        part = "_".join(name.split("_")[end:])
        if part in known.entities:
            found = fields_of(known.entities[part])
            break
    else:
        both = name.split("_")
        is_link = len(both) > 1 and all(it in reading.names for it in both)
        found = [] if is_link and joins else fields_of(known.other)
    targets = {it.via for it in reading.relations if it.source == name}
    return [it for it in found if it.name not in targets]


def _kept(relations: list[Relation], entities: tuple[Entity, ...]) -> list[Relation]:
    """The relations between entities that are there; a field that says the same is none."""
    names = {it.name for it in entities}
    return [it for it in relations if it.source in names and it.target in names]


def _same(it: Relation, other: Relation) -> bool:
    ends = {it.source, it.target} == {other.source, other.target}
    if ends and "many-to-many" in {it.kind, other.kind}:
        return True
    return (it.source, it.target) == (other.source, other.target) and it.via == other.via
