"""Indentation: what a file uses, and how a text is moved to another place in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tree_sitter import Node

from backwright.syntax.language import Language
from backwright.syntax.tree import parse

_LEADING = re.compile(r"[ \t]*")
_OPENER = re.compile(r"[:{(\[]\s*(?:(?:#|//).*)?$")


def indent_unit(text: str) -> str | None:
    """One level of indentation in `text`: a tab or some blanks; None where nothing is indented."""
    steps: Counter[str] = Counter()
    above, opened = "", False
    for line in text.split("\n"):
        if not line.strip():
            continue
        own = _leading(line)
        if opened and own.startswith(above) and len(own) > len(above):
            steps[own[len(above) :]] += 1
        above, opened = own, _OPENER.search(line) is not None
    for step, _ in steps.most_common():
        if step == "\t" or not step.strip(" "):
            return step
    return None


def rebase(text: str, language: Language, prefix: str, unit: str) -> str:
    """`text` with its first line at `prefix` and everything in it one `unit` a level.

    Lines inside strings keep their blanks, for these are part of the value; docstrings move along.
    """
    lines = text.split("\n")
    base = _leading(next((line for line in lines if line.strip()), ""))
    plain = "\n".join(_without(line, base) for line in lines)
    kept = _rows_in_strings(plain, language)
    own = indent_unit("\n".join(it for row, it in enumerate(plain.split("\n")) if row not in kept))
    moved = []
    for row, (line, bare) in enumerate(zip(lines, plain.split("\n"), strict=True)):
        if row in kept:
            moved.append(line)
        elif not bare.strip():
            moved.append("")
        else:
            moved.append(prefix + _converted(bare, own, unit))
    return "\n".join(moved)


def with_first_line(text: str, language: Language, prefix: str, unit: str) -> str:
    """`text` whose first line lost its indentation while the others kept theirs, made whole.

    That is how a text comes back that was cut out from the middle of its first line. It is seen by
    where the first block inside stands, or the bracket that closes.
    """
    first, _, rest = text.lstrip("\n").partition("\n")
    indents = [_leading(line) for line in rest.split("\n") if line.strip()]
    if not prefix or _leading(first) or not indents:
        return text
    if language.reader == "python" and (column := _block_column(text, language)) is not None:
        lost = column == len(prefix + unit) and indent_unit(rest) in {unit, None}
    else:
        last = rest.rstrip().rpartition("\n")[2]
        closes = last.lstrip()[:1] in set("})]") and _leading(last) == prefix
        lost = closes or (first.startswith("@") and min(indents, key=len) == prefix)
    return f"{prefix}{first}\n{rest}" if lost else text


def dedent(text: str, language: Language) -> str:
    """`text` with its first line at the margin."""
    lines = text.split("\n")
    base = _leading(next((line for line in lines if line.strip()), ""))
    if not base:
        return text
    plain = [_without(line, base) for line in lines]
    kept = _rows_in_strings("\n".join(plain), language)
    return "\n".join(lines[row] if row in kept else line for row, line in enumerate(plain))


def _block_column(text: str, language: Language) -> int | None:
    """Where the first indented block stands; None without one, or where nothing can be read."""
    root = parse(text.encode("utf-8", "surrogateescape"), language.name).root_node
    waiting = [root]
    while waiting and not root.has_error:
        node = waiting.pop()
        if node.type == "block" and node.prev_sibling is not None:
            own_line = node.start_point.row > node.prev_sibling.end_point.row
            return node.start_point.column if own_line else None
        waiting += reversed(node.children)
    return None


def _leading(line: str) -> str:
    match = _LEADING.match(line)
    return match[0] if match else ""


def _without(line: str, base: str) -> str:
    """`line` less `base`, or less as much of it as it has."""
    if line.startswith(base):
        return line[len(base) :]
    own = _leading(line)
    if not own.startswith(base[: len(own)]) or "\t" in base + own:
        width = len(own.expandtabs(4)) - len(base.expandtabs(4))
        return " " * max(0, width) + line[len(own) :]
    return line[len(own) :]


def _converted(line: str, own: str | None, unit: str) -> str:
    if own is None or own == unit:
        return line
    blanks = _leading(line)
    width = len(own.expandtabs(4))
    levels, rest = divmod(len(blanks.expandtabs(4)), width)
    return unit * levels + " " * rest + line[len(blanks) :]


def _rows_in_strings(text: str, language: Language) -> set[int]:
    """The rows that begin inside a string whose value would change with its indentation."""
    root = parse(text.encode("utf-8", "surrogateescape"), language.name).root_node
    rows: set[int] = set()
    for node in _strings(root):
        rows.update(range(node.start_point.row + 1, node.end_point.row + 1))
    return rows


def _strings(node: Node) -> Iterator[Node]:
    if node.start_point.row == node.end_point.row:
        return
    if node.type in {"string", "template_string"}:
        if node.parent is None or node.parent.type not in {"expression_statement", "module"}:
            yield node
        return
    for child in node.children:
        yield from _strings(child)
