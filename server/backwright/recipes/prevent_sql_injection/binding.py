"""Finds the values of a statement that can be bound, and what of the code they take the place of.

A value is what stands in SQL quotes, with all that is written in them (`'%{term}%'`), or stands
bare where SQL takes a value. What stands where SQL takes a name can't be bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from backwright.recipes.prevent_sql_injection.built import Blocked, Built, Char, Hole, Part
from backwright.text.span import Span

_VALUE = re.compile(
    r"(?:=|<|>|~|\+|-|/|\|\||\b(?:I?LIKE|REGEXP|LIMIT|OFFSET|THEN|ELSE|TOP|ESCAPE|NOT|GLOB|MATCH)"
    r"|\bBETWEEN(?:\s+\S+\s+AND)?)\s*\(?\s*$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:\b(?:VALUES|IN)\s*|\w)\([^()]*$", re.IGNORECASE)
_NAMES = re.compile(r"\b(?:INTO|TABLE)\s+[\w.\"`]+\s*\([^()]*$", re.IGNORECASE)
_ROWS = re.compile(r"\bVALUES\b[\s\S]*\([^()]*[(,]\s*$|\bVALUES\b[\s\S]*\(\s*$", re.IGNORECASE)
_IN = re.compile(r"\bIN\s*\(\s*$", re.IGNORECASE)
_LIMITS = re.compile(r"\bLIMIT\s+\S+\s*,\s*$", re.IGNORECASE)
_CONSTANT = re.compile(r"(?:[A-Za-z_]\w*\.)?_?[A-Z][A-Z0-9_]*(?:\[[^\]]*\])?")
_OF_PROGRAM = re.compile(
    r"(?:self|cls|this)\.[\w.]+|[\w.]+\.__tablename__|.*\._meta\..*|len\(.*\)|int\(.*\)"
    r"|_?[A-Z][A-Z0-9_]*\.get\(.*\)|(?:Number|parseInt)\(.*\)",
    re.DOTALL,
)
EXISTING = re.compile(r"\?|%s|\$\d+")
_HOLE, _BOUND = "\0", "\1"
_SPACE = " \n\t"


@dataclass(frozen=True, slots=True)
class Value:
    """What is bound: the parts that make it up, and the span that its placeholder replaces.

    `after` counts the placeholders that the statement has in front of it already.
    """

    parts: tuple[Part, ...]
    span: Span
    first: int
    last: int
    after: int


@dataclass(frozen=True, slots=True)
class Bindable:
    """`text` is the statement as SQL, with a control character for each value and each hole."""

    values: tuple[Value, ...]
    text: str


def bindable(built: Built, is_checked: Callable[[str], bool]) -> Bindable | Blocked:
    """The values of a statement. `is_checked` tells of an expression that it can only be one of
    those that the program allows, or stands for placeholders."""
    parts = built.parts
    values: list[Value] = []
    before, at = "", 0
    while at < len(parts):
        part = parts[at]
        if isinstance(part, Hole):
            after = _following(parts, at + 1)
            if _is_constant(part.code):
                before += _HOLE
            elif _takes_value(before, after, part):
                values.append(Value((part,), part.span, at, at, _placeholders(before)))
                before += _BOUND
            elif is_checked(part.code) or _OF_PROGRAM.fullmatch(part.code):
                before += _HOLE
            else:
                return Blocked(_reason(part, before))
            at += 1
            continue
        if part.value not in "'\"`" or (part.value != "'" and not _VALUE.search(before)):
            before += part.value
            at += 1
            continue
        end = _closing(parts, at)
        if end is None:
            return Blocked("a quote of the statement is not closed where it is opened")
        inside = tuple(_without_doubled(parts[at + 1 : end]))
        holes = [it for it in inside if isinstance(it, Hole)]
        if all(_is_constant(it.code) for it in holes):
            before += "'" + _HOLE * len(holes) + "'"
        else:
            whole = Span(part.span.start, parts[end].span.end)
            values.append(Value(inside, whole, at, end, _placeholders(before)))
            before += _BOUND
        at = end + 1
    return Bindable(tuple(values), before)


def _is_constant(code: str) -> bool:
    return _CONSTANT.fullmatch(code) is not None


def _closing(parts: list[Part], opening: int) -> int | None:
    quote = parts[opening]
    assert isinstance(quote, Char), "a quote is a character"
    at = opening + 1
    while at < len(parts):
        part = parts[at]
        if isinstance(part, Char) and part.value == quote.value:
            following = parts[at + 1] if at + 1 < len(parts) else None
            doubled = isinstance(following, Char) and following.value == quote.value
            if not doubled:
                return at
            at += 1
        at += 1
    return None


def _without_doubled(parts: list[Part]) -> list[Part]:
    """What a string of SQL says: a quote is written twice in it."""
    kept: list[Part] = []
    for part in parts:
        last = kept[-1] if kept else None
        twice = isinstance(part, Char) and part.value == "'" and isinstance(last, Char)
        if not (twice and isinstance(last, Char) and last.value == "'"):
            kept.append(part)
    return kept


def _following(parts: list[Part], at: int) -> str:
    return "".join(it.value if isinstance(it, Char) else _HOLE for it in parts[at : at + 12])


def _takes_value(before: str, after: str, hole: Hole) -> bool:
    """Whether SQL takes a value between the two texts."""
    if after[:1] not in {"", *_SPACE, ",", ")", ";", "+", "-", "|", ":", "<", ">", "=", "/", "*"}:
        return False
    if _IN.search(before) and after[:1] == ")":
        return False  # rather a list than its only value
    if _VALUE.search(before) or _LIMITS.search(before):
        return True
    if _ROWS.search(before):
        return True
    inside = _LISTED.search(before) and re.search(r"[(,]\s*$", before)
    return bool(inside) and not _NAMES.search(before)


def _placeholders(before: str) -> int:
    return len(EXISTING.findall(before.replace("??", "")))


def _reason(hole: Hole, before: str) -> str:
    if _IN.search(before):
        return f"the list {hole.code} of IN needs a placeholder for each of its values"
    words = re.findall(r"[A-Za-z]+", before)[-2:]
    place = " ".join(words).upper()
    return (
        f"{hole.code} is a part of the statement itself, behind {place or 'nothing'}, and can't be"
        " bound: take it from a list of allowed names"
    )
