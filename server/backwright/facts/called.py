"""Which names a file calls, by its text: whoever looks for certain calls need not look elsewhere.

It may name more than is called, never less.
"""

from __future__ import annotations

import re

_CALLED = re.compile(rb"(?<![\w$])([A-Za-z_$][\w$]*+)\s*+[(<?`]")


_WORD = re.compile(rb"(?<![\w$@:])([a-z_]\w++[!?]?)|(?<=::)([a-z_]\w++[!?]?)")
"""In Ruby a call needs no bracket."""


def called(source: bytes, language: str = "") -> list[str]:
    """Every name that stands before a bracket, a template, or what may come before those."""
    if language == "ruby":
        return sorted({(plain or scoped).decode() for plain, scoped in _WORD.findall(source)})
    return sorted({name.decode() for name in _CALLED.findall(source)})
