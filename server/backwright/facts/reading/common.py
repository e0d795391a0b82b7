"""What the readers of all languages share."""

from __future__ import annotations

from dataclasses import dataclass, field

from tree_sitter import Node

from backwright.facts.code import Class, Expr, FileFacts, Function, Number, Other, Step

MAX_ITEMS = 200
"""A longer literal is data; only its beginning is kept."""

_TOO_LARGE = 2**63
"""From here on a number can't be stored as one."""

MAX_DEPTH = 100
"""Expressions nested deeper than this are generated code or an attack."""


@dataclass(slots=True)
class Book:
    """The definitions of a file while it is read."""

    functions: list[Function | None] = field(default_factory=list)
    classes: list[Class | None] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    """Names that are called, where the reader notes them."""

    def reserve_function(self) -> int:
        self.functions.append(None)
        return len(self.functions) - 1

    def reserve_class(self) -> int:
        self.classes.append(None)
        return len(self.classes) - 1

    def close(self, path: str, language: str, steps: list[Step], root: Node) -> FileFacts:
        return FileFacts(
            path,
            language,
            steps,
            [function for function in self.functions if function is not None],
            [class_ for class_ in self.classes if class_ is not None],
            root.has_error,
            called=sorted(self.called),
        )


def other(node: Node) -> Expr:
    return Other(node.start_byte, node.end_byte)


def number(node: Node, text: str) -> Expr:
    cleaned = text.replace("_", "").rstrip("n")
    try:
        value = int(cleaned, 0)
        return Number(value) if value < _TOO_LARGE else other(node)
    except ValueError:
        pass
    try:
        return Number(float(cleaned))
    except ValueError:
        return other(node)


def first(node: Node) -> Node | None:
    """The first child that says something."""
    return next((child for child in node.named_children if child.type != "comment"), None)
