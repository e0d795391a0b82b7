"""Reads the expressions of Python."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Callable

from tree_sitter import Node

from backwright.facts.code import (
    Argument,
    Call,
    Choice,
    Constant,
    Element,
    Expr,
    Items,
    Member,
    Name,
    Operation,
    Table,
    Template,
    Text,
)
from backwright.facts.reading.common import MAX_DEPTH, MAX_ITEMS, Book, first, number, other
from backwright.syntax.tree import line, text

MAX_CALLS = 2_000
"""Items of a list that begins with a call: a table of addresses is longer than one of data that
says anything."""

_CHAINED = frozenset({"call", "attribute", "subscript"})


class Expressions(ABC):
    """Reads expressions; the functions in them need the rest of the reader."""

    def __init__(self) -> None:
        self.book = Book()
        self.scope = ""
        self.depth = 0

    @abstractmethod
    def lambda_(self, node: Node) -> Expr: ...

    def maybe(self, node: Node | None) -> Expr | None:
        return self.expr(node) if node is not None else None

    def expr(self, node: Node) -> Expr:
        handler = _EXPRESSIONS.get(node.type)
        if handler is None or self.depth > MAX_DEPTH:
            return other(node)
        self.depth += 1
        try:
            return handler(self, node)
        finally:
            self.depth -= 1

    def inside(self, node: Node) -> Expr:
        child = first(node)
        return self.expr(child) if child is not None else other(node)

    def string(self, node: Node) -> Expr:
        parts: list[Expr] = []
        prefix = text(node.children[0]).lower() if node.children else ""
        for child in node.named_children:
            if child.type == "string_content":
                content = text(child) if "r" in prefix else _unescaped(text(child))
                if "f" in prefix:
                    content = content.replace("{{", "{").replace("}}", "}")
                parts.append(Text(content))
            elif child.type == "interpolation":
                inner = child.child_by_field_name("expression")
                parts.append(self.expr(inner) if inner is not None else other(child))
        if all(isinstance(part, Text) for part in parts):
            return Text("".join(part.value for part in parts if isinstance(part, Text)))
        return Template(parts)

    def concatenated(self, node: Node) -> Expr:
        parts = [self.expr(child) for child in node.named_children if child.type == "string"]
        if all(isinstance(part, Text) for part in parts):
            return Text("".join(part.value for part in parts if isinstance(part, Text)))
        return Template(parts)

    def member(self, node: Node) -> Expr:
        owner, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if owner is None or name is None:
            return other(node)
        return Member(self.owner(owner), text(name))

    def owner(self, node: Node) -> Expr:
        """What stands before a dot, a bracket or a call; a star there is one of the whole."""
        return self.inside(node) if node.type == "list_splat" else self.expr(node)

    def subscript(self, node: Node) -> Expr:
        value = node.child_by_field_name("value")
        keys = node.children_by_field_name("subscript")
        if value is None or not keys:
            return other(node)
        key = self.expr(keys[0]) if len(keys) == 1 else Items([self.expr(it) for it in keys])
        owner = self.owner(value)
        return Member(owner, key.value) if isinstance(key, Text) else Element(owner, key)

    def generic_type(self, node: Node) -> Expr:
        name, parameters = node.named_children[0], node.named_children[-1]
        keys = [self.expr(child) for child in parameters.named_children]
        return Element(self.expr(name), keys[0] if len(keys) == 1 else Items(keys))

    def union_type(self, node: Node) -> Expr:
        return Operation("|", [self.expr(child) for child in node.named_children])

    def call(self, node: Node) -> Expr:
        function = node.child_by_field_name("function")
        if function is None:
            return other(node)
        arguments = self.arguments(node.child_by_field_name("arguments"))
        return Call(self.owner(function), arguments, node.start_byte, node.end_byte, line(node))

    def arguments(self, node: Node | None) -> list[Argument]:
        if node is not None and node.type == "generator_expression":  # any(it for it in items)
            return [Argument(self.expr(node))]
        found = []
        for child in node.named_children if node is not None else ():
            if child.type == "keyword_argument":
                name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
                if name is not None and value is not None:
                    found.append(Argument(self.expr(value), text(name)))
            elif child.type == "list_splat":
                found.append(Argument(self.inside(child), "*"))
            elif child.type == "dictionary_splat":
                found.append(Argument(self.inside(child), "**"))
            elif child.type != "comment":
                found.append(Argument(self.expr(child)))
        return found

    def items(self, node: Node) -> Expr:
        children = [child for child in node.named_children if child.type != "comment"]
        most = MAX_CALLS if children and children[0].type == "call" else MAX_ITEMS
        return Items([self.item(child) for child in children[:most]])

    def item(self, node: Node) -> Expr:
        """An item of a list; the grammar ties the star of a sole one, `[*a.b()]`, to `a` alone."""
        first = node
        while first.type in _CHAINED and first.named_children:
            first = first.named_children[0]
        chained = first.type == "list_splat" and first is not node
        return Operation("*", [self.expr(node)]) if chained else self.expr(node)

    def splat(self, node: Node) -> Expr:
        return Operation("*", [self.inside(node)])

    def table(self, node: Node) -> Expr:
        entries: list[tuple[Expr | None, Expr]] = []
        for child in node.named_children[:MAX_ITEMS]:
            if child.type == "pair":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None and value is not None:
                    entries.append((self.expr(key), self.expr(value)))
            elif child.type == "dictionary_splat":
                entries.append((None, self.inside(child)))
        return Table(entries)

    def operation(self, node: Node) -> Expr:
        operators = [child.type for child in node.children if not child.is_named]
        operands = [self.expr(child) for child in node.named_children if child.type != "comment"]
        operator = " ".join(operators) if len(operators) < 3 else operators[0]
        if operator == "+":
            return Template(operands)
        return Operation(operator, operands)

    def choice(self, node: Node) -> Expr:
        parts = [self.expr(child) for child in node.named_children if child.type != "comment"]
        return Choice(parts[1], parts[0], parts[2]) if len(parts) == 3 else other(node)

    def comprehension(self, node: Node) -> Expr:
        body = node.child_by_field_name("body")
        clause = next((it for it in node.named_children if it.type == "for_in_clause"), None)
        if body is None or clause is None:
            return other(node)
        target, source = clause.child_by_field_name("left"), clause.child_by_field_name("right")
        if target is None or source is None:
            return other(node)
        return Operation("for", [self.expr(body), self.expr(target), self.expr(source)])


def _unescaped(content: str) -> str:
    if "\\" not in content:
        return content
    try:
        value = ast.literal_eval('"""' + content.replace('"', '\\"') + '"""')
    except (SyntaxError, ValueError):
        return content
    if not isinstance(value, str):
        return content
    # Half of a surrogate pair is a string for Python, but none that can be stored or sent.
    return value.encode("utf-8", "replace").decode("utf-8")


_Expression = Callable[[Expressions, Node], Expr]
_EXPRESSIONS: dict[str, _Expression] = {
    "string": Expressions.string,
    "concatenated_string": Expressions.concatenated,
    "integer": lambda _, node: number(node, text(node)),
    "float": lambda _, node: number(node, text(node)),
    "true": lambda _, __: Constant("true"),
    "false": lambda _, __: Constant("false"),
    "none": lambda _, __: Constant("none"),
    "identifier": lambda _, node: Name(text(node)),
    "attribute": Expressions.member,
    "subscript": Expressions.subscript,
    "generic_type": Expressions.generic_type,
    "union_type": Expressions.union_type,
    "type": Expressions.inside,
    "member_type": Expressions.inside,
    "as_pattern_target": Expressions.inside,
    "call": Expressions.call,
    "await": Expressions.inside,
    "yield": Expressions.inside,
    "parenthesized_expression": Expressions.inside,
    "list": Expressions.items,
    "tuple": Expressions.items,
    "set": Expressions.items,
    "pattern_list": Expressions.items,
    "tuple_pattern": Expressions.items,
    "list_pattern": Expressions.items,
    "expression_list": Expressions.items,
    "list_splat": Expressions.splat,
    "dictionary": Expressions.table,
    "lambda": lambda reader, node: reader.lambda_(node),
    "binary_operator": Expressions.operation,
    "boolean_operator": Expressions.operation,
    "comparison_operator": Expressions.operation,
    "not_operator": Expressions.operation,
    "conditional_expression": Expressions.choice,
    "list_comprehension": Expressions.comprehension,
    "set_comprehension": Expressions.comprehension,
    "generator_expression": Expressions.comprehension,
    "named_expression": lambda reader, node: reader.expr(node.named_children[-1]),
}
