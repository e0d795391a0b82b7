"""Reads Ruby: its statements, and with them a file.

What a method or block ends with is what it returns. The `module` of a class is told by a decorator
of that name; methods behind `private` have that role.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace
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
    Operation,
    Raise,
    Return,
    Step,
    Template,
    Text,
)
from backwright.facts.reading.common import MAX_DEPTH, first, other
from backwright.facts.reading.ruby_definitions import Definitions
from backwright.syntax.tree import line, text

_DOTS = frozenset({".", "&.", "::"})
_REQUIRES = frozenset({"require", "require_relative", "load"})


def read(path: str, language: str, root: Node) -> FileFacts:
    reader = _Reader()
    steps = reader.steps(root.named_children)
    return reader.book.close(path, language, steps, root)


class _Reader(Definitions):
    def steps(self, nodes: list[Node], *, returns: bool = False) -> list[Step]:
        """The steps of statements in a row; with `returns` the last one's value is handed out."""
        steps: list[Step] = []
        for node in nodes:
            steps.extend(self.statement(node))
        if returns and steps and isinstance(last := steps[-1], Do):
            steps[-1] = Return(last.value, last.line)
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
        return self.steps(node.named_children) if node is not None else []

    def call_statement(self, node: Node) -> Iterator[Step]:
        parts = node.children
        name = parts[0]
        if name.type == "identifier" and (len(parts) < 2 or parts[1].type not in _DOTS):
            called = text(name)
            if called == "raise":
                given = node.child_by_field_name("arguments")
                raised = first(given) if given is not None else None
                yield Raise(self.maybe(raised), line(node))
                return
            if called in _REQUIRES:
                yield from self.required(node, relative=called == "require_relative")
                return
            if called in {"private", "public", "protected", "private_class_method"}:
                yield from self.visibility(node, called)
                return
        yield Do(self.call(node, stands=True), node.start_byte, node.end_byte, line(node))

    def required(self, node: Node, *, relative: bool) -> Iterator[Step]:
        given = node.child_by_field_name("arguments")
        wanted = self.maybe(first(given)) if given is not None else None
        if isinstance(wanted, Text):
            module = f"./{wanted.value}" if relative else wanted.value
            yield Import(module, "", "", line(node))

    def visibility(self, node: Node, called: str) -> Iterator[Step]:
        """`private def show`, `private :show, :edit`."""
        given = node.child_by_field_name("arguments")
        for child in given.named_children if given is not None else ():
            if child.type in {"method", "singleton_method"}:
                outer, self.private = self.private, called != "public"
                yield from self.statement(child)
                self.private = outer
            elif isinstance(named := self.expr(child), Text):
                self.hidden.add(named.value)

    def name_statement(self, node: Node) -> Iterator[Step]:
        name = text(node)
        if name in {"private", "protected", "public"}:
            self.private = name != "public"
        elif name == "raise":
            yield Raise(None, line(node))
        else:
            yield Do(self.statement_name(node), node.start_byte, node.end_byte, line(node))

    def expression_statement(self, node: Node) -> Iterator[Step]:
        yield Do(self.expr(node), node.start_byte, node.end_byte, line(node))

    def assignment(self, node: Node) -> Iterator[Step]:
        parts = node.children
        if len(parts) == 3:
            yield self._assign(node, self.expr(parts[0]), self.expr(parts[2]))

    def operator_assignment(self, node: Node) -> Iterator[Step]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        sign = node.child_by_field_name("operator")
        if left is None or right is None or sign is None:
            return
        target, value = self.expr(left), self.expr(right)
        operator = text(sign).removesuffix("=")
        if operator in {"+", "<<"}:
            value = Template([target, value])
        elif operator not in {"||", "&&"}:
            value = Operation(operator, [target, value])
        yield self._assign(node, target, value)

    def _assign(self, node: Node, target: Expr, value: Expr) -> Assign:
        return Assign(
            target, value, None, node.start_byte, node.end_byte, line(node), declares=False
        )

    def return_(self, node: Node) -> Iterator[Step]:
        given = first(node)
        value = given.named_children[0] if given is not None and given.named_children else given
        yield Return(self.maybe(value), line(node))

    def branch(self, node: Node) -> Iterator[Step]:
        test = node.child_by_field_name("condition")
        body = node.child_by_field_name("consequence") or node.child_by_field_name("body")
        otherwise = node.child_by_field_name("alternative")
        condition = self.expr(test) if test is not None else other(node)
        if node.type in {"unless", "unless_modifier"}:
            condition = Operation("not", [condition])
        modified = node.type.endswith("_modifier")
        then = list(self.statement(body)) if modified and body is not None else self.inner(body)
        rest = self._otherwise(otherwise)
        yield Branch(condition, then, rest, line(node))

    def _otherwise(self, node: Node | None) -> list[Step]:
        if node is None:
            return []
        return list(self.branch(node)) if node.type == "elsif" else self.inner(node)

    def case(self, node: Node) -> Iterator[Step]:
        value = node.child_by_field_name("value")
        test = self.expr(value) if value is not None else other(node)
        for child in node.named_children:
            if child.type in {"when", "in_clause"}:
                body = child.child_by_field_name("body")
                pattern = child.child_by_field_name("pattern")
                wanted = self.inside(pattern) if pattern is not None else other(child)
                yield Branch(Operation("===", [wanted, test]), self.inner(body), [], line(child))
            elif child.type == "else":
                yield from self.inner(child)

    def loop(self, node: Node) -> Iterator[Step]:
        """`while`, `until`, `for`, and what modifies a statement so."""
        body = node.child_by_field_name("body")
        target, source = node.child_by_field_name("pattern"), node.child_by_field_name("value")
        condition = node.child_by_field_name("condition")
        if target is not None and source is not None:
            over = self.inside(source)
            yield Loop(self.expr(target), over, self.inner(body), line(node))
            return
        test = self.expr(condition) if condition is not None else other(node)
        modified = node.type.endswith("_modifier")
        inner = list(self.statement(body)) if modified and body is not None else self.inner(body)
        yield Branch(test, inner, [], line(node))

    def begin(self, node: Node) -> Iterator[Step]:
        """A body that may have `rescue`, `else` and `ensure`."""
        yield from self.guarded(node.named_children, line(node))

    def guarded(self, children: list[Node], at: int, *, returns: bool = False) -> Iterator[Step]:
        plain = [it for it in children if it.type not in _CLAUSES]
        if len(plain) == len(children):
            yield from self.steps(plain, returns=returns)
            return
        body = self.steps(plain, returns=returns)
        handlers: list[tuple[Expr | None, list[Step]]] = []
        after: list[Step] = []
        for clause in children:
            if clause.type == "rescue":
                caught = clause.child_by_field_name("exceptions")
                kinds = [self.expr(it) for it in caught.named_children] if caught else []
                steps = self.inner(clause.child_by_field_name("body"))
                handlers += [(kind, steps) for kind in kinds] or [(None, steps)]
            elif clause.type == "else":
                body += self.inner(clause)
            elif clause.type == "ensure":
                after += self.inner(clause)
        yield Attempt(body, handlers, at)
        yield from after

    def rescued(self, node: Node) -> Iterator[Step]:
        """`statement rescue value`."""
        body = node.child_by_field_name("body")
        if body is not None:
            yield Attempt(list(self.statement(body)), [(None, [])], line(node))

    def grouped(self, node: Node) -> Iterator[Step]:
        yield from self.steps(node.named_children)

    def binary_statement(self, node: Node) -> Iterator[Step]:
        """`authenticate! or return`, `ready && start`: a branch."""
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        sign = node.child_by_field_name("operator")
        if left is None or right is None or sign is None:
            return
        if sign.type in {"and", "&&", "or", "||"}:
            test = self.expr(left)
            if sign.type in {"or", "||"}:
                test = Operation("not", [test])
            yield Branch(test, list(self.statement(right)), [], line(node))
        else:
            yield Do(self.expr(node), node.start_byte, node.end_byte, line(node))

    def hide(self, names: set[str], functions: range) -> None:
        """Gives methods that a class names behind `private` that role."""
        for at in functions:
            found = self.book.functions[at]
            if found is not None and found.name in names and not found.role:
                self.book.functions[at] = replace(found, role="private")


_CLAUSES = frozenset({"rescue", "else", "ensure"})

_Statement = Callable[[_Reader, Node], Iterator[Step]]
_STATEMENTS: dict[str, _Statement] = {
    "call": _Reader.call_statement,
    "identifier": _Reader.name_statement,
    "constant": lambda _, __: iter(()),
    "assignment": _Reader.assignment,
    "operator_assignment": _Reader.operator_assignment,
    "method": _Reader.method,
    "singleton_method": _Reader.method,
    "class": _Reader.class_,
    "module": _Reader.class_,
    "singleton_class": _Reader.singleton_class,
    "if": _Reader.branch,
    "unless": _Reader.branch,
    "if_modifier": _Reader.branch,
    "unless_modifier": _Reader.branch,
    "case": _Reader.case,
    "case_match": _Reader.case,
    "while": _Reader.loop,
    "until": _Reader.loop,
    "for": _Reader.loop,
    "while_modifier": _Reader.loop,
    "until_modifier": _Reader.loop,
    "begin": _Reader.begin,
    "rescue_modifier": _Reader.rescued,
    "parenthesized_statements": _Reader.grouped,
    "return": _Reader.return_,
    "yield": _Reader.expression_statement,
    "super": _Reader.expression_statement,
    "binary": _Reader.binary_statement,
    "conditional": _Reader.expression_statement,
    "string": _Reader.expression_statement,
    "simple_symbol": _Reader.expression_statement,
    "array": _Reader.expression_statement,
    "string_array": _Reader.expression_statement,
    "symbol_array": _Reader.expression_statement,
    "hash": _Reader.expression_statement,
    "integer": _Reader.expression_statement,
    "instance_variable": _Reader.expression_statement,
    "heredoc_beginning": _Reader.expression_statement,
    "scope_resolution": _Reader.expression_statement,
    "element_reference": _Reader.expression_statement,
    "true": _Reader.expression_statement,
    "false": _Reader.expression_statement,
    "begin_block": _Reader.grouped,
    "end_block": _Reader.grouped,
}
