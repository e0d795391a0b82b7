"""Lines of a document: from byte offsets to lines and back."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lines:
    """Where each line begins; lines end at LF, so CR belongs to the line it ends."""

    starts: tuple[int, ...]
    length: int

    @classmethod
    def of(cls, source: bytes) -> Lines:
        starts = [0]
        at = source.find(b"\n")
        while at != -1:
            starts.append(at + 1)
            at = source.find(b"\n", at + 1)
        return cls(tuple(starts), len(source))

    def __len__(self) -> int:
        return len(self.starts)

    def number_at(self, offset: int) -> int:
        """The 1-based line that holds the byte at `offset`."""
        return bisect_right(self.starts, offset)

    def start_of(self, number: int) -> int:
        """Where the 1-based line begins; the document's end if there is no such line."""
        return self.starts[number - 1] if 1 <= number <= len(self.starts) else self.length

    def end_of(self, number: int) -> int:
        """The offset just past the 1-based line, its line end included."""
        return self.starts[number] if 1 <= number < len(self.starts) else self.length
