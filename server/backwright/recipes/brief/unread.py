"""The clauses of a request that nothing here understands, for recipes to say so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from backwright.recipes.brief.brief import Brief, Entity
from backwright.recipes.brief.lexicon import lexicon
from backwright.recipes.brief.names import singular, snake
from backwright.recipes.brief.wishes import wish_words

_CLAUSE = re.compile(
    r"[.;!?\n]+(?=\s|$)\s*|,\s*(?:and|but|with)?\s*"
    r"|\s+(?:and|but|then|with|including|plus|using|along with|as well as)\s+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z0-9_]+")


def unread_clauses(request: str, entities: tuple[Entity, ...]) -> tuple[str, ...]:
    """The clauses that name no entity, no field and nothing of the trade."""
    names = {part for it in entities for part in (it.name, *it.name.split("_"))}
    names |= {p for it in entities for f in it.fields for p in (f.name, *f.name.split("_"))}
    choices = [it for entity in entities for f in entity.fields for it in f.choices]
    names |= {word for it in choices for word in _WORD.findall(it.lower())}
    found = []
    for clause in _CLAUSE.split(request):
        told = [it for it in _WORD.findall(_spelled(clause)) if not _is_common(it)]
        if told and (_acts(clause) or not any(_is_read(it, names) for it in told)):
            found.append(clause.strip(" -*•:,"))
    return tuple(dict.fromkeys(it for it in found if it))


def unserved(brief: Brief, known: Iterable[str] = ()) -> tuple[str, ...]:
    """The clauses that were not read and that hold none of the words a recipe serves itself."""
    stems = tuple(known)
    return tuple(
        clause
        for clause in brief.unread
        if _acts(clause)
        or not any(word.startswith(stems) for word in _WORD.findall(clause.lower()) if stems)
    )


def _acts(clause: str) -> bool:
    """Whether it says what is done with things, which no description of them covers."""
    return any(lexicon().is_a(it, "deeds") for it in _WORD.findall(clause.lower()))


def _spelled(clause: str) -> str:
    words = re.findall(r"[\w'-]+", clause)
    return " ".join(it.lower() if it.lower() in wish_words() else snake(it) for it in words)


def _is_read(word: str, names: set[str]) -> bool:
    known = lexicon()
    if (word.replace("_", "-"),) in known.phrases:
        return True
    if word in names or singular(word) in names or word in wish_words():
        return True
    return known.is_a(word, "kinds", "wholes", "trade") or known.is_a(singular(word), "kinds")


def _is_common(word: str) -> bool:
    known = lexicon()
    return word.isdigit() or known.is_a(
        word, "determiners", "many", "verbs", "intro", "other", "qualifiers"
    )
