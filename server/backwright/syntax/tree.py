"""Parsing bytes, and questions to a tree that hold in every language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tree_sitter import Node, Parser, Tree

from backwright.syntax.language import grammar
from backwright.text.span import Span


@cache
def _parser(language: str) -> Parser:
    return Parser(grammar(language))


def parse(source: bytes, language: str) -> Tree:
    return _parser(language).parse(source)


def span(node: Node) -> Span:
    return Span(node.start_byte, node.end_byte)


def text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")


def line(node: Node) -> int:
    """The 1-based line on which the node begins."""
    return node.start_point.row + 1


def errors(node: Node) -> Iterator[Node]:
    """The outermost places that the grammar could not read, in order."""
    if not node.has_error:
        return
    if node.is_error or node.is_missing:
        yield node
        return
    for child in node.children:
        yield from errors(child)


def enclosing(root: Node, start: int, end: int, kinds: frozenset[str]) -> Node | None:
    """The innermost node of one of `kinds` that covers the bytes from `start` to `end`."""
    node = root.descendant_for_byte_range(start, end)
    while node is not None and node.type not in kinds:
        node = node.parent
    return node
