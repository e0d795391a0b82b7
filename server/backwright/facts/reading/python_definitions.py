"""Reads the functions and classes of Python."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from tree_sitter import Node

from backwright.facts.code import (
    Class,
    Define,
    DefineClass,
    Expr,
    Function,
    Lambda,
    Name,
    Parameter,
    Return,
    Step,
)
from backwright.facts.reading.common import first
from backwright.facts.reading.python_expressions import Expressions
from backwright.syntax.tree import line, text


class Definitions(Expressions):
    """Reads functions and classes; what they do, the reader of statements tells."""

    @abstractmethod
    def block(self, node: Node | None, scope: str) -> list[Step]: ...

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
            name = child.child_by_field_name("name") or first(child)
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


def _splat(node: Node, annotation: Expr | None) -> Parameter:
    kind = "*" if node.type == "list_splat_pattern" else "**"
    return Parameter(text(node).lstrip("*"), annotation, None, kind)


def _docstring(body: Node | None) -> str:
    statement = first(body) if body is not None else None
    if statement is None or statement.type != "expression_statement":
        return ""
    string = first(statement)
    if string is None or string.type != "string":
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
