"""Reads Python: its statements, and with them a file."""

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
    Import,
    Loop,
    Raise,
    Return,
    Step,
    Template,
)
from backwright.facts.reading.common import MAX_DEPTH, first, other
from backwright.facts.reading.python_definitions import Definitions
from backwright.syntax.tree import line, text


def read(path: str, language: str, root: Node) -> FileFacts:
    reader = _Reader()
    steps = reader.block(root, "")
    return reader.book.close(path, language, steps, root)


class _Reader(Definitions):
    def block(self, node: Node | None, scope: str) -> list[Step]:
        if node is None:
            return []
        outer, self.scope = self.scope, scope
        steps: list[Step] = []
        for child in node.named_children:
            steps.extend(self.statement(child))
        self.scope = outer
        return steps

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
        if right is not None and right.type == "assignment":  # a = b = value
            if self.depth <= MAX_DEPTH:
                self.depth += 1
                yield from self.assignment(right)
                self.depth -= 1
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
        yield Return(self.maybe(first(node)), line(node))

    def raise_statement(self, node: Node) -> Iterator[Step]:
        yield Raise(self.maybe(first(node)), line(node))

    def if_statement(self, node: Node) -> Iterator[Step]:
        alternatives = node.children_by_field_name("alternative")
        otherwise: list[Step] = []
        for number, alternative in reversed(list(enumerate(alternatives))):
            if alternative.type == "else_clause":
                otherwise = self.inner(alternative.child_by_field_name("body"))
            elif number < MAX_DEPTH:
                otherwise = [self.branch(alternative, otherwise)]
            else:  # a table written as a chain: its conditions are not kept
                otherwise = self.inner(alternative.child_by_field_name("consequence")) + otherwise
        yield from self.bound_in(node.child_by_field_name("condition"))
        yield self.branch(node, otherwise)

    def bound_in(self, node: Node | None) -> Iterator[Step]:
        """What a condition assigns: `if app := make():`."""
        if node is None:
            return
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if node.type == "named_expression" and name is not None and value is not None:
            place = (node.start_byte, node.end_byte, line(node))
            yield Assign(self.expr(name), self.expr(value), None, *place)
        elif node.type in _CONDITIONS:
            for child in node.named_children:
                yield from self.bound_in(child)

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


_CONDITIONS = frozenset(
    {"boolean_operator", "comparison_operator", "not_operator", "parenthesized_expression"}
)

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
