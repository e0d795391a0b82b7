"""Which names a file calls, by its text: whoever looks for certain calls need not look elsewhere.

It may name more than is called, never less.
"""

from __future__ import annotations

import re

_CALLED = re.compile(rb"(?<![\w$])([A-Za-z_$][\w$]*+)\s*+[(<?`]")


def called(source: bytes) -> list[str]:
    """Every name that stands before a bracket, a template, or what may come before those."""
    return sorted({name.decode() for name in _CALLED.findall(source)})
