"""A request as sentences of tokens. What bounds a field (`from 1 to 5`) is one token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from backwright.recipes.brief.lexicon import lexicon

TokenKind = Literal["word", "mark", "bound"]


@dataclass(frozen=True, slots=True)
class Bound:
    """What stands beside the name of a field; `choices` are values, `size` is of characters."""

    minimum: int | None = None
    maximum: int | None = None
    default: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is in lower case, `raw` as it is written."""

    kind: TokenKind
    raw: str
    start: int
    end: int
    bound: Bound = field(default=Bound())

    @property
    def text(self) -> str:
        return self.raw.lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """`depth` is how far the line is indented that it begins, -1 where it begins no bullet."""

    tokens: tuple[Token, ...]
    depth: int = -1

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def is_heading(self) -> bool:
        return self.tokens[-1].text == ":"


SAME = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u2013": "-", "\u2014": ":", "\u201c": '"', "\u201d": '"'}
)
"""Marks of a word processor as those of a keyboard."""
_TOKEN = re.compile(
    r"(?P<word>[A-Za-z_][\w']*(?:[-.](?=[A-Za-z0-9])[\w']+)*)|(?P<number>\d[\w.%]*)"
    r"|(?P<bullet>\n[ \t]*(?:[-*•+]|\d+[.)])[ \t]+)|(?P<blank>\n[ \t]*(?=\n))|(?P<line>\n[ \t]*)"
    r"|(?P<mark>->|=>|→|[()\[\]{}:;,./&|=<>!?#+-])"
)
_ENDS = frozenset(".;!?")


_SHORT = re.compile(r"\bw/(?!o)")
_PATH = re.compile(r"(?<![\w/])/[\w{}:/*-]{2,}")


_PAIRS = re.compile(
    r"\b(start|begin|first|min|minimum|opening|departure|check-in)\s+and\s+"
    r"(end|last|max|maximum|closing|arrival|check-out)\s+(date|time|name|price|salary|amount)s?\b",
    re.IGNORECASE,
)  # start and end dates


def plain(request: str) -> str:
    """The request in the marks of a keyboard, without paths of a URL."""
    text = _SHORT.sub("with ", request.replace("\r\n", "\n").translate(SAME))
    text = _PAIRS.sub(r"\1 \3 and \2 \3", text)
    return _PATH.sub(lambda it: " " * len(it[0]), text)


def sentences(request: str) -> list[Sentence]:
    """The sentences and lines of a request."""
    found: list[Sentence] = []
    held: list[Token] = []
    depth, inside = -1, 0
    for token, breaks in _tokens(request):
        if breaks is not None:
            if inside or (breaks == -1 and held and _goes_on(held, token)):
                continue
            found += [Sentence(tuple(held), depth)] if held else []
            held, depth = [], breaks
        elif token.kind == "mark" and token.text in _ENDS and not inside:
            found += [Sentence(tuple(held), depth)] if held else []
            held, depth = [], -1
        else:
            inside += (token.text in "([{") - (token.text in ")]}" and inside > 0)
            held.append(token)
    return [*found, Sentence(tuple(held), depth)] if held else found


def _goes_on(held: list[Token], line: Token) -> bool:
    """Whether a new line continues the sentence: it begins in lower case, or a comma stands."""
    return held[-1].text in {",", "and", "or", "with", "of", "for"} or line.raw == "\nlower"


def _tokens(request: str) -> Iterator[tuple[Token, int | None]]:
    """Each token; for a break the depth of its bullet, or -1."""
    text = request
    bounds = _bounds(text)
    at = 0
    padded = f"\n{text}"
    while at < len(padded):
        bound = bounds.get(at - 1)
        if bound is not None:
            yield bound, None
            at = bound.end + 1
            continue
        match = _TOKEN.match(padded, at)
        if match is None:
            at += 1
            continue
        stop = min((it for it in bounds if at - 1 < it < match.end() - 1), default=match.end() - 1)
        kind, raw = match.lastgroup, match[0]
        if kind in {"bullet", "blank", "line"}:
            depth = len(raw) - len(raw.lstrip("\n ")) if kind == "bullet" else -1
            follows = padded[match.end() : match.end() + 1]
            marker = "\nlower" if kind == "line" and follows.islower() else "\n"
            yield Token("mark", marker, at, at), depth
        elif kind in {"word", "number"}:
            yield Token("word", raw[: stop - at + 1], at - 1, stop), None
        else:
            yield Token("mark", raw, at - 1, match.end() - 1), None
        at = max(stop + 1, at + 1)


def _bounds(text: str) -> dict[int, Token]:
    """The bounds of a text by where they begin, the first pattern that fits winning."""
    found: dict[int, Token] = {}
    for name, pattern in _patterns():
        for match in pattern.finditer(text):
            if all(match.end() <= it.start or it.end <= match.start() for it in found.values()):
                bound = _bound(name, match)
                if bound is not None:
                    found[match.start()] = Token("bound", match[0], *match.span(), bound)
    return found


def _bound(name: str, match: re.Match[str]) -> Bound | None:
    match name:
        case "range":
            return Bound(int(match[1]), int(match[2]))
        case "max":
            return Bound(maximum=int(match[1]))
        case "min":
            return Bound(minimum=int(match[1]))
        case "above":
            return Bound(minimum=int(match[1]) + 1 if int(match[1]) else 0)
        case "zero" | "one":
            return Bound(minimum=int(name == "one"))
        case "default":
            return (
                Bound(default=match[1].strip(".")) if match[1].lower() not in {"values"} else None
            )
        case _:
            choices = _choices(match[1])
            return Bound(choices=choices) if len(choices) > 1 else None


def _choices(text: str) -> tuple[str, ...]:
    parts = re.split(r"\s*(?:,|/|\||\bor\b|\band\b)\s*", text)
    words = [it.strip(" \"'`") for it in parts]
    return tuple(dict.fromkeys(it for it in words if it and it.lower() not in {"a", "an", "the"}))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What bounds look like, by kind; the parts of `bounds.toml` put in their places."""
    data = lexicon().bounds
    parts = data["parts"]
    chosen = "|".join(f"(?<=\\b{it})" for it in sorted(lexicon().traits["chosen"]))
    found = []
    for kind, patterns in data.items():
        for pattern in patterns if kind != "parts" else ():
            spelled = pattern.replace("<chosen>", f"(?:{chosen})")
            for name, part in (it.split("=", 1) for it in parts):
                spelled = spelled.replace(f"<{name}>", part)
            found.append((kind, re.compile(spelled, re.IGNORECASE)))
    return tuple(found)
