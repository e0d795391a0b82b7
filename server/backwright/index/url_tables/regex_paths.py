r"""Regular expressions of addresses, as the paths that a client calls.

`^items/(?P<pk>\d+)/$` is `items/{pk}/`. A group that may hold a slash is the rest of the path,
`{name*}`; one without a name is `{}`. An optional part and alternatives of plain text make several
spellings, save for an optional slash, which is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_SPELLINGS = 16
"""More than that is no address that somebody wrote."""

_GROUP = re.compile(r"\((?:\?P<(?P<name>\w+)>|(?P<plain>\?:)|(?P<flags>\?[aiLmsux]+\)|\?[=!<]))?")
_REPEATED = re.compile(r"[*+?]\??|\{\d*,?\d*\}\??")
_SET = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_NAMED = re.compile(r"\{\w")
_CLASSES = "dDsSwW"
_ANCHORS = "AbBZz"
_CROSSING = "SDW"


def spellings(pattern: str) -> list[str]:
    """Each path that the pattern means, the shortest first."""
    return list(dict.fromkeys(_alternatives(_Scanner(pattern)).texts))


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of a pattern may be; `crosses` when a slash may be in it. `varies` is true of
    what is no plain text."""

    texts: tuple[str, ...] = ("",)
    crosses: bool = False
    varies: bool = False

    def then(self, other: _Part) -> _Part:
        texts = tuple(head + tail for head in self.texts for tail in other.texts)
        crosses, varies = self.crosses or other.crosses, self.varies or other.varies
        return _Part(texts[:MAX_SPELLINGS], crosses, varies)

    def or_else(self, other: _Part) -> _Part:
        crosses, varies = self.crosses or other.crosses, self.varies or other.varies
        return _Part((*self.texts, *other.texts)[:MAX_SPELLINGS], crosses, varies)


@dataclass(slots=True)
class _Scanner:
    pattern: str
    at: int = 0

    def take(self, expected: re.Pattern[str]) -> re.Match[str] | None:
        found = expected.match(self.pattern, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def take_text(self) -> str:
        self.at += 1
        return self.pattern[self.at - 1 : self.at]

    def next_is(self, texts: str) -> bool:
        return (
            self.pattern[self.at : self.at + 1] in texts if self.at < len(self.pattern) else False
        )


def _alternatives(scanner: _Scanner) -> _Part:
    """All up to the end of the pattern or of the group."""
    found = _sequence(scanner)
    while scanner.next_is("|"):
        scanner.at += 1
        found = found.or_else(_sequence(scanner))
    return found


def _sequence(scanner: _Scanner) -> _Part:
    found = _Part()
    while scanner.at < len(scanner.pattern) and not scanner.next_is("|)"):
        part = _atom(scanner)
        repeated = scanner.take(_REPEATED)
        found = found.then(_repeated(part, repeated[0] if repeated is not None else ""))
    return found


def _atom(scanner: _Scanner) -> _Part:
    if scanner.next_is("("):
        return _group(scanner)
    if set_ := scanner.take(_SET):
        inside = set_[0][1:-1]
        crosses = "/" not in inside if inside.startswith("^") else _holds_slash(inside)
        return _Part(("{}",), crosses, varies=True)
    text = scanner.take_text()
    if text in "^$":
        return _Part()
    if text == ".":
        return _Part((".",), crosses=True, varies=True)
    if text != "\\":
        return _Part((text,), crosses=text == "/")
    escaped = scanner.take_text()
    if escaped in _ANCHORS:
        return _Part()
    if escaped in _CLASSES:
        return _Part(("{}",), escaped in _CROSSING, varies=True)
    return _Part((escaped,), crosses=escaped == "/")


def _holds_slash(inside: str) -> bool:
    return "/" in inside or any(f"\\{it}" in inside for it in _CROSSING)


def _group(scanner: _Scanner) -> _Part:
    opened = scanner.take(_GROUP)
    flags = opened["flags"] if opened is not None else None
    if flags is not None and flags.endswith(")"):
        return _Part()
    inside = _alternatives(scanner)
    scanner.at += 1
    if opened is None or flags is not None:  # what follows is looked at, not consumed
        return _Part()
    name = opened["name"]
    if opened["plain"] is not None or (name is None and _NAMED.search("".join(inside.texts))):
        return inside
    star = "*" if inside.crosses else ""
    return _Part((f"{{{name or ''}{star}}}",), inside.crosses, varies=True)


def _repeated(part: _Part, how: str) -> _Part:
    if not how:
        return part
    is_group = any(text not in {"", "{}", "{*}", "."} for text in part.texts) and part.varies
    if not part.varies or is_group:
        optional = how[0] in "?*" and part.texts != ("/",)
        return _Part(("",)).or_else(part) if optional else part
    return _Part(("{*}" if part.crosses else "{}",), part.crosses, varies=True)
