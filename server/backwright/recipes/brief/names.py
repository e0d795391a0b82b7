"""Names out of the words of a request: singular, plural, snake_case."""

from __future__ import annotations

import re

import inflection

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SAME = frozenset({"canvas", "lens", "gas", "atlas", "bias", "campus", "corpus", "chaos", "sms"})
_KEPT = (
    *("caches", "aches", "cookies", "movies", "calories", "selfies", "zombies", "hoodies"),
    *("smoothies", "brownies", "rookies", "genies", "leaves"),
)
_SHORT = frozenset({"pies", "ties", "lies", "dies"})
"""Plurals with a final e in the singular, which the library takes away."""


def snake(words: str) -> str:
    """`Order Items`, `orderItems`, `order-items` → `order_items`."""
    spaced = _CAMEL.sub("_", words)
    return re.sub(r"[^A-Za-z0-9]+", "_", spaced).strip("_").lower()


def singular(name: str) -> str:
    """The singular of the last word of a name in snake_case."""
    head, last = _parted(name)
    return head + _singular(last)


def plural(name: str) -> str:
    head, last = _parted(name)
    made = str(inflection.pluralize(last))
    if last in _SAME:
        made = f"{last}es"
    return head + made


def is_plural(name: str) -> bool:
    last = _parted(name)[1]
    return _singular(last) != last


def _singular(word: str) -> str:
    if word in _SAME or len(word) < 3:
        return word
    if word.endswith("es") and word[:-2] in _SAME:
        return word[:-2]
    if word.endswith(_KEPT) or word in _SHORT:
        return "leaf" if word == "leaves" else word[:-1]
    return str(inflection.singularize(word))


def _parted(name: str) -> tuple[str, str]:
    head, low, last = name.rpartition("_")
    return head + low, last
