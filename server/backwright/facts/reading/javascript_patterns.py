"""Reads the patterns of JavaScript: what is destructured, and the names that it binds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from tree_sitter import Node

from backwright.facts.code import (
    Expr,
    Items,
    Name,
    Table,
    Text,
)
from backwright.facts.reading.common import MAX_DEPTH, other
from backwright.syntax.tree import text


class Patterns(ABC):
    """Reads what is assigned to: a name, a member, or a table or list of them."""

    depth: int

    @abstractmethod
    def expr(self, node: Node, name: str = "") -> Expr: ...

    @abstractmethod
    def inside(self, node: Node) -> Expr: ...

    @abstractmethod
    def key(self, node: Node) -> Expr: ...

    def pattern(self, node: Node) -> Expr:
        if self.depth > MAX_DEPTH:
            return other(node)
        self.depth += 1
        found = self._pattern(node)
        self.depth -= 1
        return found

    def _pattern(self, node: Node) -> Expr:
        match node.type:
            case "object_pattern":
                return Table(
                    [entry for child in node.named_children for entry in self.field(child)]
                )
            case "array_pattern":
                return Items([self.pattern(child) for child in node.named_children])
            case "assignment_pattern":
                left = node.child_by_field_name("left")
                return self.pattern(left) if left is not None else other(node)
            case _:
                return self.expr(node)

    def field(self, node: Node) -> Iterator[tuple[Expr | None, Expr]]:
        """A part of `{ a, b = 1, c: d, ...rest }`."""
        match node.type:
            case "shorthand_property_identifier_pattern":
                yield Text(text(node)), Name(text(node))
            case "object_assignment_pattern":
                left = node.child_by_field_name("left")
                if left is not None:
                    yield Text(text(left)), Name(text(left))
            case "pair_pattern":
                key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
                if key is not None and value is not None:
                    yield self.key(key), self.pattern(value)
            case "rest_pattern":
                yield None, self.inside(node)
            case _:
                pass


def names_in(target: Expr) -> Iterator[str]:
    if isinstance(target, Name):
        yield target.name
    elif isinstance(target, Table):
        for _, value in target.entries:
            yield from names_in(value)
    elif isinstance(target, Items):
        for value in target.values:
            yield from names_in(value)
