"""Docstrings of Python handlers."""

from __future__ import annotations

from collections.abc import Sequence

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.facts.backend import Route
from backwright.recipes.document_endpoint.told import is_documented
from backwright.recipes.outcome import Refused, Situation
from backwright.recipes.python_code import PythonFunction, function_in
from backwright.syntax.tree import text
from backwright.text.span import Span


def function_of(situation: Situation, route: Route) -> PythonFunction | Refused:
    """The handler's own function."""
    place = route.handler_place
    document = situation.document(place.file)
    found = function_in(document.source, place.start, place.end) if document is not None else None
    return found or Refused(f"the handler of {route.title} is no function of this project")


def documented(function: PythonFunction, lines: Sequence[str]) -> list[Edit]:
    """The edit that gives a function a docstring, none where it has one that says something."""
    body = function.node.child_by_field_name("body")
    first = body.named_children[0] if body is not None and body.named_children else None
    if body is None or first is None:
        return []
    old = _docstring(first)
    if old is not None and is_documented(text(old)):
        return []
    indent = f"{function.indent}    "
    written = _quoted(lines, indent)
    if old is not None:
        return [Edit(Span(old.start_byte, old.end_byte), written)]
    at = first.start_byte
    return [Edit(Span(at, at), f"{written}\n{indent}")]


def _docstring(first: Node) -> Node | None:
    if first.type == "expression_statement" and first.named_children:
        inner = first.named_children[0]
        return inner if inner.type == "string" else None
    return None


def _quoted(lines: Sequence[str], indent: str) -> str:
    if len(lines) == 1:
        return f'"""{lines[0]}"""'
    rest = "".join(f"{indent}{line}\n" if line else "\n" for line in lines[1:])
    return f'"""{lines[0]}\n{rest}{indent}"""'
