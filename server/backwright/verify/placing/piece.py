"""The text of a unit, read as the statements it is made of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tree_sitter import Node

from backwright.syntax.language import Language
from backwright.syntax.symbols import Symbol, symbols_in
from backwright.syntax.tree import errors, parse
from backwright.text.lines import Lines
from backwright.text.span import Span
from backwright.verify.placing.draft import Draft, Item, Problem, items
from backwright.verify.placing.indent import dedent
from backwright.verify.reading.addresses import address_in_comment

Place = Literal["module", "class", "object"]
"""Where a text makes sense: as statements, as members of a class, as entries of an object."""

WRAPPERS: dict[Place, tuple[str, str]] = {
    "module": ("", ""),
    "class": ("class _ {\n", "}"),
    "object": ("const _ = {\n", "}"),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """Lines `first` up to but not including `end` of a piece, with the comments just above.

    `names` are those of the symbols it defines, its own first, then those inside.
    """

    first: int
    end: int
    names: tuple[str, ...]
    symbols: tuple[Symbol, ...]
    item: Item

    @property
    def imports(self) -> bool:
        return self.item.imports


@dataclass(frozen=True, slots=True)
class Piece:
    """A text at the margin, and its statements in order. Only comments: no statements."""

    text: str
    place: Place
    statements: tuple[Statement, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names at the outermost level."""
        return tuple(name for it in self.statements for name in it.names)

    def text_of(self, statement: Statement) -> str:
        return "\n".join(self.text.split("\n")[statement.first : statement.end])

    def without(self, dropped: Collection[Statement]) -> Piece:
        """The piece less some statements and the blank lines below each."""
        lines = self.text.split("\n")
        gone: set[int] = set()
        if not dropped:
            return self
        for statement in dropped:
            end = statement.end
            while end < len(lines) and not lines[end].strip():
                end += 1
            gone.update(range(statement.first, end))
        moved, at = {}, 0
        for row in range(len(lines) + 1):
            moved[row] = at
            at += row not in gone
        text = "\n".join(line for row, line in enumerate(lines) if row not in gone)
        kept = tuple(
            replace(it, first=moved[it.first], end=moved[it.end])
            for it in self.statements
            if it not in dropped
        )
        return Piece(text.rstrip("\n"), self.place, kept)


def read_piece(text: str, draft: Draft, place: Place = "module") -> Piece | Problem:
    """The text of a unit for `draft`, meant for `place`; the problem is where it doesn't parse."""
    language = draft.language
    plain = dedent(_without_path(text.strip("\n"), draft.path), language)
    for attempt in dict.fromkeys((place, "module", "class", "object")):
        if attempt != "module" and language.reader == "python":
            continue
        head, tail = WRAPPERS[attempt]
        source = f"{head}{plain}\n{tail}".encode("utf-8", "surrogateescape")
        root = parse(source, language.name).root_node
        if not root.has_error:
            return Piece(plain, attempt, tuple(_statements(root, source, language, attempt)))
    return Problem(_first_error(plain, draft))


def _without_path(text: str, path: str) -> str:
    """`text` less a first line that only repeats the path."""
    first, _, rest = text.partition("\n")
    written = address_in_comment(first, (path,)).path
    return (
        rest.lstrip("\n") if written and (path == written or path.endswith(f"/{written}")) else text
    )


def _first_error(text: str, draft: Draft) -> str:
    source = text.encode("utf-8", "surrogateescape")
    root = parse(source, draft.language.name).root_node
    row = next((node.start_point.row for node in errors(root)), 0)
    line = text.split("\n")[min(row, text.count("\n"))].strip()
    return f"The text for {draft.path} does not parse as {draft.language.name} near `{line[:80]}`."


def _statements(root: Node, source: bytes, language: Language, place: Place) -> Iterator[Statement]:
    container = root if place == "module" else _wrapped(root)
    shift = 0 if place == "module" else 1
    lines = Lines.of(source)
    named = symbols_in(root, language.name)
    first = end = -1
    collected: list[Item] = []
    listed = list(items(container))
    for number, item in enumerate(listed):
        own = lines.number_at(item.span.start) - 1
        first = _above(source, lines, own, end) if not collected else first
        end = lines.number_at(max(item.span.start, item.span.end - 1))
        collected.append(item)
        following = listed[number + 1] if number + 1 < len(listed) else None
        if following is not None and lines.number_at(following.span.start) == end:
            continue  # it stands on the same line and can't be parted from this
        whole = Span(collected[0].span.start, collected[-1].span.end)
        low = bisect_left(named, whole.start, key=_start)
        inside = tuple(named[low : bisect_left(named, whole.end, low, key=_start)])
        outer = tuple(it.name.removeprefix("_.") for it in inside if _is_outer(it, inside))
        yield Statement(
            first - shift,
            end - shift,
            outer,
            inside,
            Item(
                whole,
                collected[0].kind,
                wide=any(it.wide for it in collected),
                imports=all(it.imports for it in collected),
            ),
        )
        collected = []


def _start(symbol: Symbol) -> int:
    return symbol.inner.start


def _wrapped(root: Node) -> Node:
    node = root
    while node.type not in {"class_body", "object"}:
        node = node.named_children[-1]
    return node


def _is_outer(symbol: Symbol, others: Sequence[Symbol]) -> bool:
    return not any(
        it is not symbol
        and it.inner != symbol.inner
        and it.span.covers(symbol.span)
        and it.span != symbol.span
        for it in others
    )


def _above(source: bytes, lines: Lines, row: int, floor: int) -> int:
    """The first of the comment rows just above `row`, not above the row `floor`."""
    while row - 1 >= max(floor, 0):
        above = source[lines.start_of(row) : lines.end_of(row)].strip()
        if not above.startswith((b"#", b"//", b"/*", b"*")):
            break
        row -= 1
    return row
