"""What a request wants used: language, framework, database and libraries."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from backwright.recipes.brief.brief import Wishes
from backwright.recipes.brief.lexicon import lexicon


def wishes_of(request: str) -> Wishes:
    """The first that is named of each kind."""
    found: dict[str, str] = {}
    for kind, pattern, names in _patterns():
        if match := pattern.search(request):
            found[kind] = names[" ".join(match[0].lower().split())]
    for language, libraries in lexicon().wishes["implied"].items():
        if set(libraries) & set(found.values()):
            found.setdefault("language", language)
    return msgspec.convert(found, Wishes)


def databases_in(request: str) -> list[str]:
    """Every database that is named, each once."""
    pattern, names = next((p, n) for kind, p, n in _patterns() if kind == "database")
    found = (names[" ".join(it[0].lower().split())] for it in pattern.finditer(request))
    return list(dict.fromkeys(found))


@cache
def wish_words() -> frozenset[str]:
    """Every single word by which something is wished."""
    kinds = lexicon().wishes.values()
    return frozenset(
        part
        for names in kinds
        for words in names.values()
        for word in words
        for part in word.split()
        if part not in {"plain", "class", "type", "modules", "orm", "model", "models", "api"}
    )


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], dict[str, str]], ...]:
    found = []
    for kind, names in lexicon().wishes.items():
        if kind == "implied":
            continue
        by_word = {word: name for name, words in names.items() for word in words}
        longest = sorted(by_word, key=len, reverse=True)
        spelled = "|".join(re.escape(it).replace(r"\ ", r"\s+") for it in longest)
        pattern = re.compile(rf"(?<![\w.-])(?:{spelled})(?![\w-])(?!\.\w)", re.IGNORECASE)
        found.append((kind, pattern, by_word))
    return tuple(found)
