"""Reads the imports and exports of ES modules."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from tree_sitter import Node

from backwright.facts.code import (
    Assign,
    Define,
    DefineClass,
    Export,
    ExportFrom,
    Expr,
    Import,
    Name,
    Step,
)
from backwright.facts.reading.common import first
from backwright.facts.reading.javascript_definitions import Definitions
from backwright.facts.reading.javascript_patterns import names_in
from backwright.syntax.tree import line, text


class ModuleStatements(Definitions):
    """Reads what a module imports and exports."""

    @abstractmethod
    def statement(self, node: Node) -> Iterator[Step]:
        """The steps of any statement."""

    def import_statement(self, node: Node) -> Iterator[Step]:
        source = node.child_by_field_name("source")
        clause = first(node)
        if clause is None:
            return
        if clause.type == "import_require_clause":
            source = clause.child_by_field_name("source")
            if source is not None and clause.named_children:
                module = self.literal(source)
                yield Import(module, "", text(clause.named_children[0]), line(node))
            return
        module = self.literal(source) if source is not None else ""
        if clause.type != "import_clause":
            yield Import(module, "", "", line(node))  # for its side effects
            return
        for child in clause.named_children:
            if child.type == "identifier":
                yield Import(module, "default", text(child), line(node))
            elif child.type == "namespace_import":
                yield Import(module, "", text(child.named_children[0]), line(node))
            elif child.type == "named_imports":
                for name, local in _specifiers(child):
                    yield Import(module, name, local, line(node))

    def export_statement(self, node: Node) -> Iterator[Step]:
        source = node.child_by_field_name("source")
        module = self.literal(source) if source is not None else None
        declaration = node.child_by_field_name("declaration")
        value = node.child_by_field_name("value")
        is_default = any(child.type == "default" for child in node.children)
        if declaration is not None:
            decorators = [
                self.expr(child.named_children[0])
                for child in node.children_by_field_name("decorator")
                if child.named_children
            ]
            yield from self.exported(declaration, node, decorators, is_default)
            return
        if value is not None:
            yield Export("default", self.expr(value, "default"))
            return
        for child in node.named_children:
            if child.type == "export_clause":
                for name, local in _specifiers(child):
                    if module is None:
                        yield Export(local, Name(name))
                    else:
                        yield ExportFrom(module, name, local)
            elif child.type == "namespace_export" and module is not None:
                yield ExportFrom(module, "*", text(child.named_children[0]))
            elif child.type == "identifier" and module is None:  # export = value
                yield Export("=", Name(text(child)))
        if module is not None and any(child.type == "*" for child in node.children):
            yield ExportFrom(module, "*", "")

    def exported(
        self, declaration: Node, node: Node, decorators: list[Expr], is_default: bool
    ) -> Iterator[Step]:
        if declaration.type in {"class_declaration", "abstract_class_declaration"}:
            steps: list[Step] = [self.class_(declaration, node, decorators)]
        else:
            steps = list(self.statement(declaration))
        yield from steps
        names = [name for step in steps for name in self.declared(step)]
        named = declaration.child_by_field_name("name")
        if declaration.type in _TYPES and named is not None:  # nothing is run, yet it has the name
            names.append(text(named))
        for name in names:
            yield Export("default" if is_default else name, Name(name))

    def declared(self, step: Step) -> Iterator[str]:
        if isinstance(step, Define):
            function = self.book.functions[step.function]
            yield function.name if function is not None else ""
        elif isinstance(step, DefineClass):
            class_ = self.book.classes[step.number]
            yield class_.name if class_ is not None else ""
        elif isinstance(step, Assign):
            yield from names_in(step.target)


_TYPES = frozenset({"type_alias_declaration", "interface_declaration", "enum_declaration"})


def _specifiers(node: Node) -> Iterator[tuple[str, str]]:
    for child in node.named_children:
        name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
        if name is not None:
            yield text(name).strip("\"'"), text(alias or name).strip("\"'")
