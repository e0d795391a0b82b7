"""Places in a text that has been typed in since it was read.

Reading a large project again takes longer than an answer may, so places are carried over: what
stands before the first and behind the last byte that was typed has only moved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Drift:
    """From the bytes that were read to those that are shown now, and back."""

    read: bytes
    shown: bytes

    def to_shown(self, offset: int) -> int:
        return self._carried(offset, len(self.read), len(self.shown))

    def to_read(self, offset: int) -> int:
        return self._carried(offset, len(self.shown), len(self.read))

    def _carried(self, offset: int, length: int, other: int) -> int:
        head, tail = self._kept
        if offset <= head:
            return offset
        if offset >= length - tail:
            return offset - length + other
        return min(offset, other - tail)

    @cached_property
    def _kept(self) -> tuple[int, int]:
        """How many bytes at the start and at the end are the same."""
        if self.read == self.shown:
            return len(self.read), 0
        most = min(len(self.read), len(self.shown))
        head = _longest(most, lambda n: self.read[:n] == self.shown[:n])
        tail = _longest(most - head, lambda n: not n or self.read[-n:] == self.shown[-n:])
        return head, tail


def _longest(most: int, holds: Callable[[int], bool]) -> int:
    """The greatest number up to `most` for which a property holds that no greater one regains."""
    return bisect_left(range(1, most + 1), x=True, key=lambda n: not holds(n))
