"""How many blank lines a file keeps between its statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tree_sitter import Node

from backwright.text.span import Span
from backwright.verify.placing.draft import Draft, Item, items

_MOST = 2


@dataclass(frozen=True, slots=True)
class Spacing:
    """The habits of one container: blank lines around definitions, and between other statements
    of one kind. Where nothing is seen, those of the language."""

    items: Sequence[Item]
    wide: int
    narrow: dict[str, int]

    @classmethod
    def of(cls, draft: Draft, container: Node) -> Spacing:
        listed = list(items(container))
        top = container.parent is None
        default = 2 if draft.language.reader == "python" and top else 1
        both: Counter[int] = Counter()
        one: Counter[int] = Counter()
        narrow: dict[str, Counter[int]] = {}
        for above, below in pairwise(listed):
            gap = _gap(draft, above.span, below.span)
            if gap is None or above.imports or below.imports:
                continue
            if above.wide and below.wide:
                both[gap] += 1
            elif above.wide or below.wide:
                one[gap] += 1
            elif above.kind == below.kind:
                narrow.setdefault(above.kind, Counter())[gap] += 1
        wide = _usual(both, 2 if top else 1, _usual(one, 2, default))
        return cls(listed, wide, {kind: _usual(it, 1, 0) for kind, it in narrow.items()})

    def between(self, one: Item, other: Item) -> int:
        if one.wide or other.wide:
            return self.wide
        if one.imports != other.imports:
            return 1
        return self.narrow.get(one.kind, 0) if one.kind == other.kind else 0


def blanks_above(draft: Draft, at: int) -> int:
    """The blank lines just above the line that begins at `at`."""
    if at and draft.source[at - 1 : at] != b"\n":
        return 0
    last = draft.line(at) - 1
    number = last
    while number >= 1 and draft.is_blank(number):
        number -= 1
    return last - number


def blanks_below(draft: Draft, at: int) -> int:
    """The blank lines from the line that begins at `at` on."""
    first = number = draft.line(at)
    while number <= len(draft.lines) and draft.is_blank(number):
        number += 1
    return number - first


def _usual(gaps: Counter[int], least: int, default: int) -> int:
    """The gap that is seen most, when it is seen often enough to be a habit."""
    if gaps.total() < least:
        return default
    return min(_MOST, gaps.most_common(1)[0][0])


def _gap(draft: Draft, above: Span, below: Span) -> int | None:
    """The blank lines between two statements; None where a comment of its own stands between."""
    end = draft.lines.end_of(draft.line(max(above.end - 1, 0)))
    start = draft.lines.start_of(draft.line(below.start))
    if start < end:
        return None
    start = draft.with_comments(Span(start, start)).start
    between = draft.source[end:start]
    return None if start < end or between.strip() else between.count(b"\n")
