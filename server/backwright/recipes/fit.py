"""Which recipe a request is for, by the phrases that each `recipe.toml` lists.

A word counts the more, the fewer recipes have it and the earlier it stands in the request: what a
person wants comes first, how it shall be done follows.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from backwright.recipes.outcome import Refused
from backwright.recipes.recipe import Recipe
from backwright.recipes.registry import recipes
from backwright.recipes.words import corrected, stem, words

PLAIN = frozenset(
    {
        "the", "a", "an", "for", "to", "of", "on", "in", "this", "that", "my", "our", "all", "with",
        "please", "and", "it", "i", "is",
    }
)  # fmt: skip
_LATE = 0.5
"""By how much a word at the very end counts less than one at the beginning."""
_ONE = re.compile(
    r"\b(?:this|that|the)\s+(?:[\w-]+\s+){0,2}(?:route|endpoint|handler|view)\b"
    r"|\b(?:GET|POST|PUT|PATCH|DELETE)\s+/|\bhere\b"
)
"""Words for one endpoint that is there: what is asked for is to be done at it."""
_AT_ONE = 1.4
_CLEAR = 0.95
"""How near another recipe may come to the best before it can't be told which is meant."""


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The phrases of each recipe as sets of stems, and what each stem is worth; the words as they
    are written, and those that are written as one."""

    phrases: dict[str, list[frozenset[str]]]
    worth: dict[str, float]
    known: frozenset[str]
    joined: dict[str, tuple[str, ...]]


def recipe_meant(request: str) -> Recipe | Refused:
    """The recipe whose phrases the request has; refused where none has, or several alike."""
    vocabulary = _vocabulary()
    stems = _stems(request, vocabulary)
    scores = {name: _fit(stems, it, vocabulary) for name, it in vocabulary.phrases.items()}
    if _ONE.search(request):
        at_one = (name for name in scores if recipes()[name].at == "endpoint")
        scores |= {name: _AT_ONE * scores[name] for name in at_one}
    best = max(scores.values(), default=0.0)
    if best <= 0:
        served = ", ".join(it.title.lower() for it in recipes().values() if it.at != "free")
        return Refused(f"no built-in recipe understands this request; there are: {served}")
    chosen = [recipes()[name] for name, score in scores.items() if score >= _CLEAR * best]
    if len(chosen) > 1:
        return Refused(f"this may mean {' or '.join(it.title.lower() for it in chosen)}; say which")
    return chosen[0]


def _stems(request: str, vocabulary: _Vocabulary) -> dict[str, float]:
    """The stems of the request with their place in it, 0 the first and 1 the last; a word that is
    two of a phrase in one counts as both."""
    said = words(request)
    places: dict[str, float] = {}
    for at, word in enumerate(said):
        right = corrected(word, vocabulary.known)
        for it in vocabulary.joined.get(right, (stem(right),)):
            places.setdefault(it, at / len(said))
    return places


def _fit(stems: dict[str, float], phrases: list[frozenset[str]], vocabulary: _Vocabulary) -> float:
    said = {word for phrase in phrases if phrase <= stems.keys() for word in phrase}
    return sum(vocabulary.worth[word] * (1 - _LATE * stems[word]) for word in said)


@cache
def _vocabulary() -> _Vocabulary:
    phrases: dict[str, list[frozenset[str]]] = {}
    having: dict[str, set[str]] = {}
    known: set[str] = set()
    joined: dict[str, tuple[str, ...]] = {}
    for recipe in recipes().values():
        listed = [[it for it in words(phrase) if it not in PLAIN] for phrase in recipe.means]
        phrases[recipe.id] = [frozenset(map(stem, phrase)) for phrase in listed if phrase]
        for phrase in listed:
            known.update(phrase)
            for word in phrase:
                having.setdefault(stem(word), set()).add(recipe.id)
            for one, other in pairwise(phrase):
                joined[one + other] = (stem(one), stem(other))
    worth = {word: math.log(1 + len(phrases) / len(names)) for word, names in having.items()}
    return _Vocabulary(phrases, worth, frozenset(known | joined.keys()), joined)
