"""Which kinds of services the strings of a file address: the schemes of their URLs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backwright.facts import code, walk
from backwright.facts.code import FileFacts

_ANY = re.compile(rb"[a-z][a-z0-9+.-]*://")
_SCHEME = re.compile(r"([a-z][a-z0-9.-]*)(\+[a-z0-9_.-]+)?://")
_COMMON = frozenset({b"http://", b"https://"})


def schemes(facts: FileFacts, source: bytes) -> list[str]:
    """Schemes of URLs other than the web's, without their driver: `postgresql`, `redis`."""
    if not any(found not in _COMMON for found in set(_ANY.findall(source))):
        return []
    found = set()
    for text in _texts(facts):
        if match := _SCHEME.match(text):
            found.add(match[1])
    return sorted(found - {"http", "https"})


def _texts(facts: FileFacts) -> Iterator[str]:
    for step in walk.every_step(facts):
        for whole in walk.own_expressions(step):
            for expr in walk.inner(whole):
                if isinstance(expr, code.Text):
                    yield expr.value
