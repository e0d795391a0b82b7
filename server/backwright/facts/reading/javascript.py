"""Reads JavaScript and TypeScript, CommonJS and ES modules."""

from __future__ import annotations

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
    Export,
    ExportFrom,
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

_FUNCTIONS = frozenset({"arrow_function", "function_expression", "generator_function"})
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


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
        """The steps of a block or of a single statement; function declarations come first, as when
        it runs."""
        if node is None:
            return []
        outer, self.scope = self.scope, scope
        children = node.named_children if node.type in _BLOCKS else [node]
        hoisted: list[Step] = []
        steps: list[Step] = []
        for child in children:
            if handler := _STATEMENTS.get(child.type):
                for step in handler(self, child):
                    function = isinstance(step, Define) or isinstance(step, Export)
                    first = function and _declares_function(child)
                    (hoisted if first else steps).append(step)
        self.scope = outer
        return hoisted + steps

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
        if right.type == "assignment_expression":  # exports = module.exports = value
            yield from self.assignment(right, statement)
            inner = right.child_by_field_name("left")
            value = self.expr(inner) if inner is not None else other(right)
        else:
            value = self.expr(right, _property_name(left))
        target = self.expr(left)
        if node.type == "augmented_assignment_expression":
            operator = node.child_by_field_name("operator")
            joined = operator is not None and operator.type == "+="
            value = Template([target, value]) if joined else other(node)
        place = (statement.start_byte, statement.end_byte, line(statement))
        yield Assign(target, value, None, *place, declares=False)

    def declaration(self, node: Node) -> Iterator[Step]:
        for child in node.named_children:
            if child.type == "variable_declarator":
                name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
                if name is None:
                    continue
                yield Assign(
                    self.pattern(name),
                    self.expr(value, text(name)) if value is not None else None,
                    self.annotation(child.child_by_field_name("type")),
                    node.start_byte,
                    node.end_byte,
                    line(child),
                )

    def return_statement(self, node: Node) -> Iterator[Step]:
        yield Return(self.maybe(_first(node)), line(node))

    def throw_statement(self, node: Node) -> Iterator[Step]:
        yield Raise(self.maybe(_first(node)), line(node))

    def if_statement(self, node: Node) -> Iterator[Step]:
        test = node.child_by_field_name("condition")
        alternative = node.child_by_field_name("alternative")
        body = self.inner(node.child_by_field_name("consequence"))
        otherwise = self.inner(_first(alternative)) if alternative is not None else []
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
        body = node.child_by_field_name("body")
        for case in body.named_children if body is not None else ():
            for statement in case.children_by_field_name("body"):
                yield from self.inner(statement)

    def try_statement(self, node: Node) -> Iterator[Step]:
        handler = node.child_by_field_name("handler")
        finalizer = node.child_by_field_name("finalizer")
        body = self.inner(node.child_by_field_name("body"))
        caught: list[tuple[Expr | None, list[Step]]] = []
        if handler is not None:
            caught.append((None, self.inner(handler.child_by_field_name("body"))))
        yield Attempt(body, caught, line(node))
        if finalizer is not None:
            yield from self.inner(_first(finalizer))

    def import_statement(self, node: Node) -> Iterator[Step]:
        source = node.child_by_field_name("source")
        clause = _first(node)
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
        elif handler := _STATEMENTS.get(declaration.type):
            steps = list(handler(self, declaration))
        else:
            return
        yield from steps
        names = [name for step in steps for name in self.declared(step)]
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
            yield from _names(step.target)

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

    # Definitions

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
                decorators.append(self.first(child))
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
                found.append(Parameter(text(pattern), annotation, default))
            else:
                found.append(Parameter("", annotation, default, "", self.pattern(pattern)))
        return found

    # Expressions

    def maybe(self, node: Node | None) -> Expr | None:
        return self.expr(node) if node is not None else None

    def annotation(self, node: Node | None) -> Expr | None:
        return self.first(node) if node is not None else None

    def expr(self, node: Node, name: str = "") -> Expr:
        """The value of `node`; a function in it is called `name` when it has no name itself."""
        if node.type in _FUNCTIONS:
            parent = node.parent if name and node.parent is not None else node
            return Lambda(self.function(node, name, line(parent)))
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
                parts.append(self.first(child))
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
        place = (node.start_byte, node.end_byte, line(node))
        if arguments is not None and arguments.type == "template_string":  # a tagged template
            return Call(self.expr(function), [Argument(self.expr(arguments))], *place)
        return Call(self.expr(function), self.arguments(arguments), *place)

    def arguments(self, node: Node | None) -> list[Argument]:
        found = []
        for child in node.named_children if node is not None else ():
            if child.type == "spread_element":
                found.append(Argument(self.first(child), "*"))
            elif child.type != "comment":
                found.append(Argument(self.expr(child)))
        return found

    def array(self, node: Node) -> Expr:
        children = [child for child in node.named_children if child.type != "comment"]
        return Items([self.expr(child) for child in children[:MAX_ITEMS]])

    def spread(self, node: Node) -> Expr:
        return Operation("*", [self.first(node)])

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
                entries.append((None, self.first(child)))
            elif child.type == "method_definition":
                method = child.child_by_field_name("name")
                if method is not None:
                    value_of = Lambda(self.function(child, "", line(child)))
                    entries.append((self.key(method), value_of))
        return Table(entries)

    def key(self, node: Node) -> Expr:
        if node.type == "property_identifier":
            return Text(text(node))
        return self.first(node) if node.type == "computed_property_name" else self.expr(node)

    def pattern(self, node: Node) -> Expr:
        """What is assigned to: a name, a member, or a table or list of them."""
        if node.type == "object_pattern":
            entries: list[tuple[Expr | None, Expr]] = []
            for child in node.named_children:
                if child.type == "shorthand_property_identifier_pattern":
                    entries.append((Text(text(child)), Name(text(child))))
                elif child.type == "object_assignment_pattern":
                    left = child.child_by_field_name("left")
                    if left is not None:
                        entries.append((Text(text(left)), Name(text(left))))
                elif child.type == "pair_pattern":
                    key, value = (
                        child.child_by_field_name("key"),
                        child.child_by_field_name("value"),
                    )
                    if key is not None and value is not None:
                        entries.append((self.key(key), self.pattern(value)))
                elif child.type == "rest_pattern":
                    entries.append((None, self.first(child)))
            return Table(entries)
        if node.type == "array_pattern":
            return Items([self.pattern(child) for child in node.named_children])
        if node.type == "assignment_pattern":
            left = node.child_by_field_name("left")
            return self.pattern(left) if left is not None else other(node)
        return self.expr(node)

    def operation(self, node: Node) -> Expr:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = node.child_by_field_name("operator")
        if left is None or right is None or operator is None:
            return other(node)
        operands = [self.expr(left), self.expr(right)]
        return Template(operands) if operator.type == "+" else Operation(operator.type, operands)

    def unary(self, node: Node) -> Expr:
        operator, argument = node.child_by_field_name("operator"), _first(node)
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

    def generic_type(self, node: Node) -> Expr:
        name, arguments = node.named_children[0], node.named_children[-1]
        keys = [self.expr(child) for child in arguments.named_children]
        return Element(self.expr(name), keys[0] if len(keys) == 1 else Items(keys))


def _first(node: Node) -> Node | None:
    return next((child for child in node.named_children if child.type != "comment"), None)


def _declares_function(node: Node) -> bool:
    if node.type == "export_statement":
        inner = node.child_by_field_name("declaration")
        return inner is not None and _declares_function(inner)
    return node.type in {"function_declaration", "generator_function_declaration"}


def _property_name(node: Node) -> str:
    if node.type == "member_expression":
        name = node.child_by_field_name("property")
        return text(name) if name is not None else ""
    return text(node) if node.type == "identifier" else ""


def _specifiers(node: Node) -> Iterator[tuple[str, str]]:
    for child in node.named_children:
        name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
        if name is not None:
            yield text(name).strip("\"'"), text(alias or name).strip("\"'")


def _names(target: Expr) -> Iterator[str]:
    if isinstance(target, Name):
        yield target.name
    elif isinstance(target, Table):
        for _, value in target.entries:
            yield from _names(value)
    elif isinstance(target, Items):
        for value in target.values:
            yield from _names(value)


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


def _piece(node: Node) -> str:
    content = text(node)
    if node.type != "escape_sequence":
        return content
    return _ESCAPES.get(content[1:2], content[1:])


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

_Expression = Callable[[_Reader, Node], Expr]
_EXPRESSIONS: dict[str, _Expression] = {
    "string": _Reader.string,
    "template_string": _Reader.template,
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
    "member_expression": _Reader.member,
    "nested_type_identifier": lambda _, node: Name(text(node)),
    "subscript_expression": _Reader.subscript,
    "call_expression": _Reader.call,
    "new_expression": _Reader.call,
    "await_expression": _Reader.first,
    "parenthesized_expression": _Reader.first,
    "non_null_expression": _Reader.first,
    "as_expression": _Reader.first,
    "satisfies_expression": _Reader.first,
    "type_assertion": _Reader.last,
    "sequence_expression": _Reader.last,
    "array": _Reader.array,
    "spread_element": _Reader.spread,
    "object": _Reader.object,
    "object_pattern": _Reader.pattern,
    "array_pattern": _Reader.pattern,
    "binary_expression": _Reader.operation,
    "unary_expression": _Reader.unary,
    "ternary_expression": _Reader.ternary,
    "generic_type": _Reader.generic_type,
    "literal_type": _Reader.first,
    "assignment_expression": lambda reader, node: reader.last(node),
}
