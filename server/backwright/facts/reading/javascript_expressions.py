"""Reads the expressions of JavaScript and TypeScript."""

from __future__ import annotations

from abc import abstractmethod
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
    Lambda,
    Member,
    Name,
    Operation,
    Step,
    Table,
    Template,
    Text,
)
from backwright.facts.reading.common import MAX_DEPTH, MAX_ITEMS, Book, first, number, other
from backwright.facts.reading.javascript_patterns import Patterns
from backwright.syntax.tree import line, text

_FUNCTIONS = frozenset({"arrow_function", "function_expression", "generator_function"})
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


class Expressions(Patterns):
    """Reads expressions; the functions in them need the rest of the reader."""

    def __init__(self) -> None:
        self.book = Book()
        self.scope = ""
        self.depth = 0

    @abstractmethod
    def function(
        self, node: Node, name: str, at_line: int, decorators: list[Expr] | None = None
    ) -> int:
        """Reads a function and gives its number."""

    @abstractmethod
    def class_(self, node: Node, whole: Node, decorators: list[Expr]) -> Step: ...

    def maybe(self, node: Node | None) -> Expr | None:
        return self.expr(node) if node is not None else None

    def annotation(self, node: Node | None) -> Expr | None:
        return self.inside(node) if node is not None else None

    def expr(self, node: Node, name: str = "") -> Expr:
        """The value of `node`; a function in it is called `name` when it has no name itself."""
        handler = _EXPRESSIONS.get(node.type)
        if self.depth > MAX_DEPTH:
            return other(node)
        self.depth += 1
        if node.type in _FUNCTIONS:
            parent = node.parent if name and node.parent is not None else node
            found: Expr = Lambda(self.function(node, name, line(parent)))
        else:
            found = handler(self, node) if handler is not None else other(node)
        self.depth -= 1
        return found

    def inside(self, node: Node) -> Expr:
        child = first(node)
        return self.expr(child) if child is not None else other(node)

    def last(self, node: Node) -> Expr:
        return self.expr(node.named_children[-1]) if node.named_children else other(node)

    def literal(self, node: Node) -> str:
        value = self.expr(node)
        return value.value if isinstance(value, Text) else ""

    def string(self, node: Node) -> Expr:
        return Text("".join(_piece(child) for child in node.named_children))

    def template(self, node: Node) -> Expr:
        parts: list[Expr] = []
        for child in node.named_children:
            if child.type == "template_substitution":
                parts.append(self.inside(child))
            else:
                parts.append(Text(_piece(child)))
        if all(isinstance(part, Text) for part in parts):
            return Text("".join(part.value for part in parts if isinstance(part, Text)))
        return Template(parts)

    def member(self, node: Node) -> Expr:
        owner, name = node.child_by_field_name("object"), node.child_by_field_name("property")
        if owner is None or name is None:
            return other(node)
        return Member(self.expr(owner), text(name))

    def subscript(self, node: Node) -> Expr:
        owner, index = node.child_by_field_name("object"), node.child_by_field_name("index")
        if owner is None or index is None:
            return other(node)
        value, key = self.expr(owner), self.expr(index)
        return Member(value, key.value) if isinstance(key, Text) else Element(value, key)

    def call(self, node: Node) -> Expr:
        function = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        arguments = node.child_by_field_name("arguments")
        if function is None:
            return other(node)
        if function.type == "identifier" and text(function) == "await" and arguments is not None:
            return self.last(arguments)  # `await (f)(x)` is parsed as a call of `await`
        place = (node.start_byte, node.end_byte, line(node))
        if arguments is not None and arguments.type == "template_string":  # a tagged template
            return Call(self.expr(function), [Argument(self.expr(arguments))], *place)
        return Call(self.expr(function), self.arguments(arguments), *place)

    def arguments(self, node: Node | None) -> list[Argument]:
        found = []
        for child in node.named_children if node is not None else ():
            if child.type == "spread_element":
                found.append(Argument(self.inside(child), "*"))
            elif child.type != "comment":
                found.append(Argument(self.expr(child)))
        return found

    def array(self, node: Node) -> Expr:
        children = [child for child in node.named_children if child.type != "comment"]
        return Items([self.expr(child) for child in children[:MAX_ITEMS]])

    def spread(self, node: Node) -> Expr:
        return Operation("*", [self.inside(node)])

    def object(self, node: Node) -> Expr:
        entries: list[tuple[Expr | None, Expr]] = []
        for child in node.named_children[:MAX_ITEMS]:
            if child.type == "pair":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None and value is not None:
                    named = self.key(key)
                    name = named.value if isinstance(named, Text) else ""
                    entries.append((named, self.expr(value, name)))
            elif child.type in {"shorthand_property_identifier", "identifier"}:
                entries.append((Text(text(child)), Name(text(child))))
            elif child.type == "spread_element":
                entries.append((None, self.inside(child)))
            elif child.type == "method_definition":
                method = child.child_by_field_name("name")
                if method is not None:
                    value_of = Lambda(self.function(child, "", line(child)))
                    entries.append((self.key(method), value_of))
        return Table(entries)

    def key(self, node: Node) -> Expr:
        if node.type == "property_identifier":
            return Text(text(node))
        return self.inside(node) if node.type == "computed_property_name" else self.expr(node)

    def operation(self, node: Node) -> Expr:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = node.child_by_field_name("operator")
        if left is None or right is None or operator is None:
            return other(node)
        operands = [self.expr(left), self.expr(right)]
        return Template(operands) if operator.type == "+" else Operation(operator.type, operands)

    def unary(self, node: Node) -> Expr:
        operator, argument = node.child_by_field_name("operator"), first(node)
        if operator is None or argument is None:
            return other(node)
        return Operation(operator.type, [self.expr(argument)])

    def ternary(self, node: Node) -> Expr:
        test = node.child_by_field_name("condition")
        then = node.child_by_field_name("consequence")
        otherwise = node.child_by_field_name("alternative")
        if test is None or then is None or otherwise is None:
            return other(node)
        return Choice(self.expr(test), self.expr(then), self.expr(otherwise))

    def array_type(self, node: Node) -> Expr:
        return Element(Name("Array"), self.inside(node))

    def union_type(self, node: Node) -> Expr:
        return Operation("|", [self.expr(child) for child in node.named_children])

    def generic_type(self, node: Node) -> Expr:
        name, arguments = node.named_children[0], node.named_children[-1]
        keys = [self.expr(child) for child in arguments.named_children]
        return Element(self.expr(name), keys[0] if len(keys) == 1 else Items(keys))


def _piece(node: Node) -> str:
    content = text(node)
    if node.type != "escape_sequence":
        return content
    return _ESCAPES.get(content[1:2], content[1:])


_Expression = Callable[[Expressions, Node], Expr]
_EXPRESSIONS: dict[str, _Expression] = {
    "string": Expressions.string,
    "template_string": Expressions.template,
    "number": lambda _, node: number(node, text(node)),
    "true": lambda _, __: Constant("true"),
    "false": lambda _, __: Constant("false"),
    "null": lambda _, __: Constant("none"),
    "undefined": lambda _, __: Constant("none"),
    "identifier": lambda _, node: Name(text(node)),
    "type_identifier": lambda _, node: Name(text(node)),
    "predefined_type": lambda _, node: Name(text(node)),
    "this": lambda _, __: Name("this"),
    "super": lambda _, __: Name("super"),
    "import": lambda _, __: Name("import"),
    "meta_property": lambda _, node: Name(text(node)),
    "member_expression": Expressions.member,
    "nested_type_identifier": lambda _, node: Name(text(node)),
    "subscript_expression": Expressions.subscript,
    "call_expression": Expressions.call,
    "new_expression": Expressions.call,
    "await_expression": Expressions.inside,
    "parenthesized_expression": Expressions.inside,
    "non_null_expression": Expressions.inside,
    "as_expression": Expressions.inside,
    "satisfies_expression": Expressions.inside,
    "type_assertion": Expressions.last,
    "sequence_expression": Expressions.last,
    "array": Expressions.array,
    "spread_element": Expressions.spread,
    "object": Expressions.object,
    "object_pattern": lambda reader, node: reader.pattern(node),
    "array_pattern": lambda reader, node: reader.pattern(node),
    "binary_expression": Expressions.operation,
    "unary_expression": Expressions.unary,
    "ternary_expression": Expressions.ternary,
    "generic_type": Expressions.generic_type,
    "array_type": Expressions.array_type,
    "union_type": Expressions.union_type,
    "literal_type": Expressions.inside,
    "assignment_expression": lambda reader, node: reader.last(node),
}
