"""The words of SQL, whatever its dialect: enough to find statements and to read those on tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<space>\s+ | --[^\n]* | \#(?=\s)[^\n]* | /\*.*?(?:\*/|\Z))
  | (?P<dollar>\$(?P<tag>\w*)\$.*?(?:\$(?P=tag)\$|\Z))
  | (?P<string>[EeNnBbXx]?'(?:[^'\\]|''|\\.)*(?:'|\Z))
  | (?P<name>"(?:[^"]|"")*" | `[^`]*` | \[[A-Za-z_][^\]\n]*\])
  | (?P<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)
  | (?P<number>\d[\w.]*)
  | (?P<sign>::|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_COPY = re.compile(r"COPY\b.*\bFROM\s+stdin\b.*;\s*$", re.IGNORECASE)
_DOWN = re.compile(r"^--\s*(?:\+(?:goose|migrate)\s+Down|migrate:down|//@UNDO)", re.M | re.I)


@dataclass(frozen=True, slots=True)
class Token:
    """`word` is upper case for a bare word and "" for anything else; `text` is as it is written."""

    kind: str
    text: str
    word: str
    start: int
    end: int


def statements(source: str) -> Iterator[list[Token]]:
    """The statements of a file, up to where it tells how to take itself back."""
    down = _DOWN.search(source)
    text = source[: down.start()] if down else source
    text = _without_rows(text) if "stdin" in text else text
    current: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        if kind == "space":
            continue
        found = match[0]
        if found == ";":
            if current:
                yield current
            current = []
            continue
        kind = "dollar" if found.startswith("$") and len(found) > 1 else kind
        word = found.upper() if kind == "word" else ""
        current.append(Token(kind, found, word, match.start(), match.end()))
    if current:
        yield current


def _without_rows(text: str) -> str:
    """Blanks the rows that follow `COPY … FROM stdin;`, which are no statements."""
    kept: list[str] = []
    inside = False
    for line in text.split("\n"):
        kept.append(" " * len(line) if inside else line)
        inside = line != "\\." if inside else _COPY.match(line) is not None
    return "\n".join(kept)


def bare(token: Token) -> str:
    """A name without its quotes."""
    if token.kind == "name":
        return token.text[1:-1].replace('""', '"')
    return token.text
