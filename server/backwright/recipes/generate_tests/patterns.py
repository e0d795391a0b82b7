"""Makes up a text that fits a regular expression, as far as the expression is a simple one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLASSES = {"d": "1", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a"}
_REPEAT = re.compile(r"\{(\d*)(,?)(\d*)\}")


def text_for(pattern: str, more: int = 0) -> str | None:
    """A text that fits; `more` repeats what may be repeated that many times above the least."""
    try:
        reader = _Reader(pattern, more)
        text = reader.alternatives()
        return text if reader.at >= len(pattern) and re.search(pattern, text) else None
    except (IndexError, re.error, _TooHard):
        return None


class _TooHard(Exception):
    """The expression has a part that is not understood."""


@dataclass(slots=True)
class _Reader:
    pattern: str
    more: int
    at: int = 0

    def alternatives(self) -> str:
        first = self._sequence()
        while self.at < len(self.pattern) and self.pattern[self.at] == "|":
            self.at += 1
            self._sequence()
        return first

    def _sequence(self) -> str:
        found = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            found.append(self._repeated(self._one()))
        return "".join(found)

    def _one(self) -> str:
        char = self.pattern[self.at]
        self.at += 1
        match char:
            case "^" | "$":
                return ""
            case ".":
                return "a"
            case "[":
                return self._set()
            case "(":
                return self._group()
            case "\\":
                return self._escaped()
            case _:
                return char

    def _escaped(self) -> str:
        char = self.pattern[self.at]
        self.at += 1
        if char in "bBAZz":
            return ""
        if char.isdigit() or char in "pPuxk":
            raise _TooHard
        return _CLASSES.get(char, char)

    def _group(self) -> str:
        if self.pattern.startswith("?:", self.at):
            self.at += 2
        elif self.pattern.startswith(("?P<", "?<"), self.at) and not self.pattern.startswith(
            ("?<=", "?<!"), self.at
        ):
            self.at = self.pattern.index(">", self.at) + 1
        elif self.pattern.startswith("?", self.at):
            raise _TooHard
        inner = self.alternatives()
        self.at += 1
        return inner

    def _set(self) -> str:
        end = self.pattern.index("]", self.at + 1 if self.pattern[self.at] == "]" else self.at)
        while self.pattern[end - 1] == "\\":
            end = self.pattern.index("]", end + 1)
        inner = self.pattern[self.at : end]
        self.at = end + 1
        if inner.startswith("^"):
            excluded = re.compile(f"[{inner[1:]}]")
            return next(it for it in "ab1-_.A" if not excluded.match(it))
        if inner.startswith("\\"):
            return _CLASSES.get(inner[1], inner[1])
        return inner[0]

    def _repeated(self, unit: str) -> str:
        if self.at >= len(self.pattern):
            return unit
        char = self.pattern[self.at]
        least, most = 1, 1
        if char in "*+?":
            self.at += 1
            least, most = {"*": (0, 99), "+": (1, 99), "?": (0, 1)}[char]
        elif found := _REPEAT.match(self.pattern, self.at):
            self.at = found.end()
            least = int(found[1] or 0)
            most = int(found[3] or 99) if found[2] else least
        if self.at < len(self.pattern) and self.pattern[self.at] == "?" and most != 1:
            self.at += 1
        return unit * min(least + self.more * 3, max(most, least))
