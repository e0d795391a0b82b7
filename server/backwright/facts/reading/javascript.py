"""Reads JavaScript and TypeScript: their statements, and with them a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tree_sitter import Node

from backwright.facts.code import (
    Assign,
    Attempt,
    Branch,
    Do,
    Expr,
    FileFacts,
    Loop,
    Name,
    Operation,
    Raise,
    Return,
    Step,
    Table,
    Template,
)
from backwright.facts.reading.common import MAX_DEPTH, first, other
from backwright.facts.reading.javascript_modules import ModuleStatements
from backwright.syntax.tree import line, text


def read(path: str, language: str, root: Node) -> FileFacts:
    reader = _Reader()
    steps = reader.block(root, "")
    return reader.book.close(path, language, steps, root)


class _Reader(ModuleStatements):
    def block(self, node: Node | None, scope: str) -> list[Step]:
        """The steps of a block or of a single statement; function declarations come first, as when
        it runs."""
        if node is None:
            return []
        outer, self.scope = self.scope, scope
        children = node.named_children if node.type in _BLOCKS else [node]
        hoisted: list[Step] = []
        steps: list[Step] = []
        for child in children:
            target = hoisted if _declares_function(child) else steps
            target.extend(self.statement(child))
        self.scope = outer
        return hoisted + steps

    def statement(self, node: Node) -> Iterator[Step]:
        """The steps of any statement; none where it is nested too deep or says nothing."""
        handler = _STATEMENTS.get(node.type)
        if handler is None or self.depth > MAX_DEPTH:
            return
        self.depth += 1
        yield from handler(self, node)
        self.depth -= 1

    def inner(self, node: Node | None) -> list[Step]:
        return self.block(node, self.scope)

    def expression_statement(self, node: Node) -> Iterator[Step]:
        for child in node.named_children:
            yield from self.effect(child, node)

    def effect(self, child: Node, node: Node) -> Iterator[Step]:
        place = (node.start_byte, node.end_byte, line(node))
        if child.type == "sequence_expression":
            for part in child.named_children:
                yield from self.effect(part, node)
        elif child.type in {"assignment_expression", "augmented_assignment_expression"}:
            yield from self.assignment(child, node)
        elif child.type == "internal_module":
            yield from self.inner(child.child_by_field_name("body"))
        elif child.type == "unary_expression" and child.named_children:
            yield Do(self.expr(child.named_children[0]), *place)
        elif child.type not in {"string", "regex"}:
            yield Do(self.expr(child), *place)

    def assignment(self, node: Node, statement: Node) -> Iterator[Step]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        yield from self.assigned_within(right, statement)
        value = self.expr(_assigned(right), _property_name(left))
        target = self.expr(left)
        if node.type == "augmented_assignment_expression":
            operator = node.child_by_field_name("operator")
            joined = operator is not None and operator.type == "+="
            value = Template([target, value]) if joined else other(node)
        place = (statement.start_byte, statement.end_byte, line(statement))
        yield Assign(target, value, None, *place, declares=False)

    def assigned_within(self, value: Node, statement: Node) -> Iterator[Step]:
        """`exports = module.exports = value`: what is assigned on the way."""
        inner = _bare(value)
        if inner.type == "assignment_expression" and self.depth <= MAX_DEPTH:
            self.depth += 1
            yield from self.assignment(inner, statement)
            self.depth -= 1

    def declaration(self, node: Node) -> Iterator[Step]:
        for child in node.named_children:
            if child.type == "variable_declarator":
                name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
                if name is None:
                    continue
                if value is not None:
                    yield from self.assigned_within(value, node)
                yield Assign(
                    self.pattern(name),
                    self.expr(_assigned(value), text(name)) if value is not None else None,
                    self.annotation(child.child_by_field_name("type")),
                    node.start_byte,
                    node.end_byte,
                    line(child),
                )

    def return_statement(self, node: Node) -> Iterator[Step]:
        yield Return(self.maybe(first(node)), line(node))

    def throw_statement(self, node: Node) -> Iterator[Step]:
        yield Raise(self.maybe(first(node)), line(node))

    def if_statement(self, node: Node) -> Iterator[Step]:
        test = node.child_by_field_name("condition")
        alternative = node.child_by_field_name("alternative")
        body = self.inner(node.child_by_field_name("consequence"))
        otherwise = self.inner(first(alternative)) if alternative is not None else []
        yield Branch(self.maybe(test) or other(node), body, otherwise, line(node))

    def for_in_statement(self, node: Node) -> Iterator[Step]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None:
            body = self.inner(node.child_by_field_name("body"))
            yield Loop(self.pattern(left), self.expr(right), body, line(node))

    def body_only(self, node: Node) -> Iterator[Step]:
        yield from self.inner(node.child_by_field_name("body"))

    def block_statement(self, node: Node) -> Iterator[Step]:
        yield from self.inner(node)

    def switch_statement(self, node: Node) -> Iterator[Step]:
        """Each case is a comparison with what is switched on; what follows the last one is open."""
        switched = self.maybe(node.child_by_field_name("value")) or other(node)
        body = node.child_by_field_name("body")
        for case in body.named_children if body is not None else ():
            value = self.maybe(case.child_by_field_name("value"))
            steps = [
                step
                for statement in case.children_by_field_name("body")
                for step in self.inner(statement)
            ]
            if value is None:
                yield from steps
            else:
                yield Branch(Operation("===", [switched, value]), steps, [], line(case))

    def try_statement(self, node: Node) -> Iterator[Step]:
        handler = node.child_by_field_name("handler")
        finalizer = node.child_by_field_name("finalizer")
        body = self.inner(node.child_by_field_name("body"))
        caught: list[tuple[Expr | None, list[Step]]] = []
        if handler is not None:
            caught.append((None, self.inner(handler.child_by_field_name("body"))))
        yield Attempt(body, caught, line(node))
        if finalizer is not None:
            yield from self.inner(first(finalizer))

    def enum_declaration(self, node: Node) -> Iterator[Step]:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name is None or body is None:
            return
        entries: list[tuple[Expr | None, Expr]] = []
        for child in body.named_children:
            key, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if child.type == "enum_assignment" and key is not None and value is not None:
                entries.append((self.key(key), self.expr(value)))
        place = (node.start_byte, node.end_byte, line(node))
        yield Assign(Name(text(name)), Table(entries), None, *place)


def _declares_function(node: Node) -> bool:
    if node.type == "export_statement":
        inner = node.child_by_field_name("declaration")
        return inner is not None and _declares_function(inner)
    return node.type in {"function_declaration", "generator_function_declaration"}


def _bare(node: Node) -> Node:
    """The node without the parentheses around it."""
    while node.type == "parenthesized_expression" and (inner := first(node)) is not None:
        node = inner
    return node


def _assigned(value: Node) -> Node:
    """What has the value once what stands in it is assigned: the `b` of `b = c`."""
    inner = _bare(value)
    if inner.type != "assignment_expression":
        return value
    return inner.child_by_field_name("left") or value


def _property_name(node: Node) -> str:
    if node.type == "member_expression":
        name = node.child_by_field_name("property")
        return text(name) if name is not None else ""
    return text(node) if node.type == "identifier" else ""


_BLOCKS = frozenset({"program", "statement_block", "class_static_block"})

_Statement = Callable[[_Reader, Node], Iterator[Step]]
_STATEMENTS: dict[str, _Statement] = {
    "expression_statement": _Reader.expression_statement,
    "lexical_declaration": _Reader.declaration,
    "variable_declaration": _Reader.declaration,
    "return_statement": _Reader.return_statement,
    "throw_statement": _Reader.throw_statement,
    "if_statement": _Reader.if_statement,
    "for_in_statement": _Reader.for_in_statement,
    "for_statement": _Reader.body_only,
    "while_statement": _Reader.body_only,
    "do_statement": _Reader.body_only,
    "labeled_statement": _Reader.body_only,
    "statement_block": _Reader.block_statement,
    "switch_statement": _Reader.switch_statement,
    "try_statement": _Reader.try_statement,
    "import_statement": _Reader.import_statement,
    "export_statement": _Reader.export_statement,
    "function_declaration": _Reader.function_declaration,
    "generator_function_declaration": _Reader.function_declaration,
    "enum_declaration": _Reader.enum_declaration,
    "class_declaration": _Reader.class_declaration,
    "abstract_class_declaration": _Reader.class_declaration,
}
