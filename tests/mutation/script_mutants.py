"""Mutants of Express endpoints: of the handler, what it calls, its middleware and its schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tree_sitter import Node

from backwright.facts.backend import Route
from backwright.syntax.tree import parse
from mutation.mutant import Mutant, let_through

_LIMITS = {
    "min",
    "max",
    "int",
    "positive",
    "regex",
    "email",
    "isLength",
    "isInt",
    "isIn",
    "isISO8601",
}


def script_mutants(project: Path, route: Route) -> list[Mutant]:
    """Every mutant of the endpoint, each place once."""
    roots = {
        str(path.relative_to(project)): _root(path)
        for path in sorted(project.rglob("*.js"))
        if "node_modules" not in path.parts and "test" not in path.parent.name
    }
    home = route.handler_place.file
    handler = next(it for it in _walk(roots[home]) if it.start_byte == route.handler_place.start)
    found: list[Mutant] = []
    bodies = [(home, handler), *_reached(roots, handler)]
    for file, node in bodies:
        found += _branches(file, node, "branch")
        found += _statuses(file, node)
        found += _fields(file, node)
    registration = _registration(roots[route.place.file], route)
    if registration is not None:
        found += _guards(route.place.file, registration, route)
        for name in _schemas(registration):
            for file, node in _named(roots, name):
                found += _limits(file, node)
    for guard in route.guards:
        for file, node in _named(roots, guard.name):
            found += let_through(list(_branches(file, node, "guard")))
    unique = {(it.file, it.cuts): it for it in found}
    return list(unique.values())


def _root(path: Path) -> Node:
    return parse(path.read_bytes(), "javascript").root_node


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.named_children:
        yield from _walk(child)


def _text(node: Node | None) -> str:
    return node.text.decode() if node is not None and node.text is not None else ""


def _line(node: Node) -> int:
    return node.start_point.row + 1


def _branches(file: str, root: Node, what: str) -> Iterator[Mutant]:
    for node in _walk(root):
        if node.type != "if_statement":
            continue
        body, test = node.child_by_field_name("consequence"), node.child_by_field_name("condition")
        refuses = re.search(r"40[134]|notFound|unauthorized|forbidden", _text(body), re.IGNORECASE)
        if test is not None and refuses and node.child_by_field_name("alternative") is None:
            yield Mutant.one(
                file, test.start_byte, test.end_byte, "(false)", f"{what} removed", _line(node)
            )


def _statuses(file: str, root: Node) -> Iterator[Mutant]:
    for node in _walk(root):
        if node.type == "call_expression" and re.search(
            r"\.(status|sendStatus)$", _text(node.child_by_field_name("function"))
        ):
            arguments = node.child_by_field_name("arguments")
            first = arguments.named_children[0] if arguments is not None else None
            if first is not None and first.type == "number":
                yield Mutant.one(
                    file, first.start_byte, first.end_byte, "418", "status changed", _line(node)
                )


def _fields(file: str, root: Node) -> Iterator[Mutant]:
    """Fields of an object that is answered get another name."""
    for node in _walk(root):
        answered = node.type == "return_statement" or (
            node.type == "call_expression"
            and _text(node.child_by_field_name("function")).endswith((".json", ".send"))
        )
        if not answered:
            continue
        for table in node.named_children:
            for inner in [table, *table.named_children]:
                if inner.type == "object":
                    yield from _renamed(file, inner)


def _renamed(file: str, table: Node) -> Iterator[Mutant]:
    for entry in table.named_children:
        if entry.type == "pair":
            key = entry.child_by_field_name("key")
            if key is not None and key.type == "property_identifier":
                text = f"{_text(key)}Renamed"
                yield Mutant.one(
                    file, key.start_byte, key.end_byte, text, "field renamed", _line(key)
                )
        elif entry.type == "shorthand_property_identifier":
            text = f"{_text(entry)}Renamed: {_text(entry)}"
            yield Mutant.one(
                file, entry.start_byte, entry.end_byte, text, "field renamed", _line(entry)
            )


def _named(roots: dict[str, Node], name: str) -> Iterator[tuple[str, Node]]:
    """The definition of a name at the top of a module."""
    for file, root in roots.items():
        for node in _walk(root):
            defines = node.type in {"function_declaration", "variable_declarator"}
            if defines and _text(node.child_by_field_name("name")) == name:
                yield file, node


def _reached(roots: dict[str, Node], handler: Node) -> Iterator[tuple[str, Node]]:
    waiting, seen = [(handler, 0)], set[str]()
    while waiting:
        node, depth = waiting.pop()
        for call in _walk(node):
            name = _text(call.child_by_field_name("function"))
            if call.type != "call_expression" or name in seen or depth > 1:
                continue
            for file, found in list(_named(roots, name))[:1]:
                if found.type == "function_declaration":
                    seen.add(name)
                    yield file, found
                    waiting.append((found, depth + 1))


def _registration(root: Node, route: Route) -> Node | None:
    calls = [
        it
        for it in _walk(root)
        if it.type == "call_expression" and it.start_byte == route.place.start
    ]
    return min(calls, key=lambda it: abs(it.end_byte - route.place.end), default=None)


def _guards(file: str, call: Node, route: Route) -> Iterator[Mutant]:
    arguments = call.child_by_field_name("arguments")
    names = {it.name for it in route.guards}
    for argument in arguments.named_children if arguments is not None else ():
        if _text(argument).split("(")[0] in names:
            text = "(req, res, next) => next()"
            yield Mutant.one(
                file, argument.start_byte, argument.end_byte, text, "guard removed", _line(argument)
            )


def _schemas(call: Node) -> list[str]:
    arguments = call.child_by_field_name("arguments")
    return [_text(it) for it in _walk(arguments) if it.type == "identifier"] if arguments else []


def _limits(file: str, root: Node) -> Iterator[Mutant]:
    """Calls that put a limit on a field are taken out of their chain."""
    for node in _walk(root):
        function = node.child_by_field_name("function")
        if node.type != "call_expression" or function is None:
            continue
        name, owner = (
            function.child_by_field_name("property"),
            function.child_by_field_name("object"),
        )
        if _text(name) in _LIMITS and owner is not None and owner.type == "call_expression":
            yield Mutant.one(file, owner.end_byte, node.end_byte, "", "limit dropped", _line(node))
