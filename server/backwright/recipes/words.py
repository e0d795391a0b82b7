"""Words of requests and names: what makes two of them the same to a reader."""

from __future__ import annotations

import re
from difflib import get_close_matches

_WORD = re.compile(r"[a-z0-9]+")
_LEAST = 5
"""Shorter words are not corrected: one letter makes too many others of them."""
_ALIKE = 0.86


def words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def spaced(name: str) -> str:
    """A name of code as words: `createOrder_item` becomes `create Order item`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_|\.", " ", name)


def stem(word: str) -> str:
    """A word without its common endings, so that `limits`, `limiting` and `limit` are one."""
    for ending in ("ing", "ies", "es", "s", "ed", "er"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            cut = word.removesuffix(ending)
            return cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] else cut.rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


def corrected(word: str, known: frozenset[str]) -> str:
    """The word, put right where it looks like a known one that is mistyped."""
    if word in known or len(word) < _LEAST or stem(word) in known:
        return word
    close = get_close_matches(word, known, n=1, cutoff=_ALIKE)
    return close[0] if close and close[0][0] == word[0] else word
