"""Names of a JavaScript or TypeScript file that nothing declares.

Scopes are not told apart: a name that is declared anywhere in the file counts as declared. So what
is reported is surely missing, and a name used outside its block is not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tree_sitter import Node

from backwright.syntax.language import grammars_folder
from backwright.syntax.tree import line, parse, text

_DECLARING = {
    "variable_declarator": ("name",),
    "function_declaration": ("name",),
    "generator_function_declaration": ("name",),
    "function_expression": ("name",),
    "class_declaration": ("name",),
    "class": ("name",),
    "abstract_class_declaration": ("name",),
    "enum_declaration": ("name",),
    "internal_module": ("name",),
    "catch_clause": ("parameter",),
    "arrow_function": ("parameter",),
    "for_in_statement": ("left",),
    "required_parameter": ("pattern",),
    "optional_parameter": ("pattern",),
    "function_signature": ("name",),
}
_WHOLE = frozenset({"import_clause", "formal_parameters"})


def undefined_names(source: bytes, language: str) -> list[tuple[str, int]]:
    """A message for each use of such a name, with its 1-based line."""
    root = parse(source, language).root_node
    declared = set(_globals())
    used: list[Node] = []
    for node in _all(root):
        if node.type in _WHOLE:
            declared.update(_names(node))
        for field in _DECLARING.get(node.type, ()):
            if (child := node.child_by_field_name(field)) is not None:
                declared.update(_names(child))
                if child.type == "type_identifier":  # a class in TypeScript
                    declared.add(text(child))
        if node.type in {"identifier", "shorthand_property_identifier"}:
            used.append(node)
    return [(f"{text(it)} is not defined", line(it)) for it in used if text(it) not in declared]


@cache
def _globals() -> frozenset[str]:
    listed = (grammars_folder() / "javascript" / "globals.txt").read_text("utf-8")
    return frozenset(listed.split())


def _names(pattern: Node) -> Iterator[str]:
    """The names that a pattern binds; defaults in it bind nothing new but do no harm here."""
    for node in _all(pattern):
        if node.type in {"identifier", "shorthand_property_identifier_pattern"}:
            yield text(node)


def _all(root: Node) -> Iterator[Node]:
    """Every node below `root`, itself included."""
    cursor = root.walk()
    while True:
        if cursor.node is not None:
            yield cursor.node
        if cursor.goto_first_child() or cursor.goto_next_sibling():
            continue
        while True:
            if not cursor.goto_parent():
                return
            if cursor.goto_next_sibling():
                break
