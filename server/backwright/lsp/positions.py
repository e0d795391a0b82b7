"""Columns of the protocol from and to byte offsets: the only place where UTF-16 is known.

Lines end at LF, CRLF or a lone CR, as the protocol says, and nowhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from lsprotocol.types import Position, PositionEncodingKind, Range

_LINE_END = re.compile(rb"\r\n|\n|\r")
_UTF8, _UTF32 = PositionEncodingKind.Utf8, PositionEncodingKind.Utf32


@dataclass(frozen=True)
class Positions:
    """The positions in one text (UTF-8) for a client that counts in `encoding`."""

    source: bytes
    encoding: PositionEncodingKind | str

    def offset(self, position: Position) -> int:
        """The byte at a position; past a line's end it is that end, past the text its end."""
        if position.line >= len(self._starts):
            return len(self.source)
        start, end = self._line(position.line)
        line = self.source[start:end]
        return start + self._bytes_of(line, position.character)

    def position(self, offset: int) -> Position:
        """The position of a byte; of the text's end for one beyond it."""
        offset = min(offset, len(self.source))
        number = bisect_right(self._starts, offset) - 1
        before = self.source[self._starts[number] : offset]
        return Position(number, self._units_of(before))

    def range(self, start: int, end: int) -> Range:
        return Range(self.position(start), self.position(end))

    def in_code(self, position: Position) -> int:
        """Like `offset`, but a place in a line's indentation means where its code begins."""
        offset = self.offset(position)
        if position.line >= len(self._starts):
            return offset
        start, end = self._line(position.line)
        line = self.source[start:end]
        first = start + len(line) - len(line.lstrip())
        return max(offset, first) if first < end else offset

    def end_of_line(self, line: int) -> int:
        """The end of a line, without its line end."""
        return self._line(line)[1] if line < len(self._starts) else len(self.source)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(it.end() for it in _LINE_END.finditer(self.source))]

    def _line(self, number: int) -> tuple[int, int]:
        """Where a line begins and ends, without its line end."""
        start = self._starts[number]
        last = number + 1 == len(self._starts)
        end = len(self.source) if last else self._starts[number + 1]
        line = self.source[start:end]
        return start, start + len(line.rstrip(b"\r\n"))

    def _bytes_of(self, line: bytes, units: int) -> int:
        """How many bytes of the line come before `units`, never splitting a character."""
        if line.isascii():
            return min(units, len(line))
        if self.encoding == _UTF8:
            at = min(units, len(line))
            while 0 < at < len(line) and line[at] & 0xC0 == 0x80:
                at -= 1
            return at
        taken = counted = 0
        for character in line.decode("utf-8", "surrogatepass"):
            counted += 1 if self.encoding == _UTF32 or character <= "\uffff" else 2
            if counted > units:
                break
            taken += len(character.encode("utf-8", "surrogatepass"))
        return taken

    def _units_of(self, text: bytes) -> int:
        if self.encoding == _UTF8 or text.isascii():
            return len(text)
        characters = text.decode("utf-8", "replace")
        if self.encoding == _UTF32:
            return len(characters)
        return len(characters) + sum(it > "\uffff" for it in characters)
