"""Reads the classes, modules, methods and blocks of Ruby."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from tree_sitter import Node

from backwright.facts.code import (
    Argument,
    Class,
    Define,
    DefineClass,
    Expr,
    Function,
    Lambda,
    Name,
    Parameter,
    Step,
)
from backwright.facts.reading.common import first
from backwright.facts.reading.ruby_expressions import Expressions
from backwright.syntax.tree import line, text

MODULE = Name("module")
"""The decorator that tells a module from a class."""


class Definitions(Expressions):
    """`private` and `singleton` hold for the methods that follow; `hidden` are names of methods
    that the class at hand makes private later."""

    def __init__(self) -> None:
        super().__init__()
        self.private = False
        self.singleton = False
        self.hidden: set[str] = set()

    @abstractmethod
    def steps(self, nodes: list[Node], *, returns: bool = False) -> list[Step]: ...

    @abstractmethod
    def guarded(self, children: list[Node], at: int, *, returns: bool = False) -> Iterator[Step]:
        """The steps of a body that may have `rescue` and `ensure`."""

    @abstractmethod
    def hide(self, names: set[str], functions: range) -> None: ...

    def class_(self, node: Node) -> Iterator[Step]:
        name_node, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name_node is None:
            return
        written = text(name_node)
        absolute = written.startswith("::")
        path = written.removeprefix("::")
        qualname = path if absolute or not self.scope else f"{self.scope}::{path}"
        index, before = self.book.reserve_class(), len(self.book.functions)
        outer = (self.scope, self.private, self.singleton, self.hidden)
        self.scope, self.private, self.singleton, self.hidden = qualname, False, False, set()
        steps = self.steps(body.named_children) if body is not None else []
        if self.hidden:
            self.hide(self.hidden, range(before, len(self.book.functions)))
        self.scope, self.private, self.singleton, self.hidden = outer
        above = node.child_by_field_name("superclass")
        base = first(above) if above is not None else None
        self.book.classes[index] = Class(
            path.rpartition("::")[2],
            qualname,
            [Argument(self.expr(base))] if base is not None else [],
            [MODULE] if node.type == "module" else [],
            steps,
            node.start_byte,
            node.end_byte,
            line(name_node),
        )
        yield DefineClass(index)

    def singleton_class(self, node: Node) -> Iterator[Step]:
        """`class << self … end`: its methods are those of the class itself."""
        body = node.child_by_field_name("body")
        outer = (self.private, self.singleton)
        self.private, self.singleton = False, True
        yield from self.steps(body.named_children) if body is not None else ()
        self.private, self.singleton = outer

    def method(self, node: Node) -> Iterator[Step]:
        name_node, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        name = text(name_node) if name_node is not None else ""
        static = self.singleton or node.type == "singleton_method"
        mark = "." if static else "#"
        qualname = f"{self.scope}{mark}{name}" if self.scope else name
        index = self.book.reserve_function()
        outer, self.scope = self.scope, qualname
        parameters = self.parameters(node.child_by_field_name("parameters"))
        steps = self._body(body, line(node))
        self.scope = outer
        hidden = self.private and node.type != "singleton_method"
        role = "static" if static else "private" if hidden else ""
        if name == "initialize":
            role = "constructor"
        self.book.functions[index] = Function(
            name,
            qualname,
            parameters,
            [],
            None,
            steps,
            node.start_byte,
            node.end_byte,
            line(name_node or node),
            body.start_byte if body is not None else node.end_byte,
            role=role,
        )
        yield Define(index)

    def block(self, node: Node) -> Expr:
        inner = node.child_by_field_name("body")
        if node.type == "lambda":  # -> (x) { … }
            inside = inner.child_by_field_name("body") if inner is not None else None
        else:
            inside = inner
        index = self.book.reserve_function()
        parameters = self.parameters(node.child_by_field_name("parameters"))
        self.book.functions[index] = Function(
            "",
            self.scope,
            parameters,
            [],
            None,
            self._body(inside, line(node)),
            node.start_byte,
            node.end_byte,
            line(node),
            inside.start_byte if inside is not None else node.end_byte,
        )
        return Lambda(index)

    def _body(self, node: Node | None, at: int) -> list[Step]:
        if node is None:
            return []
        if node.type not in {"body_statement", "block_body"}:  # def total = price * count
            return self.steps([node], returns=True)
        return list(self.guarded(node.named_children, at, returns=True))

    def parameters(self, node: Node | None) -> list[Parameter]:
        return [
            found
            for child in (node.named_children if node is not None else ())
            if (found := self._parameter(child)) is not None
        ]

    def _parameter(self, node: Node) -> Parameter | None:
        if node.type == "identifier":
            return Parameter(text(node))
        if node.type == "destructured_parameter":
            return Parameter("", pattern=self.items(node))
        name = node.child_by_field_name("name")
        if name is None:
            return None
        default = self.maybe(node.child_by_field_name("value"))
        return Parameter(text(name), None, default, _KINDS.get(node.type, ""))


_KINDS = {"splat_parameter": "*", "hash_splat_parameter": "**", "block_parameter": "&"}
