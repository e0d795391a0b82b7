"""Reads the expressions of Ruby.

A symbol is a text, a block is the argument `&`. Entries of a hash that are passed without braces
are keywords where their keys are symbols; the others come in a table of their own, and those whose
key is no literal as the operation `=>`. A call without arguments that is no statement is a member.
"""

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

_MAX_HEREDOC_STEPS = 60
_DOTS = frozenset({".", "&.", "::"})


class Expressions(ABC):
    """Reads expressions; the blocks in them need the rest of the reader."""

    def __init__(self) -> None:
        self.book = Book()
        self.scope = ""
        self.depth = 0

    @abstractmethod
    def block(self, node: Node) -> Expr:
        """`{ |x| … }`, `do |x| … end` or `-> (x) { … }`."""

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

    # Literals

    def string(self, node: Node) -> Expr:
        parts: list[Expr] = []
        for child in node.named_children:
            kind = child.type
            if kind in {"string_content", "heredoc_content"}:
                parts.append(Text(text(child)))
            elif kind == "escape_sequence":
                parts.append(Text(_unescaped(text(child))))
            elif kind == "interpolation":
                parts.append(self.inside(child))
        if all(isinstance(part, Text) for part in parts):
            return Text("".join(part.value for part in parts if isinstance(part, Text)))
        return Template(_merged(parts))

    def symbol(self, node: Node) -> Expr:
        found = self.string(node)
        return Text(found.value, symbol=True) if isinstance(found, Text) else found

    def chained_string(self, node: Node) -> Expr:
        parts = [self.expr(child) for child in node.named_children]
        if all(isinstance(part, Text) for part in parts):
            return Text("".join(part.value for part in parts if isinstance(part, Text)))
        return Template(parts)

    def heredoc(self, node: Node) -> Expr:
        """The body stands behind the statement, marked by the same word."""
        word = text(node).lstrip("<~-").strip("'\"`")
        current: Node | None = node
        for _ in range(_MAX_HEREDOC_STEPS):
            if current is None:
                break
            after = current.next_sibling
            if after is None:
                current = current.parent
                continue
            current = after
            if after.type == "heredoc_body" and text(after).rstrip().endswith(word):
                return self.string(after)
        return other(node)

    def words(self, node: Node) -> Expr:
        return Items([self.string(child) for child in node.named_children[:MAX_ITEMS]])

    def items(self, node: Node) -> Expr:
        children = [child for child in node.named_children if child.type != "comment"]
        entries = [it for it in children if it.type == "pair"]
        plain = [self.expr(it) for it in children[:MAX_ITEMS] if it.type != "pair"]
        return Items([*plain, self._table(entries)] if entries else plain)

    def splat(self, node: Node) -> Expr:
        return Operation("*", [self.inside(node)])

    def table(self, node: Node) -> Expr:
        return self._table(node.named_children)

    def _table(self, children: list[Node]) -> Table:
        entries: list[tuple[Expr | None, Expr]] = []
        for child in children[:MAX_ITEMS]:
            if child.type == "pair":
                parts = child.named_children
                key = self.key(parts[0])
                entries.append((key, self.expr(parts[1]) if len(parts) > 1 else _named(key)))
            elif child.type == "hash_splat_argument":
                entries.append((None, self.inside(child)))
        return Table(entries)

    def key(self, node: Node) -> Expr:
        return Text(text(node)) if node.type == "hash_key_symbol" else self.expr(node)

    # Names

    def scoped(self, node: Node) -> Expr:
        """`Api::User`, `::User`."""
        scope, name = node.child_by_field_name("scope"), node.child_by_field_name("name")
        if name is None:
            return other(node)
        if scope is None:
            return Name(f"::{text(name)}")
        return Member(self.expr(scope), text(name))

    def element(self, node: Node) -> Expr:
        children = node.named_children
        if not children:
            return other(node)
        owner = self.expr(children[0])
        if len(children) != 2 or children[1].type in {"block", "do_block"}:
            keys = Items([self.expr(it) for it in children[1:]])
            return Element(owner, keys)
        key = self.expr(children[1])
        return Member(owner, key.value) if isinstance(key, Text) else Element(owner, key)

    # Calls

    def call(self, node: Node, *, stands: bool = False) -> Expr:
        """`stands`: as a statement, where what looks like a member is surely a call."""
        parts = node.children
        if node.has_error or any(it.type == "comment" for it in parts[1:-1]):
            parts = [it for it in parts if it.type not in {"comment", "ERROR"}]
        count = len(parts)
        if count > 1 and parts[1].type in _DOTS:
            owner = self.expr(parts[0])
            if count > 2 and parts[2].type == "argument_list":  # f.(x)
                function: Expr = owner
                rest = parts[2:]
            elif count > 2:
                function, rest = Member(owner, self.called(parts[2])), parts[3:]
                if not rest and not stands:
                    return function
            else:
                return other(node)
        else:
            function, rest = Name(self.called(parts[0])), parts[1:]
        arguments: list[Argument] = []
        for part in rest:
            if part.type == "argument_list":
                arguments = self.arguments(part)
            else:
                arguments.append(Argument(self.block(part), "&"))
        return Call(function, arguments, node.start_byte, node.end_byte, line(node))

    def called(self, node: Node) -> str:
        name = text(node)
        self.book.called.add(name)
        return name

    def identifier(self, node: Node) -> Expr:
        return Name(self.called(node))

    def statement_name(self, node: Node) -> Expr:
        """A name that stands as a statement calls a method."""
        return Call(Name(self.called(node)), [], node.start_byte, node.end_byte, line(node))

    def arguments(self, node: Node) -> list[Argument]:
        found: list[Argument] = []
        texts: list[tuple[Expr | None, Expr]] = []
        for child in node.named_children:
            kind = child.type
            if kind == "pair":
                parts = child.named_children
                key = self.key(parts[0])
                value = self.expr(parts[1]) if len(parts) > 1 else _named(key)
                if not isinstance(key, Text):
                    found.append(Argument(Operation("=>", [key, value])))
                elif parts[0].type == "string" and child.children[1].type == "=>":
                    texts.append((key, value))
                else:
                    found.append(Argument(value, key.value))
            elif kind == "splat_argument":
                found.append(Argument(self.inside(child), "*"))
            elif kind == "hash_splat_argument":
                found.append(Argument(self.inside(child), "**"))
            elif kind == "block_argument":
                found.append(Argument(self.inside(child), "&"))
            elif kind != "comment":
                found.append(Argument(self.expr(child)))
        if texts:
            at = next((at for at, it in enumerate(found) if it.name), len(found))
            found.insert(at, Argument(Table(texts)))
        return found

    def yielded(self, node: Node) -> Expr:
        given = first(node)
        arguments = self.arguments(given) if given is not None else []
        return Call(Name("yield"), arguments, node.start_byte, node.end_byte, line(node))

    def super_(self, node: Node) -> Expr:
        return Call(Name("super"), [], node.start_byte, node.end_byte, line(node))

    # Operations

    def binary(self, node: Node) -> Expr:
        parts = node.children
        if len(parts) != 3:
            return other(node)
        operands = [self.expr(parts[0]), self.expr(parts[2])]
        sign = parts[1].type
        operator = {"&&": "and", "||": "or"}.get(sign, sign)
        if operator == "+":
            return Template(operands)
        return Operation(operator, operands)

    def unary(self, node: Node) -> Expr:
        operand = node.child_by_field_name("operand") or first(node)
        sign = node.children[0].type
        inner = [self.expr(operand)] if operand is not None else []
        return Operation("not" if sign == "!" else sign, inner)

    def choice(self, node: Node) -> Expr:
        parts = [self.expr(it) for it in node.named_children if it.type != "comment"]
        return Choice(*parts) if len(parts) == 3 else other(node)

    def chosen(self, node: Node) -> Expr:
        """`if` as an expression: what it comes to in its two branches."""
        test = node.child_by_field_name("condition")
        then = _last_of(node.child_by_field_name("consequence"))
        otherwise = _last_of(node.child_by_field_name("alternative"))
        if test is None or then is None:
            return other(node)
        last = self.expr(otherwise) if otherwise is not None else Constant("none")
        return Choice(self.expr(test), self.expr(then), last)

    def assigned(self, node: Node) -> Expr:
        right = node.child_by_field_name("right")
        return self.expr(right) if right is not None else other(node)


def _last_of(node: Node | None) -> Node | None:
    children = node.named_children if node is not None else []
    return children[-1] if children else None


def _named(key: Expr) -> Expr:
    """The value of `key:` alone."""
    return Name(key.value) if isinstance(key, Text) else key


def _merged(parts: list[Expr]) -> list[Expr]:
    merged: list[Expr] = []
    for part in parts:
        if merged and isinstance(part, Text) and isinstance(last := merged[-1], Text):
            merged[-1] = Text(last.value + part.value)
        else:
            merged.append(part)
    return merged


def _unescaped(sequence: str) -> str:
    try:
        value = ast.literal_eval(f'"{sequence}"') if sequence != '\\"' else '"'
    except (SyntaxError, ValueError):
        return sequence[1:]
    text_ = str(value)
    return sequence[1:] if text_ == sequence else text_.encode("utf-8", "replace").decode("utf-8")


_Expression = Callable[[Expressions, Node], Expr]
_EXPRESSIONS: dict[str, _Expression] = {
    "string": Expressions.string,
    "chained_string": Expressions.chained_string,
    "heredoc_beginning": Expressions.heredoc,
    "simple_symbol": lambda _, node: Text(text(node)[1:], symbol=True),
    "hash_key_symbol": lambda _, node: Text(text(node)),
    "delimited_symbol": Expressions.symbol,
    "bare_string": Expressions.string,
    "bare_symbol": Expressions.symbol,
    "string_array": Expressions.words,
    "symbol_array": Expressions.words,
    "integer": lambda _, node: number(node, text(node)),
    "float": lambda _, node: number(node, text(node)),
    "true": lambda _, __: Constant("true"),
    "false": lambda _, __: Constant("false"),
    "nil": lambda _, __: Constant("none"),
    "self": lambda _, __: Name("self"),
    "identifier": Expressions.identifier,
    "constant": lambda _, node: Name(text(node)),
    "instance_variable": lambda _, node: Name(text(node)),
    "class_variable": lambda _, node: Name(text(node)),
    "global_variable": lambda _, node: Name(text(node)),
    "scope_resolution": Expressions.scoped,
    "element_reference": Expressions.element,
    "call": Expressions.call,
    "yield": Expressions.yielded,
    "super": Expressions.super_,
    "array": Expressions.items,
    "left_assignment_list": Expressions.items,
    "right_assignment_list": Expressions.items,
    "argument_list": Expressions.items,
    "splat_argument": Expressions.splat,
    "rest_assignment": Expressions.splat,
    "hash": Expressions.table,
    "lambda": lambda reader, node: reader.block(node),
    "parenthesized_statements": Expressions.inside,
    "binary": Expressions.binary,
    "unary": Expressions.unary,
    "conditional": Expressions.choice,
    "if": Expressions.chosen,
    "assignment": Expressions.assigned,
    "operator_assignment": Expressions.assigned,
    "begin": Expressions.inside,
}
