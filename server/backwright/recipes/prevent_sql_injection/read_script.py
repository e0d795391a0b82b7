"""Reads how a statement is put together in JavaScript: templates and `+`."""

from __future__ import annotations

from tree_sitter import Node

from backwright.recipes.prevent_sql_injection.built import Blocked, Built, Char, Hole, Literal
from backwright.syntax.tree import span, text
from backwright.text.span import Span

_STRINGS = frozenset({"string", "template_string"})


def read_script(node: Node) -> Built | Blocked:
    """The statement that an expression makes."""
    built = Built()
    blocked = _read(node, built)
    return blocked or built


def _read(node: Node, built: Built) -> Blocked | None:
    if node.type in _STRINGS:
        _string(node, built)
    elif node.type == "parenthesized_expression":
        return _read(node.named_children[0], built)
    elif _is_sum(node):
        for side in ("left", "right"):
            operand = node.child_by_field_name(side)
            assert operand is not None, "an operator has two operands"
            if not _is_string(operand):
                built.parts.append(Hole(text(operand), span(operand), -1))
            elif (blocked := _read(operand, built)) is not None:
                return blocked
    else:
        return Blocked(f"{text(node)[:60]} is not written as a string where it is run")
    return None


def _is_sum(node: Node) -> bool:
    operator = node.child_by_field_name("operator")
    return node.type == "binary_expression" and operator is not None and text(operator) == "+"


def _is_string(node: Node) -> bool:
    if node.type == "parenthesized_expression":
        return all(_is_string(it) for it in node.named_children)
    left = node.child_by_field_name("left")
    return node.type in _STRINGS or (_is_sum(node) and left is not None and _is_string(left))


def _string(node: Node, built: Built) -> None:
    start, end = node.children[0], node.children[-1]
    number = len(built.literals)
    built.literals.append(Literal(span(start), span(end), text(start)))
    for child in node.children[1:-1]:
        if child.type == "template_substitution":
            code = "".join(text(it) for it in child.named_children)
            built.parts.append(Hole(code, span(child), number))
        elif child.type == "escape_sequence":
            written = text(child)
            value = {"\\n": "\n", "\\t": "\t"}.get(written, written[-1])
            built.parts.append(Char(value, span(child), number))
        else:
            at = child.start_byte
            for character in text(child):
                width = len(character.encode())
                built.parts.append(Char(character, Span(at, at + width), number))
                at += width
