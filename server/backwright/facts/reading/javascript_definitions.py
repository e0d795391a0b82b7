"""Reads the functions and classes of JavaScript and TypeScript."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from tree_sitter import Node

from backwright.facts.code import (
    Argument,
    Assign,
    Class,
    Define,
    DefineClass,
    Expr,
    Function,
    Member,
    Name,
    Parameter,
    Return,
    Step,
)
from backwright.facts.reading.javascript_expressions import Expressions
from backwright.syntax.tree import line, text


class Definitions(Expressions):
    """Reads functions and classes; what they do, the reader of statements tells."""

    @abstractmethod
    def block(self, node: Node | None, scope: str) -> list[Step]: ...

    def function_declaration(self, node: Node) -> Iterator[Step]:
        yield Define(self.function(node, "", line(node)))

    def class_declaration(self, node: Node) -> Iterator[Step]:
        decorators = [
            self.expr(child.named_children[0])
            for child in node.children_by_field_name("decorator")
            if child.named_children
        ]
        yield self.class_(node, node, decorators)

    def function(
        self, node: Node, name: str, at_line: int, decorators: list[Expr] | None = None
    ) -> int:
        name_node, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name_node is not None:
            name, at_line = text(name_node), line(name_node)
        qualname = f"{self.scope}.{name}" if self.scope else name
        index = self.book.reserve_function()
        single = node.child_by_field_name("parameter")
        parameters = (
            [Parameter(text(single))]
            if single is not None
            else self.parameters(node.child_by_field_name("parameters"))
        )
        steps: list[Step] = []
        if name == "constructor":
            steps += _parameter_properties(node)
        if body is not None and body.type == "statement_block":
            steps += self.block(body, qualname)
        elif body is not None:
            steps.append(Return(self.expr(body), line(body)))
        self.book.functions[index] = Function(
            name if name != "constructor" else "__init__",
            qualname,
            parameters,
            decorators or [],
            self.annotation(node.child_by_field_name("return_type")),
            steps,
            node.start_byte,
            node.end_byte,
            at_line,
            body.start_byte if body is not None else node.end_byte,
            any(child.type == "async" for child in node.children),
            "",
            _role(node, name),
        )
        return index

    def class_(self, node: Node, whole: Node, decorators: list[Expr]) -> Step:
        name_node, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        name = text(name_node) if name_node is not None else ""
        qualname = f"{self.scope}.{name}" if self.scope else name
        index = self.book.reserve_class()
        outer, self.scope = self.scope, qualname
        steps = list(self.class_body(body)) if body is not None else []
        self.scope = outer
        self.book.classes[index] = Class(
            name,
            qualname,
            self.heritage(node),
            decorators,
            steps,
            whole.start_byte,
            whole.end_byte,
            line(name_node or node),
        )
        return DefineClass(index)

    def class_body(self, body: Node) -> Iterator[Step]:
        decorators: list[Expr] = []
        for child in body.named_children:
            if child.type == "decorator":
                decorators.append(self.inside(child))
                continue
            name = child.child_by_field_name("name") or child.child_by_field_name("property")
            if child.type == "method_definition" and name is not None:
                yield Define(self.function(child, "", line(child), decorators))
            elif child.type in {"public_field_definition", "field_definition"} and name is not None:
                value = child.child_by_field_name("value")
                yield Assign(
                    Name(text(name)),
                    self.expr(value, text(name)) if value is not None else None,
                    self.annotation(child.child_by_field_name("type")),
                    child.start_byte,
                    child.end_byte,
                    line(child),
                    decorators=decorators + [self.inside(it) for it in _decorators(child)],
                )
            if child.type != "comment":
                decorators = []

    def heritage(self, node: Node) -> list[Argument]:
        clause = next((it for it in node.named_children if it.type == "class_heritage"), None)
        if clause is None:
            return []
        extends = next((it for it in clause.named_children if it.type == "extends_clause"), None)
        if extends is not None:
            return [Argument(self.expr(it)) for it in extends.children_by_field_name("value")]
        return [
            Argument(self.expr(it))
            for it in clause.named_children
            if it.type != "implements_clause"
        ]

    def parameters(self, node: Node | None) -> list[Parameter]:
        found = []
        for child in node.named_children if node is not None else ():
            pattern, annotation, default = child, None, None
            if child.type in {"required_parameter", "optional_parameter"}:
                pattern = child.child_by_field_name("pattern") or child
                annotation = self.annotation(child.child_by_field_name("type"))
                default = self.maybe(child.child_by_field_name("value"))
            elif child.type == "assignment_pattern":
                pattern = child.child_by_field_name("left") or child
                default = self.maybe(child.child_by_field_name("right"))
            elif child.type == "comment":
                continue
            if pattern.type == "rest_pattern":
                found.append(Parameter(text(pattern).lstrip("."), annotation, default, "*"))
            elif pattern.type == "identifier":
                above = self.decorators_of(child)
                found.append(Parameter(text(pattern), annotation, default, "", None, above))
            else:
                inner, above = self.pattern(pattern), self.decorators_of(child)
                found.append(Parameter("", annotation, default, "", inner, above))
        return found

    def decorators_of(self, parameter: Node) -> tuple[Expr, ...]:
        """`@Body() cat: CreateCat`"""
        return tuple(self.inside(it) for it in parameter.children_by_field_name("decorator"))


def _parameter_properties(node: Node) -> Iterator[Step]:
    """`constructor(private x: X)` also assigns `this.x`."""
    parameters = node.child_by_field_name("parameters")
    for child in parameters.named_children if parameters is not None else ():
        pattern = child.child_by_field_name("pattern")
        modified = any(it.type in {"accessibility_modifier", "readonly"} for it in child.children)
        if modified and pattern is not None and pattern.type == "identifier":
            target = Member(Name("this"), text(pattern))
            yield Assign(
                target, Name(text(pattern)), None, child.start_byte, child.end_byte, line(child)
            )


def _role(node: Node, name: str) -> str:
    if name == "constructor":
        return "constructor"
    kinds = {child.type for child in node.children}
    if "get" in kinds:
        return "getter"
    return "static" if "static" in kinds else ""


def _decorators(node: Node) -> list[Node]:
    return [it for it in node.named_children if it.type == "decorator"]
