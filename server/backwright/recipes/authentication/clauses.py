"""The clauses of a request, and which of them a recipe leaves undone."""

from __future__ import annotations

import re

from backwright.recipes.brief.brief import Brief
from backwright.recipes.brief.unread import unserved

_CLAUSE = re.compile(
    r"[.;!?\n]+(?=\s|$)\s*|,\s*(?:and|but|with)?\s*"
    r"|\s+(?:and|but|then|with|including|plus|along with|as well as|&)\s+",
    re.IGNORECASE,
)


def left_undone(
    request: str, brief: Brief, known: tuple[str, ...], beyond: re.Pattern[str]
) -> tuple[str, ...]:
    """The clauses that are beyond a recipe, and those that nothing here understands.

    `known` are beginnings of words that the recipe serves, `beyond` finds what it never does.
    """
    asked_too_much = [it.strip(" -*•:,") for it in _CLAUSE.split(request) if beyond.search(it)]
    return tuple(dict.fromkeys([*asked_too_much, *unserved(brief, known)]))
