"""Reads Python."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from tree_sitter import Node

from backwright.facts.code import (
    Argument,
    Assign,
    Attempt,
    Branch,
    Call,
    Choice,
    Class,
    Constant,
    Define,
    DefineClass,
    Do,
    Element,
    Expr,
    FileFacts,
    Function,
    Import,
    Items,
    Lambda,
    Loop,
    Member,
    Name,
    Operation,
    Parameter,
    Raise,
    Return,
    Step,
    Table,
    Template,
    Text,
)
from backwright.facts.reading.common import MAX_DEPTH, MAX_ITEMS, Book, number, other
from backwright.syntax.tree import line, text


def read(path: str, language: str, root: Node) -> FileFacts:
    reader = _Reader()
    steps = reader.block(root, "")
    return reader.book.close(path, language, steps, root)


class _Reader:
    def __init__(self) -> None:
        self.book = Book()
        self.scope = ""
        self.depth = 0

    # Statements

    def block(self, node: Node | None, scope: str) -> list[Step]:
        if node is None:
            return []
        outer, self.scope = self.scope, scope
        steps: list[Step] = []
        for child in node.named_children:
            if handler := _STATEMENTS.get(child.type):
                steps.extend(handler(self, child))
        self.scope = outer
        return steps

    def inner(self, node: Node | None) -> list[Step]:
        return self.block(node, self.scope)

    def expression_statement(self, node: Node) -> Iterator[Step]:
        for child in node.named_children:
            if child.type in {"assignment", "augmented_assignment"}:
                yield from self.assignment(child)
            elif child.type == "yield":
                yield Return(self.expr(child), line(node))
            elif child.type in {"call", "await"}:
                yield Do(self.expr(child), node.start_byte, node.end_byte, line(node))

    def assignment(self, node: Node) -> Iterator[Step]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None:
            return
        chained = right is not None and right.type == "assignment"
        if chained and right is not None:  # a = b = value
            yield from self.assignment(right)
            right = right.child_by_field_name("left")
        target, value = self.expr(left), self.maybe(right)
        if node.type == "augmented_assignment" and value is not None:
            operator = node.child_by_field_name("operator")
            joined = operator is not None and operator.type == "+="
            value = Template([target, value]) if joined else other(node)
        annotation = self.maybe(node.child_by_field_name("type"))
        yield Assign(target, value, annotation, node.start_byte, node.end_byte, line(node))

    def assert_statement(self, node: Node) -> Iterator[Step]:
        if node.named_children:
            value = self.expr(node.named_children[0])
            yield Do(value, node.start_byte, node.end_byte, line(node))

    def return_statement(self, node: Node) -> Iterator[Step]:
        yield Return(self.maybe(_first(node)), line(node))

    def raise_statement(self, node: Node) -> Iterator[Step]:
        yield Raise(self.maybe(_first(node)), line(node))

    def if_statement(self, node: Node) -> Iterator[Step]:
        alternatives = node.children_by_field_name("alternative")
        otherwise: list[Step] = []
        for alternative in reversed(alternatives):
            if alternative.type == "else_clause":
                otherwise = self.inner(alternative.child_by_field_name("body"))
            else:
                otherwise = [self.branch(alternative, otherwise)]
        yield self.branch(node, otherwise)

    def branch(self, node: Node, otherwise: list[Step]) -> Branch:
        test = node.child_by_field_name("condition")
        body = self.inner(node.child_by_field_name("consequence"))
        return Branch(self.maybe(test) or other(node), body, otherwise, line(node))

    def for_statement(self, node: Node) -> Iterator[Step]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None:
            body = self.inner(node.child_by_field_name("body"))
            yield Loop(self.expr(left), self.expr(right), body, line(node))

    def while_statement(self, node: Node) -> Iterator[Step]:
        yield from self.inner(node.child_by_field_name("body"))

    def match_statement(self, node: Node) -> Iterator[Step]:
        body = node.child_by_field_name("body")
        for case in body.named_children if body is not None else ():
            yield from self.inner(case.child_by_field_name("consequence"))

    def with_statement(self, node: Node) -> Iterator[Step]:
        for clause in node.named_children:
            if clause.type != "with_clause":
                continue
            for item in clause.named_children:
                value = item.child_by_field_name("value")
                if value is not None:
                    yield self.with_item(value)
        yield from self.inner(node.child_by_field_name("body"))

    def with_item(self, value: Node) -> Step:
        place = (value.start_byte, value.end_byte, line(value))
        target = value.child_by_field_name("alias") if value.type == "as_pattern" else None
        if target is None or not value.named_children:
            return Do(self.expr(value), *place)
        return Assign(self.expr(target), self.expr(value.named_children[0]), None, *place)

    def try_statement(self, node: Node) -> Iterator[Step]:
        body = self.inner(node.child_by_field_name("body"))
        handlers: list[tuple[Expr | None, list[Step]]] = []
        after: list[Step] = []
        for clause in node.named_children:
            block = next((it for it in clause.named_children if it.type == "block"), None)
            if clause.type in {"except_clause", "except_group_clause"}:
                caught = clause.child_by_field_name("value")
                if caught is not None and caught.type == "as_pattern":
                    caught = caught.named_children[0]
                handlers.append((self.maybe(caught), self.inner(block)))
            elif clause.type in {"else_clause", "finally_clause"}:
                after += self.inner(block)
        yield Attempt(body, handlers, line(node))
        yield from after

    def import_statement(self, node: Node) -> Iterator[Step]:
        for child in node.children_by_field_name("name"):
            if child.type == "aliased_import":
                name, alias = child.named_children
                yield Import(text(name), "", text(alias), line(node))
            else:
                yield Import(text(child), "", text(child), line(node))

    def import_from_statement(self, node: Node) -> Iterator[Step]:
        source = node.child_by_field_name("module_name")
        module = text(source).replace(" ", "") if source is not None else ""
        if any(child.type == "wildcard_import" for child in node.named_children):
            yield Import(module, "*", "", line(node))
        for child in node.children_by_field_name("name"):
            if child.type == "aliased_import":
                name, alias = child.named_children
                yield Import(module, text(name), text(alias), line(child))
            else:
                yield Import(module, text(child), text(child), line(child))

    # Definitions

    def decorated_definition(self, node: Node) -> Iterator[Step]:
        definition = node.child_by_field_name("definition")
        if definition is None:
            return
        decorators = [
            self.expr(child.named_children[0])
            for child in node.named_children
            if child.type == "decorator" and child.named_children
        ]
        if definition.type == "class_definition":
            yield self.class_(definition, node, decorators)
        elif definition.type == "function_definition":
            yield self.function(definition, node, decorators)

    def function_definition(self, node: Node) -> Iterator[Step]:
        yield self.function(node, node, [])

    def class_definition(self, node: Node) -> Iterator[Step]:
        yield self.class_(node, node, [])

    def function(self, node: Node, whole: Node, decorators: list[Expr]) -> Step:
        name_node, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        name = text(name_node) if name_node is not None else ""
        qualname = f"{self.scope}.{name}" if self.scope else name
        index = self.book.reserve_function()
        self.book.functions[index] = Function(
            name,
            qualname,
            self.parameters(node.child_by_field_name("parameters")),
            decorators,
            self.maybe(node.child_by_field_name("return_type")),
            self.block(body, qualname),
            whole.start_byte,
            whole.end_byte,
            line(name_node or node),
            body.start_byte if body is not None else node.end_byte,
            any(child.type == "async" for child in node.children),
            _docstring(body),
            _role(name, decorators),
        )
        return Define(index)

    def class_(self, node: Node, whole: Node, decorators: list[Expr]) -> Step:
        name_node, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        name = text(name_node) if name_node is not None else ""
        qualname = f"{self.scope}.{name}" if self.scope else name
        index = self.book.reserve_class()
        self.book.classes[index] = Class(
            name,
            qualname,
            self.arguments(node.child_by_field_name("superclasses")),
            decorators,
            self.block(body, qualname),
            whole.start_byte,
            whole.end_byte,
            line(name_node or node),
            _docstring(body),
        )
        return DefineClass(index)

    def parameters(self, node: Node | None) -> list[Parameter]:
        found = []
        for child in node.named_children if node is not None else ():
            if child.type == "identifier":
                found.append(Parameter(text(child)))
                continue
            if child.type in {"list_splat_pattern", "dictionary_splat_pattern"}:
                found.append(_splat(child, None))
                continue
            annotation = self.maybe(child.child_by_field_name("type"))
            default = self.maybe(child.child_by_field_name("value"))
            name = child.child_by_field_name("name") or _first(child)
            if name is None or child.type in {"comment", "keyword_separator"}:
                continue
            if name.type in {"list_splat_pattern", "dictionary_splat_pattern"}:
                found.append(_splat(name, annotation))
            elif name.type == "identifier":
                found.append(Parameter(text(name), annotation, default))
        return found

    def lambda_(self, node: Node) -> Expr:
        body = node.child_by_field_name("body")
        index = self.book.reserve_function()
        returned = self.maybe(body)
        self.book.functions[index] = Function(
            "",
            f"{self.scope}.<lambda>" if self.scope else "<lambda>",
            self.parameters(node.child_by_field_name("parameters")),
            [],
            None,
            [Return(returned, line(node))] if returned is not None else [],
            node.start_byte,
            node.end_byte,
            line(node),
            body.start_byte if body is not None else node.end_byte,
        )
        return Lambda(index)

    # Expressions

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

    def first(self, node: Node) -> Expr:
        child = _first(node)
        return self.expr(child) if child is not None else other(node)

    def string(self, node: Node) -> Expr:
        parts: list[Expr] = []
        raw = "r" in text(node.children[0]).lower() if node.children else False
        for child in node.named_children:
            if child.type == "string_content":
                parts.append(Text(text(child) if raw else _unescaped(text(child))))
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
        return Member(self.expr(owner), text(name))

    def subscript(self, node: Node) -> Expr:
        value = node.child_by_field_name("value")
        keys = node.children_by_field_name("subscript")
        if value is None or not keys:
            return other(node)
        key = self.expr(keys[0]) if len(keys) == 1 else Items([self.expr(it) for it in keys])
        owner = self.expr(value)
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
        return Call(self.expr(function), arguments, node.start_byte, node.end_byte, line(node))

    def arguments(self, node: Node | None) -> list[Argument]:
        found = []
        for child in node.named_children if node is not None else ():
            if child.type == "keyword_argument":
                name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
                if name is not None and value is not None:
                    found.append(Argument(self.expr(value), text(name)))
            elif child.type == "list_splat":
                found.append(Argument(self.first(child), "*"))
            elif child.type == "dictionary_splat":
                found.append(Argument(self.first(child), "**"))
            elif child.type != "comment":
                found.append(Argument(self.expr(child)))
        return found

    def items(self, node: Node) -> Expr:
        children = [child for child in node.named_children if child.type != "comment"]
        return Items([self.expr(child) for child in children[:MAX_ITEMS]])

    def splat(self, node: Node) -> Expr:
        return Operation("*", [self.first(node)])

    def table(self, node: Node) -> Expr:
        entries: list[tuple[Expr | None, Expr]] = []
        for child in node.named_children[:MAX_ITEMS]:
            if child.type == "pair":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None and value is not None:
                    entries.append((self.expr(key), self.expr(value)))
            elif child.type == "dictionary_splat":
                entries.append((None, self.first(child)))
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


def _first(node: Node) -> Node | None:
    return next((child for child in node.named_children if child.type != "comment"), None)


def _splat(node: Node, annotation: Expr | None) -> Parameter:
    kind = "*" if node.type == "list_splat_pattern" else "**"
    return Parameter(text(node).lstrip("*"), annotation, None, kind)


def _docstring(body: Node | None) -> str:
    first = _first(body) if body is not None else None
    if first is None or first.type != "expression_statement" or not first.named_children:
        return ""
    string = first.named_children[0]
    if string.type != "string":
        return ""
    content = next((it for it in string.named_children if it.type == "string_content"), None)
    return text(content).strip() if content is not None else ""


def _role(name: str, decorators: list[Expr]) -> str:
    if name == "__init__":
        return "constructor"
    for decorator in decorators:
        if isinstance(decorator, Name):
            if decorator.name in {"property", "cached_property"}:
                return "getter"
            if decorator.name in {"staticmethod", "classmethod"}:
                return "static"
    return ""


def _unescaped(content: str) -> str:
    if "\\" not in content:
        return content
    try:
        value = ast.literal_eval('"""' + content.replace('"', '\\"') + '"""')
    except (SyntaxError, ValueError):
        return content
    return value if isinstance(value, str) else content


_Statement = Callable[[_Reader, Node], Iterator[Step]]
_STATEMENTS: dict[str, _Statement] = {
    "expression_statement": _Reader.expression_statement,
    "assert_statement": _Reader.assert_statement,
    "return_statement": _Reader.return_statement,
    "raise_statement": _Reader.raise_statement,
    "if_statement": _Reader.if_statement,
    "for_statement": _Reader.for_statement,
    "while_statement": _Reader.while_statement,
    "match_statement": _Reader.match_statement,
    "with_statement": _Reader.with_statement,
    "try_statement": _Reader.try_statement,
    "import_statement": _Reader.import_statement,
    "import_from_statement": _Reader.import_from_statement,
    "decorated_definition": _Reader.decorated_definition,
    "function_definition": _Reader.function_definition,
    "class_definition": _Reader.class_definition,
}

_Expression = Callable[[_Reader, Node], Expr]
_EXPRESSIONS: dict[str, _Expression] = {
    "string": _Reader.string,
    "concatenated_string": _Reader.concatenated,
    "integer": lambda _, node: number(node, text(node)),
    "float": lambda _, node: number(node, text(node)),
    "true": lambda _, __: Constant("true"),
    "false": lambda _, __: Constant("false"),
    "none": lambda _, __: Constant("none"),
    "identifier": lambda _, node: Name(text(node)),
    "attribute": _Reader.member,
    "subscript": _Reader.subscript,
    "generic_type": _Reader.generic_type,
    "union_type": _Reader.union_type,
    "type": _Reader.first,
    "member_type": _Reader.first,
    "as_pattern_target": _Reader.first,
    "call": _Reader.call,
    "await": _Reader.first,
    "yield": _Reader.first,
    "parenthesized_expression": _Reader.first,
    "list": _Reader.items,
    "tuple": _Reader.items,
    "set": _Reader.items,
    "pattern_list": _Reader.items,
    "tuple_pattern": _Reader.items,
    "list_pattern": _Reader.items,
    "expression_list": _Reader.items,
    "list_splat": _Reader.splat,
    "dictionary": _Reader.table,
    "lambda": _Reader.lambda_,
    "binary_operator": _Reader.operation,
    "boolean_operator": _Reader.operation,
    "comparison_operator": _Reader.operation,
    "not_operator": _Reader.operation,
    "conditional_expression": _Reader.choice,
    "list_comprehension": _Reader.comprehension,
    "set_comprehension": _Reader.comprehension,
    "generator_expression": _Reader.comprehension,
    "named_expression": lambda reader, node: reader.expr(node.named_children[-1]),
}
