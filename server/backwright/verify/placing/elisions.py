"""Puts back what a reply leaves out with `# ... existing code ...`.

The new text and the old are compared statement by statement. A mark stands for the old statements
between the neighbours it has in the new text; where that is not certain, it is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from backwright.syntax.language import Language
from backwright.syntax.tree import parse, text
from backwright.verify.placing.alignment import aligned, paired_containers
from backwright.verify.placing.draft import Problem
from backwright.verify.placing.indent import rebase
from backwright.verify.placing.marks import elided_rows

_HOLE = re.compile(r"__elided_(\d+)__")


def fill(
    written: str, old: str, language: Language, unit: str, wrap: tuple[str, str]
) -> str | Problem:
    """`written` with each mark replaced by what it stands for in `old`.

    Both are at the margin and indented by `unit`; `wrap` is what makes them a whole file.
    """
    rows = elided_rows(written, old, language)
    if not rows:
        return written
    lines = written.split("\n")
    masked = "\n".join(
        _hole(line, number, rows[number]) if number in rows else line
        for number, line in enumerate(lines)
    )
    new_root, old_root = _parsed(masked, language, wrap), _parsed(old, language, wrap)
    if new_root.has_error or old_root.has_error:
        return Problem(f"`{lines[min(rows)].strip()}` can't be read here; write the code out.")
    source = old.encode("utf-8", "surrogateescape")
    texts = set()
    for late in (False, True):
        filling = _Filling(masked, language, unit, source, wrap, late)
        slices = dict(filling.resolve(new_root, old_root))
        unsure = next((row for row in rows if row not in slices), None)
        texts.add("\n".join(_put_back(masked.split("\n"), slices)))
        if unsure is not None or len(texts) > 1:
            shown = lines[unsure if unsure is not None else min(rows)].strip()
            return Problem(f"It is not certain what `{shown}` stands for; write the code out.")
    return texts.pop()


def _put_back(lines: Sequence[str], slices: Mapping[int, _Slice]) -> list[str]:
    filled: list[str] = []
    below: int | None = None
    for number, line in enumerate(lines):
        if below is not None and not line.strip():
            continue
        if number not in slices:
            filled += [""] * (below or 0) + [line]
            below = None
            continue
        piece = slices[number]
        if piece.above is not None:
            filled = [*_trimmed_end(filled), *[""] * piece.above]
        filled += piece.lines
        below = piece.below
    return filled


def _hole(line: str, number: int, ending: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}__elided_{number}__{ending}"


def _parsed(source: str, language: Language, wrap: tuple[str, str]) -> Node:
    whole = f"{wrap[0]}{source}\n{wrap[1]}"
    return parse(whole.encode("utf-8", "surrogateescape"), language.name).root_node


@dataclass(frozen=True, slots=True)
class _Slice:
    """What a mark stands for, and how many blank lines the old text has above and below it; None
    where new code stands there."""

    lines: list[str]
    above: int | None = None
    below: int | None = None


@dataclass(frozen=True, slots=True)
class _Filling:
    """Finds what the holes stand for; a hole it is not sure of is left out."""

    masked: str
    language: Language
    unit: str
    old: bytes
    wrap: tuple[str, str]
    late: bool

    def resolve(self, new: Node, old: Node) -> Iterator[tuple[int, _Slice]]:
        """The holes in the container `new`, each with the lines for it from the container `old`."""
        ours, theirs = _statements(new), _statements(old)
        pairs = aligned(ours, theirs, _is_hole, late=self.late)
        for index, node in enumerate(ours):
            if (number := _hole_number(node)) is not None:
                gap = _gap(ours, pairs, index, len(theirs))
                if gap is None:
                    continue
                taken = theirs[slice(*gap)]
                following = ours[index + 1] if index + 1 < len(ours) else None
                commented = following is not None and _is_commented(following)
                lines = self._lines(node, old, taken, commented) if taken else []
                above = _blanks_above(taken[0]) if taken and index - 1 in pairs else None
                below = _blanks_below(taken, following, index + 1 in pairs)
                yield number, _Slice(lines, above, below)
            elif _is_holed(node) and index in pairs:
                for inner, outer in paired_containers(node, theirs[pairs[index]], _is_holed):
                    yield from self.resolve(inner, outer)

    def _lines(
        self, hole: Node, container: Node, taken: Sequence[Node], commented: bool
    ) -> list[str]:
        source = self.wrap[0].encode() + self.old + b"\n" + self.wrap[1].encode()
        if container.start_point.row == container.end_point.row and _is_braced(container):
            lines = [source[taken[0].start_byte : taken[-1].end_byte]]
        else:
            rows = _rows(container, taken, commented)
            lines = source.split(b"\n")[rows.start : rows.stop]
        texts = [line.decode("utf-8", "surrogateescape") for line in lines]
        return self._moved(hole, _trimmed(texts))

    def _moved(self, hole: Node, lines: list[str]) -> list[str]:
        row = hole.start_point.row - self.wrap[0].count("\n")
        line = self.masked.split("\n")[row]
        indent = line[: len(line) - len(line.lstrip())]
        moved = rebase("\n".join(lines), self.language, indent, self.unit)
        if line.rstrip().endswith(",") and not moved.rstrip().endswith(","):
            moved = f"{moved.rstrip()},"
        return moved.split("\n")


def _statements(container: Node) -> list[Node]:
    return [it for it in container.named_children if it.type not in {"comment", "decorator"}]


def _is_hole(node: Node) -> bool:
    return _hole_number(node) is not None


def _is_holed(node: Node) -> bool:
    return _HOLE.search(text(node)) is not None


def _hole_number(node: Node) -> int | None:
    match = _HOLE.fullmatch(text(node).rstrip(";,"))
    return int(match[1]) if match else None


def _gap(
    ours: Sequence[Node], pairs: dict[int, int], index: int, count: int
) -> tuple[int, int] | None:
    """Which old statements the hole at `index` stands for: those between its neighbours.

    None where another hole is in the same gap, with new code between the two.
    """
    before = max((it for it in pairs if it < index), default=None)
    after = min((it for it in pairs if it > index), default=None)
    low = pairs[before] + 1 if before is not None else 0
    high = pairs[after] if after is not None else count
    first = before + 1 if before is not None else 0
    last = after if after is not None else len(ours)
    holes = [it for it in range(first, last) if _hole_number(ours[it]) is not None]
    if len(holes) > 1 and low < high:
        if holes[-1] - holes[0] != len(holes) - 1:
            return None
        return (low, high) if index == holes[0] else (high, high)
    return low, high


def _is_braced(container: Node) -> bool:
    return container.type not in {"module", "program", "block"}


def _rows(container: Node, taken: Sequence[Node], commented: bool) -> range:
    """The rows of old statements, with the comments around them.

    Comments just above the statement that follows are left to it when it comes `commented`.
    """
    before, after = _beside(taken[0], -1), _beside(taken[-1], 1)
    if before is not None:
        first = before.end_point.row + 1
    elif _is_braced(container):
        first = container.start_point.row + 1
    else:
        first = _first_row(container) if container.type == "block" else 0
    if after is not None:
        return range(first, _first_row(after) if commented else _own_row(after))
    if _is_braced(container):
        return range(first, container.end_point.row)
    return range(first, container.end_point.row + 1)


def _beside(node: Node, step: int) -> Node | None:
    """The statement before or after, comments and decorators passed over."""
    found = node.next_named_sibling if step > 0 else node.prev_named_sibling
    while found is not None and found.type in {"comment", "decorator"}:
        found = found.next_named_sibling if step > 0 else found.prev_named_sibling
    return found


def _own_row(node: Node) -> int:
    """The row where a statement begins, its decorators included."""
    row, before = node.start_point.row, node.prev_named_sibling
    while before is not None and before.type == "decorator":
        row, before = before.start_point.row, before.prev_named_sibling
    return row


def _first_row(node: Node) -> int:
    """The row of the first of the comments just above a statement, else its own."""
    row, before = _own_row(node), node.prev_sibling
    while before is not None and before.type in {"comment", "decorator"}:
        if before.type == "comment" and before.end_point.row == row - 1:
            row = before.start_point.row
        before = before.prev_sibling
    return row


def _is_commented(node: Node) -> bool:
    return _first_row(node) < _own_row(node)


def _blanks_above(node: Node) -> int:
    before = _beside(node, -1)
    return 0 if before is None else max(0, _first_row(node) - before.end_point.row - 1)


def _blanks_below(taken: Sequence[Node], following: Node | None, known: bool) -> int | None:
    """The blank lines below old statements: as they were, and as they are between two of them
    where a new definition follows."""
    if not taken or following is None:
        return None
    if known:
        after = _beside(taken[-1], 1)
        if after is None:
            return None
        came_along = _is_commented(after) and not _is_commented(following)
        return 0 if came_along else _blanks_above(after)
    spread = following.end_point.row > following.start_point.row
    return _blanks_above(taken[-1]) if spread and len(taken) > 1 else None


def _trimmed(lines: list[str]) -> list[str]:
    lines = _trimmed_end(lines)
    while lines and not lines[0].strip():
        lines = lines[1:]
    return lines


def _trimmed_end(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines
