"""Which statements are imports, `require` included."""

from __future__ import annotations

from tree_sitter import Node

from backwright.syntax.tree import text

_STATEMENTS = frozenset({"import_statement", "import_from_statement", "future_import_statement"})


def is_import(node: Node) -> bool:
    """True for a statement that does nothing but import."""
    return is_python_import(node) or is_javascript_import(node)


def is_python_import(node: Node) -> bool:
    # JavaScript's node of the same type has a source.
    return (
        node.type in _STATEMENTS
        and node.child_by_field_name("source") is None
        and (node.type != "import_statement" or bool(node.children_by_field_name("name")))
    )


def is_javascript_import(node: Node) -> bool:
    if node.type == "import_statement":
        return node.child_by_field_name("source") is not None
    if node.type in {"lexical_declaration", "variable_declaration"}:
        declarators = [it for it in node.named_children if it.type == "variable_declarator"]
        return bool(declarators) and all(required(it) is not None for it in declarators)
    if node.type == "expression_statement" and node.named_children:
        return _is_require(node.named_children[0])
    return False


def required(node: Node) -> tuple[str, str] | None:
    """The module and member of `name = require("module").member`; None for anything else."""
    target, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if target is None or value is None:
        return None
    if target.type == "object_pattern":
        simple = {"shorthand_property_identifier_pattern", "pair_pattern"}
        if not all(it.type in simple for it in target.named_children) or not _is_require(value):
            return None
        return required_module(value), ""
    if target.type != "identifier":
        return None
    if value.type == "member_expression":
        inner, member = value.named_children[0], value.named_children[-1]
        return (required_module(inner), text(member)) if _is_require(inner) else None
    return (required_module(value), "") if _is_require(value) else None


def _is_require(node: Node) -> bool:
    function = node.child_by_field_name("function")
    if node.type != "call_expression" or function is None or text(function) != "require":
        return False
    arguments = node.child_by_field_name("arguments")
    listed = arguments.named_children if arguments is not None else []
    return len(listed) == 1 and listed[0].type == "string"


def required_module(call: Node) -> str:
    arguments = call.child_by_field_name("arguments")
    return unquoted(arguments.named_children[0]) if arguments is not None else ""


def unquoted(node: Node) -> str:
    return text(node)[1:-1]
