"""Compares two texts statement by statement: which of the old is which of the new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from tree_sitter import Node

from backwright.syntax.tree import text
from backwright.verify.placing.draft import CONTAINERS

SKIPPED = 0.5
"""What it costs an alignment to take an old statement for deleted rather than left out."""


def aligned(
    ours: Sequence[Node],
    theirs: Sequence[Node],
    is_hole: Callable[[Node], bool],
    *,
    late: bool = False,
) -> dict[int, int]:
    """Which old statement each new one is, in order; new code is no key.

    Holes stand for any number of old statements. Of several alignments that are equally good the
    one with the earliest matches is taken, with `late` the one with the latest: where they differ,
    nothing is certain.
    """
    likeness = [
        [0.0 if is_hole(our) else _likeness(our, their) for their in theirs] for our in ours
    ]
    skip = [0.0 if is_hole(our) else SKIPPED for our in ours] + [SKIPPED]
    scores = _scores(likeness, skip)
    pairs: dict[int, int] = {}
    row = column = 0
    while row < len(ours) and column < len(theirs):
        here, like = scores[row][column], likeness[row][column]
        matches = like > 0 and here == like + scores[row + 1][column + 1]
        skips = here == scores[row][column + 1] - skip[row]
        if matches and not (late and skips):
            pairs[row] = column
            row, column = row + 1, column + 1
        elif skips and (late or here != scores[row + 1][column]):
            column += 1
        else:
            row += 1
    return pairs


def _scores(likeness: Sequence[Sequence[float]], skip: Sequence[float]) -> list[list[float]]:
    """The best score from each new and old statement on."""
    rows, columns = len(likeness), len(likeness[0]) if likeness else 0
    scores = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows, -1, -1):
        for column in range(columns - 1, -1, -1):
            best = scores[row][column + 1] - skip[row]
            if row < rows:
                best = max(best, scores[row + 1][column])
                if like := likeness[row][column]:
                    best = max(best, like + scores[row + 1][column + 1])
            scores[row][column] = best
    return scores


_ALIKE = 0.6


def _likeness(our: Node, their: Node) -> float:
    """0 for different statements, up to 3 for the same."""
    mine, yours = " ".join(text(our).split()), " ".join(text(their).split())
    if mine == yours:
        return 3
    if our.type != their.type:
        return 0
    mine, yours = _key(our), _key(their)
    if mine and yours:
        return 2 if mine == yours else 0
    first, other = text(our).split("\n")[0], text(their).split("\n")[0]
    ratio = SequenceMatcher(None, first.strip(), other.strip(), autojunk=False).ratio()
    return ratio if ratio >= _ALIKE else 0


def _key(node: Node) -> str:
    """What a statement defines, assigns or calls; "" for others."""
    while node.type in {"decorated_definition", "export_statement", "expression_statement"}:
        inner = node.child_by_field_name("definition") or node.child_by_field_name("declaration")
        inner = inner or node.child_by_field_name("value")
        if inner is None and node.named_children:
            inner = node.named_children[-1]
        if inner is None:
            return ""
        node = inner
    if node.type == "return_statement":
        return "return"
    if node.type in {"lexical_declaration", "variable_declaration"} and node.named_children:
        node = node.named_children[0]
    if node.type in {"call", "call_expression"}:
        arguments = node.child_by_field_name("arguments")
        first = arguments.named_children[:1] if arguments is not None else []
        callee = text(node.child_by_field_name("function") or node)
        return " ".join([callee, *(text(it) for it in first if it.type == "string")])
    for field in ("name", "left", "key", "property"):
        if (named := node.child_by_field_name(field)) is not None:
            return text(named)
    return ""


def paired_containers(
    new: Node, old: Node, is_holed: Callable[[Node], bool]
) -> Iterator[tuple[Node, Node]]:
    """The containers in `new` that have holes, each with its like in `old`."""
    ours, theirs = list(_outermost(new)), list(_outermost(old))
    for kind in {it.type for it in ours}:
        mine = [it for it in ours if it.type == kind]
        yours = [it for it in theirs if it.type == kind]
        holed = [it for it in mine if is_holed(it)]
        if len(mine) == len(yours):
            yield from (pair for pair in zip(mine, yours, strict=True) if pair[0] in holed)
        elif len(holed) == 1 and len(yours) == 1:
            yield holed[0], yours[0]


def _outermost(node: Node) -> Iterator[Node]:
    for child in node.named_children:
        if child.type in CONTAINERS:
            yield child
        else:
            yield from _outermost(child)
