"""English plurals, as libraries make them of the names of models."""

from __future__ import annotations

import re

_SAME = frozenset(
    {"advice", "energy", "excretion", "digestion", "cooperation", "health", "justice", "labour"}
    | {"machinery", "equipment", "information", "pollution", "sewage", "paper", "money", "species"}
    | {"series", "rain", "rice", "fish", "sheep", "moose", "deer", "news", "expertise"}
)
_ODD = {
    "person": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "mouse": "mice",
    "foot": "feet",
    "tooth": "teeth",
    "goose": "geese",
    "ox": "oxen",
    "move": "moves",
    "sex": "sexes",
    "datum": "data",
    "medium": "media",
    "criterion": "criteria",
    "quiz": "quizzes",
}
_RULES = (
    (re.compile(r"(matr|vert|ind)(?:ix|ex)$"), r"\1ices"),
    (re.compile(r"(alias|status|x|ch|ss|sh)$"), r"\1es"),
    (re.compile(r"([^aeiouy]|qu)y$"), r"\1ies"),
    (re.compile(r"(hive)$"), r"\1s"),
    (re.compile(r"(?:([^f])fe|([lr])f)$"), r"\1\2ves"),
    (re.compile(r"sis$"), "ses"),
    (re.compile(r"([ti])um$"), r"\1a"),
    (re.compile(r"(buffal|tomat|potat|her)o$"), r"\1oes"),
    (re.compile(r"(bu)s$"), r"\1ses"),
    (re.compile(r"(ax|test)is$"), r"\1es"),
    (re.compile(r"s$"), "s"),
    (re.compile(r"$"), "s"),
)

_SINGULAR = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"(database)s$", r"\1"),
        (r"(quiz)zes$", r"\1"),
        (r"(matr)ices$", r"\1ix"),
        (r"(vert|ind)ices$", r"\1ex"),
        (r"(alias|status)(es)?$", r"\1"),
        (r"(octop|vir)(us|i)$", r"\1us"),
        (r"(cris|test)(is|es)$", r"\1is"),
        (r"(shoe)s$", r"\1"),
        (r"(o)es$", r"\1"),
        (r"(bus)(es)?$", r"\1"),
        (r"(x|ch|ss|sh)es$", r"\1"),
        (r"(m)ovies$", r"\1ovie"),
        (r"([^aeiouy]|qu)ies$", r"\1y"),
        (r"([lr])ves$", r"\1f"),
        (r"(tive|hive)s$", r"\1"),
        (r"([^f])ves$", r"\1fe"),
        (r"(analy|ba|diagno|parenthe|progno|synop|the)(sis|ses)$", r"\1sis"),
        (r"([ti])a$", r"\1um"),
        (r"(ss)$", r"\1"),
        (r"(us|is)$", r"\1"),
        (r"s$", ""),
    )
)


def plural(word: str) -> str:
    """`Category` → `Categories`; the last word of a name in camel case is what changes."""
    match = re.search(r"[A-Z]?[a-z]+$", word)
    head, last = (word[: match.start()], match[0]) if match else ("", word)
    lower = last.lower()
    if lower in _SAME:
        return word
    if lower in _ODD:
        made = _ODD[lower]
        return head + (made.capitalize() if last[0].isupper() else made)
    if lower in _ODD.values():
        return word
    for pattern, replacement in _RULES:
        if pattern.search(lower):
            return head + _cased(pattern.sub(replacement, lower, count=1), last)
    return word


def singular(word: str) -> str:
    """The other way round; of `line_items` the last word is what changes."""
    lower = word.lower()
    last = lower.rpartition("_")[2]
    if last in _SAME:
        return word
    for one, many in _ODD.items():
        if last == many:
            return word[: len(word) - len(many)] + _cased(one, word[len(word) - len(many) :])
    for pattern, replacement in _SINGULAR:
        if pattern.search(lower):
            return pattern.sub(replacement, word, count=1)
    return word


def _cased(made: str, like: str) -> str:
    return made.capitalize() if like[:1].isupper() else made
