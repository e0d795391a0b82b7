"""Gives each argument of a call a line of its own where values make its line too long."""

from __future__ import annotations

from collections.abc import Sequence

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.recipes.script_style import style_of
from backwright.syntax.tree import span
from backwright.text.span import Span

_NARROW, _WIDE = 88, 100


def laid_out(source: bytes, call: Node, edits: list[Edit], passed: Edit) -> list[Edit]:
    """The edits, those of the arguments that `passed` belongs to as one if they are broken."""
    node: Node | None = call
    while node is not None and not _holds(node, passed.span):
        node = node.parent
    arguments = node.child_by_field_name("arguments") if node is not None else None
    if arguments is None or arguments.start_point.row != arguments.end_point.row:
        return edits
    line = _line(source, arguments.start_byte)
    if len(_applied(source, line, edits)) <= _limit(source):
        return edits
    row = source[line.start : line.end].decode("utf-8", "replace")
    outer = row[: len(row) - len(row.lstrip())]
    is_python = call.type == "call"
    step = "    " if is_python else style_of(source.decode("utf-8", "replace")).indent
    whole = span(arguments)
    listed = _split(source, arguments, edits)
    lines = "".join(f"{outer}{step}{it},\n" for it in listed)
    others = [it for it in edits if not (whole.start < it.span.start and it.span.end < whole.end)]
    return [*others, Edit(whole, f"(\n{lines}{outer})")]


def joined(source: bytes, edits: Sequence[Edit]) -> Edit:
    """The edits as one, with all that lies between them."""
    whole = Span(min(it.span.start for it in edits), max(it.span.end for it in edits))
    return Edit(whole, _applied(source, whole, edits))


def _holds(node: Node, inside: Span) -> bool:
    arguments = node.child_by_field_name("arguments")
    if arguments is None:
        return False
    return arguments.start_byte < inside.start and inside.end < arguments.end_byte


def _split(source: bytes, arguments: Node, edits: Sequence[Edit]) -> list[str]:
    """The arguments as they are afterwards; what is added behind one begins with a comma."""
    found = []
    for it in arguments.named_children:
        inner = [edit for edit in edits if _is_within(edit, it)]
        added = [edit for edit in inner if edit.text.startswith(", ") and _is_at_end(edit, it)]
        found.append(_applied(source, span(it), [edit for edit in inner if edit not in added]))
        found += [edit.text.removeprefix(", ") for edit in added]
    return found


def _is_within(edit: Edit, node: Node) -> bool:
    return node.start_byte <= edit.span.start and edit.span.end <= node.end_byte


def _is_at_end(edit: Edit, node: Node) -> bool:
    return edit.span.start == edit.span.end == node.end_byte


def _applied(source: bytes, within: Span, edits: Sequence[Edit]) -> str:
    parts: list[str] = []
    at = within.start
    for edit in sorted(edits, key=lambda it: it.span):
        if within.start <= edit.span.start and edit.span.end <= within.end:
            parts += (source[at : edit.span.start].decode("utf-8", "replace"), edit.text)
            at = edit.span.end
    return "".join([*parts, source[at : within.end].decode("utf-8", "replace")])


def _line(source: bytes, at: int) -> Span:
    start = source.rfind(b"\n", 0, at) + 1
    end = source.find(b"\n", at)
    return Span(start, end if end >= 0 else len(source))


def _limit(source: bytes) -> int:
    return min(max(_NARROW, *map(len, source.split(b"\n"))), _WIDE)
