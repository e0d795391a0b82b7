"""Finds the marks with which a reply leaves code out: `# ... existing code ...`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from backwright.syntax.language import Language
from backwright.syntax.tree import parse, text

_DOTS = r"(?:\.{3,}|…)"
_WHAT = r"(?:code|functions?|methods?|class|file|body|logic|implementation|routes?|tests?)"
_STAYS = r"(?:(?:is|are|remains?|stays?)\s+)?(?:unchanged|the\s+same|here|as\s+(?:is|before))"
_ELISION = re.compile(
    rf"^(?:{_DOTS}(?:\s*[^.…]{{0,60}}{_DOTS}?)?"
    rf"|\W*(?:the\s+)?(?:existing|remaining|rest|unchanged|previous|original|other)\b"
    rf"[^.…]{{0,50}}{_DOTS}\W*"
    rf"|\W*(?:(?:the\s+)?(?:existing|remaining|original|rest\s+of(?:\s+the|\s+your)?)\s+{_WHAT}"
    rf"(?:\s+{_STAYS})?|unchanged|(?:same\s+)?as\s+before)\W*)$",
    re.IGNORECASE,
)
_MARKS = re.compile(r"^(?:#+|//+|/\*+)\s*|\s*\*/$")
_BARE = re.compile(rf"^\s*{_DOTS}(?:\s*[\w ,]{{0,60}}{_DOTS})?\s*$")


def is_elision(line: str) -> bool:
    """True for a comment that stands for code which is not written out."""
    stripped = line.strip()
    content = _MARKS.sub("", stripped)
    return content != stripped and _ELISION.match(content.strip()) is not None


def find_elision(written: str, language: Language | None) -> str | None:
    """The first line in `written` that stands for code left out."""
    lines = written.split("\n")
    if language is None:
        return next((it.strip() for it in lines if is_elision(it) or _BARE.match(it)), None)
    rows = elided_rows(written, "", language)
    return lines[min(rows)].strip() if rows else None


def without_marks(written: str, language: Language) -> str:
    """`written` less the marks at its margin, which stand for what is not part of it."""
    rows = elided_rows(written, "", language)
    lines = enumerate(written.split("\n"))
    return "\n".join(line for row, line in lines if row not in rows or line[:1].isspace())


def elided_rows(written: str, old: str, language: Language) -> dict[int, str]:
    """The rows of marks, each with the punctuation that makes a name there a statement."""
    source = written.encode("utf-8", "surrogateescape")
    known = {line.strip() for line in old.split("\n")}
    rows: dict[int, str] = {}
    lines = written.split("\n")
    for node in _nodes(parse(source, language.name).root_node):
        line = lines[node.start_point.row].strip()
        if line in known and not _BARE.match(line):
            continue
        if node.type == "comment" and is_elision(text(node)) and line == text(node).strip():
            listed = node.parent is not None and node.parent.type in {
                "object",
                "array",
                "arguments",
            }
            ending = "" if language.reader == "python" else "," if listed else ";"
            rows[node.start_point.row] = ending
        elif node.type == "expression_statement" and text(node) == "..." and _has_siblings(node):
            rows[node.start_point.row] = ""
        elif node.type == "ERROR" and _BARE.match(lines[node.start_point.row]):
            rows[node.start_point.row] = "" if language.reader == "python" else ";"
    return rows


def _nodes(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if node.type not in {"string", "template_string"}:
            waiting += node.children


def _has_siblings(node: Node) -> bool:
    """True when other code than a docstring stands beside a `...`."""
    siblings = node.parent.named_children if node.parent is not None else []
    return any(
        it.id != node.id and it.type != "comment" and not text(it).startswith(('"', "'"))
        for it in siblings
    )
