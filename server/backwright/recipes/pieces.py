"""Turns edits of bytes into units: templates reckon in bytes, replies in lines and symbols."""

from __future__ import annotations

from collections.abc import Sequence

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.syntax.language import language_of
from backwright.syntax.symbols import Symbol, find, symbols
from backwright.text.lines import Lines
from backwright.text.span import Span


def edited_symbol(path: str, source: bytes, name: str, edits: Sequence[Edit]) -> list[Unit]:
    """The units that make `edits`, all in the symbol `name`: it is replaced as a whole.

    Where the name means several things or another, its lines are edited instead.
    """
    language = language_of(path)
    found = find(symbols(source, language.name), name) if language is not None else None
    if not isinstance(found, Symbol) or not all(found.span.covers(it.span) for it in edits):
        return edited_lines(path, source, edits)
    start = Lines.of(source).start_of(Lines.of(source).number_at(found.span.start))
    if source[start : found.span.start].strip():
        return edited_lines(path, source, edits)
    text = _after(source, Span(start, found.span.end), edits)
    return [Unit(path, "replace", found.name, text)]


def edited_lines(path: str, source: bytes, edits: Sequence[Edit]) -> list[Unit]:
    """The units that make `edits`: search blocks of whole lines, each found once in the file."""
    lines = Lines.of(source)
    units = []
    for first, last, group in _groups(lines, source, edits):
        first, last = _made_unique(source, lines, first, last)
        span = Span(lines.start_of(first), lines.end_of(last))
        search = _text(span.of(source))
        units.append(Unit(path, "edit", text=_after(source, span, group), search=search))
    return units


def _groups(
    lines: Lines, source: bytes, edits: Sequence[Edit]
) -> list[tuple[int, int, list[Edit]]]:
    """The edits with the lines they touch, those that share a line together."""
    groups: list[tuple[int, int, list[Edit]]] = []
    for edit in sorted(edits, key=lambda it: it.span):
        first = lines.number_at(edit.span.start)
        last = lines.number_at(max(edit.span.start, edit.span.end - 1))
        if edit.span.start == edit.span.end == lines.start_of(first) and first > 1:
            first = last = first - 1  # what begins a line follows the one above
        if groups and first <= groups[-1][1]:
            begun, ended, group = groups[-1]
            groups[-1] = (begun, max(ended, last), [*group, edit])
        else:
            groups.append((first, last, [edit]))
    return groups


def _made_unique(source: bytes, lines: Lines, first: int, last: int) -> tuple[int, int]:
    """The lines with as many of those around them as make them stand once in the file."""
    rows = [row.strip() for row in source.split(b"\n")]
    while _count(rows, rows[first - 1 : last]) > 1 or not any(rows[first - 1 : last]):
        if first > 1:
            first -= 1
        elif last < len(lines):
            last += 1
        else:
            break
    return first, last


def _count(rows: list[bytes], wanted: list[bytes]) -> int:
    size = len(wanted)
    return sum(rows[at : at + size] == wanted for at in range(len(rows) - size + 1))


def _after(source: bytes, span: Span, edits: Sequence[Edit]) -> str:
    """The text of `span` once the edits, which lie in it, are made."""
    parts: list[str] = []
    at = span.start
    for edit in sorted(edits, key=lambda it: it.span):
        parts += (_text(source[at : edit.span.start]), edit.text)
        at = edit.span.end
    return "".join([*parts, _text(source[at : span.end])])


def _text(source: bytes) -> str:
    return source.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
