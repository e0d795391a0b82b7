"""Lines and bytes of a text that is read as characters."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate


class Lines:
    """Offsets are characters; `line` is 1-based."""

    def __init__(self, source: str) -> None:
        parts = source.split("\n")
        self._starts = [0, *accumulate(len(it) + 1 for it in parts)]
        self._bytes = [0, *accumulate(len(it.encode()) + 1 for it in parts)]
        self._source = source

    def line(self, at: int) -> int:
        return min(bisect_right(self._starts, at), len(self._starts) - 1)

    def byte(self, at: int) -> int:
        line = self.line(at) - 1
        return self._bytes[line] + len(self._source[self._starts[line] : at].encode())
