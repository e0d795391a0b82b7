"""Edits that put placeholders in the place of values, within the strings that are there."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.edits.change import Edit
from backwright.recipes.prevent_sql_injection.binding import Value
from backwright.recipes.prevent_sql_injection.built import Blocked, Built, Char, Hole
from backwright.recipes.script_style import style_of
from backwright.text.span import Span

_QUOTES = "'\""


@dataclass(slots=True)
class Rewriting:
    """One statement. `doubles` says that the driver wants `%` written twice beside its marks, and
    that it was not written so before."""

    source: bytes
    built: Built
    doubles: bool

    def edits(self, values: tuple[Value, ...], marks: list[str]) -> list[Edit] | Blocked:
        joined = {n: n for n in range(len(self.built.literals))}
        edits: list[Edit] = []
        for value, mark in zip(values, marks, strict=True):
            placed = self._placed(value, mark, joined)
            if isinstance(placed, Blocked):
                return placed
            edits += placed
        bound = {n for value in values for n in range(value.first, value.last + 1)}
        left = [it for n, it in enumerate(self.built.parts) if n not in bound]
        open_ = {joined.get(it.literal, -1) for it in left if isinstance(it, Hole)}
        if self.built.rest is not None:
            if open_:
                return Blocked("a part of the format has to stay while others are bound")
            edits.append(Edit(self.built.rest, ""))
        for literal in set(joined.values()):
            if literal not in open_:
                edits += self._plain(literal, joined, left)
        characters = [it for it in left if isinstance(it, Char)]
        edits += [Edit(it.span, written) for it in characters if (written := self._percent(it))]
        return edits

    def _placed(self, value: Value, mark: str, joined: dict[int, int]) -> list[Edit] | Blocked:
        parts, literals = self.built.parts, self.built.literals
        first, last = parts[value.first], parts[value.last]
        if first.literal >= 0:
            if literals[first.literal].opener != literals[last.literal].opener:
                return Blocked("the statement is put together of strings in different quotes")
            _join(joined, first.literal, last.literal)
            return [Edit(value.span, mark)]
        before = parts[value.first - 1] if value.first else None
        after = parts[value.last + 1] if value.last + 1 < len(parts) else None
        if before is None or before.literal < 0:
            return Blocked("the statement begins with a value")
        left = literals[before.literal]
        right = literals[after.literal] if after is not None and after.literal >= 0 else None
        if right is not None and right.opener == left.opener:
            whole = Span(left.closing.start, right.opening.end)
            if b"\n" not in self.source[whole.start : whole.end]:
                _join(joined, before.literal, after.literal if after is not None else -1)
                return [Edit(whole, mark)]
        ending = Span(left.closing.start, left.closing.start)
        return [Edit(ending, mark), Edit(Span(left.closing.end, first.span.end), "")]

    def _plain(self, literal: int, joined: dict[int, int], left: list[Char | Hole]) -> list[Edit]:
        """A literal without holes: no longer an f-string or a template."""
        members = [n for n, root in joined.items() if root == literal]
        opened, closed = self.built.literals[members[0]], self.built.literals[members[-1]]
        inside = [it for it in left if isinstance(it, Char) and it.literal in members]
        if opened.is_formatted:
            prefix = opened.opener.replace("f", "").replace("F", "")
            braces = [it for it in inside if it.value in "{}" and it.span.end - it.span.start == 2]
            return [Edit(opened.opening, prefix), *(Edit(it.span, it.value) for it in braces)]
        if opened.opener == "`":
            quote = _quote(self.source, "".join(it.value for it in inside))
            return [Edit(opened.opening, quote), Edit(closed.closing, quote)] if quote else []
        return []

    def _percent(self, it: Char) -> str:
        if it.value != "%":
            return ""
        written = it.span.end - it.span.start
        wanted = 2 if self.doubles else 1
        return "%" * wanted if written != wanted else ""


def _join(joined: dict[int, int], first: int, last: int) -> None:
    root = joined[first]
    for number in range(first, last + 1):
        joined[number] = root


def _quote(source: bytes, written: str) -> str:
    """The file's own quote if the text can stand in it; "" where it can't."""
    if "\n" in written or "\\" in written:
        return ""
    usual = style_of(source.decode("utf-8", "replace")).quote
    return next((it for it in (usual, *_QUOTES) if it not in written), "")
