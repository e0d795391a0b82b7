"""Looks around a call in a tree, in Python and in JavaScript alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from backwright.facts.backend import Place
from backwright.syntax.tree import text

_CALLS = frozenset({"call", "call_expression"})
_FUNCTIONS = frozenset(
    {
        *("function_definition", "lambda", "function_declaration", "function_expression"),
        *("arrow_function", "method_definition", "generator_function_declaration"),
    }
)
_BINDING = {
    "assignment": ("left", "right"),
    "variable_declarator": ("name", "value"),
    "assignment_expression": ("left", "right"),
}
_GROWING = frozenset({"augmented_assignment", "augmented_assignment_expression"})


def call_at(root: Node, place: Place) -> Node | None:
    node = root.descendant_for_byte_range(place.start, max(place.start, place.end - 1))
    while node is not None and not (
        node.type in _CALLS and (node.start_byte, node.end_byte) == (place.start, place.end)
    ):
        node = node.parent
    return node


def arguments_of(call: Node) -> list[Node]:
    node = call.child_by_field_name("arguments")
    return [it for it in node.named_children if it.type != "comment"] if node is not None else []


def called(call: Node) -> str:
    """The last name of what is called: `execute` for `self.db.execute(…)`."""
    function = call.child_by_field_name("function")
    return text(function).rpartition(".")[2] if function is not None else ""


def function_around(node: Node) -> Node:
    """The innermost function that holds the node, the whole file if none does."""
    while node.parent is not None and node.type not in _FUNCTIONS:
        node = node.parent
    return node


def bound_to(name: str, around: Node) -> Node | None:
    """What a name is bound to, where that is done once and nothing is added to it."""
    values: list[Node | None] = []
    for node in descendants(around):
        if node.type in _BINDING:
            target, value = _BINDING[node.type]
            left = node.child_by_field_name(target)
            if left is not None and text(left) == name:
                values.append(node.child_by_field_name(value))
        elif node.type in _GROWING:
            left = node.child_by_field_name("left")
            if left is not None and text(left) == name:
                return None
    return values[0] if len(values) == 1 else None


@dataclass(frozen=True, slots=True)
class Part:
    """What a name is bound to, or what is added to it, by a statement of its own."""

    value: Node
    statement: Node


def growth_of(name: str, around: Node) -> list[Part]:
    """The first value of a name and all that is added to it by `+=`; nothing where it is bound
    again or the statements are not plain."""
    parts, bound = [], 0
    for node in descendants(around):
        target, value = _BINDING.get(node.type, ("left", "right"))
        if node.type not in {*_BINDING, *_GROWING}:
            continue
        left, right = node.child_by_field_name(target), node.child_by_field_name(value)
        if left is None or right is None or text(left) != name:
            continue
        bound += node.type in _BINDING
        operator = node.child_by_field_name("operator")
        if node.parent is None or (operator is not None and text(operator) != "+="):
            return []
        parts.append((node.type in _BINDING, Part(right, node.parent)))
    is_plain = bound == 1 and parts[0][0]
    return [part for _, part in parts] if is_plain else []


def uses(name: str, around: Node) -> list[Node]:
    """Where a name is read or bound."""
    return [it for it in identifiers(around) if text(it) == name]


def identifiers(around: Node) -> list[Node]:
    return [it for it in descendants(around) if it.type == "identifier"]


def descendants(node: Node) -> Iterator[Node]:
    yield node
    for child in node.named_children:
        yield from descendants(child)
