"""Edits of Python functions: another decorator, another parameter, another name for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.syntax.tree import parse, span, text
from backwright.text.lines import Lines
from backwright.text.span import Span

_INDENT = "    "
_MAX_WIDTH = 120
_MIN_WIDTH = 88


@dataclass(frozen=True, slots=True)
class PythonFunction:
    """A function in its file; `node` is the definition without its decorators."""

    source: bytes
    node: Node

    @property
    def decorators(self) -> list[Node]:
        whole = self.node.parent
        if whole is None or whole.type != "decorated_definition":
            return []
        return [it for it in whole.named_children if it.type == "decorator"]

    @property
    def indent(self) -> str:
        lines = Lines.of(self.source)
        start = lines.start_of(lines.number_at(self.node.start_byte))
        line = self.source[start : self.node.start_byte]
        return line[: len(line) - len(line.lstrip())].decode()

    @property
    def parameters(self) -> list[Node]:
        node = self.node.child_by_field_name("parameters")
        return [it for it in node.named_children if it.type != "comment"] if node else []


def function_in(source: bytes, start: int, end: int) -> PythonFunction | None:
    """The function whose definition, decorators included, fills the bytes."""
    node = parse(source, "python").root_node.descendant_for_byte_range(start, max(start, end - 1))
    while node is not None and node.type not in {"decorated_definition", "function_definition"}:
        node = node.parent
    if node is not None and node.type == "decorated_definition":
        node = node.child_by_field_name("definition")
    return PythonFunction(source, node) if node and node.type == "function_definition" else None


def with_decorator(function: PythonFunction, decorator: str, below: int) -> Edit:
    """Adds `@decorator` below the first `below` decorators that are there."""
    decorators = function.decorators
    following = decorators[below] if below < len(decorators) else function.node
    at = following.start_byte
    return Edit(Span(at, at), f"@{decorator}\n{function.indent}")


def with_first_parameter(function: PythonFunction, parameter: str) -> Edit:
    """Adds a parameter in front of the others, behind `self`; long signatures are broken."""
    given = function.parameters
    return with_parameter(
        function, parameter, int(text(given[0]) in {"self", "cls"}) if given else 0
    )


def with_parameter(function: PythonFunction, parameter: str, behind: int) -> Edit:
    """Adds a parameter behind so many of the others; long signatures are broken."""
    node = function.node.child_by_field_name("parameters")
    assert node is not None, "every function has parameters"
    given = function.parameters
    if any(it.type == "comment" for it in node.named_children) or _one_a_line(node, given):
        if behind == len(given):
            at = given[-1].end_byte
            return Edit(Span(at, at), f",\n{function.indent}{_INDENT}{parameter}")
        at = given[behind].start_byte
        indent = _line_indent(function.source, at)
        return Edit(Span(at, at), f"{parameter},\n{indent}")
    listed = [text(it) for it in given]
    listed.insert(behind, parameter)
    return Edit(span(node), _signature(function, node, listed))


def renamed(function: PythonFunction, old: str, new: str) -> list[Edit] | None:
    """Edits that call the parameter `old` by `new`; None where that can't be done safely.

    That is where `new` is used already, or where something inside gives `old` another meaning.
    """
    edits = []
    for node in _identifiers(function.node):
        name = text(node)
        if name == new:
            return None
        if name != old:
            continue
        if _binds(node, function.node):
            return None
        if not _is_label(node):
            edits.append(Edit(span(node), new))
    return edits


def without_imports(source: bytes, gone: Span) -> list[Edit]:
    """Edits that drop the imports which only the statement at `gone` needed."""
    root = parse(source, "python").root_node
    used = [it for it in _identifiers(root) if not _is_imported(it)]
    inside = {text(it) for it in used if span(it).start in gone}
    outside = {text(it) for it in used if span(it).start not in gone}
    edits = []
    for node in root.named_children:
        if node.type != "import_from_statement":
            continue
        entries = node.children_by_field_name("name")
        kept = [it for it in entries if _bound_by(it) not in inside - outside]
        if len(kept) == len(entries):
            continue
        if kept:
            listed = Span(entries[0].start_byte, entries[-1].end_byte)
            edits.append(Edit(listed, ", ".join(text(it) for it in kept)))
        else:
            lines = Lines.of(source)
            first, last = node.start_point.row + 1, node.end_point.row + 1
            edits.append(Edit(Span(lines.start_of(first), lines.end_of(last)), ""))
    return edits


def parameter_name(node: Node) -> str:
    """The name of a parameter: `item_id` for `item_id: int = 3`."""
    inner = node.child_by_field_name("name") or (node.named_children[0] if node.children else node)
    while inner.type not in {"identifier"} and inner.named_children:
        inner = inner.named_children[0]
    return text(inner)


def _one_a_line(node: Node, given: list[Node]) -> bool:
    """True where each parameter stands on a line of its own."""
    rows = [it.start_point.row for it in given]
    return (
        bool(rows)
        and rows[0] > node.start_point.row
        and len(set(rows)) == len(rows)
        and (len(rows) > 1 or b"," in (node.text or b""))
    )


def _signature(function: PythonFunction, node: Node, listed: list[str]) -> str:
    """The parameters on one line, on a line of their own, or one a line: the first that fits."""
    source, lines = function.source, Lines.of(function.source)
    width = min(max(_MIN_WIDTH, *map(len, source.split(b"\n"))), _MAX_WIDTH)
    before = node.start_byte - lines.start_of(lines.number_at(node.start_byte))
    after = source[node.end_byte :].split(b"\n", 1)[0]
    joined = ", ".join(listed)
    outer, inner = function.indent, function.indent + _INDENT
    was_broken = node.end_point.row > node.start_point.row
    if before + len(joined) + 2 + len(after) <= width and not was_broken:
        return f"({joined})"
    if len(inner) + len(joined) <= width:
        return f"(\n{inner}{joined}\n{outer})"
    rows = "".join(f"{inner}{it},\n" for it in listed)
    return f"(\n{rows}{outer})"


def _line_indent(source: bytes, at: int) -> str:
    start = source.rfind(b"\n", 0, at) + 1
    return source[start:at].decode() if not source[start:at].strip() else _INDENT


def _identifiers(node: Node) -> Iterator[Node]:
    if node.type == "identifier":
        yield node
    for child in node.children:
        yield from _identifiers(child)


def _is_imported(node: Node) -> bool:
    while node.parent is not None and node.type != "import_from_statement":
        node = node.parent
    return node.type == "import_from_statement"


def _bound_by(entry: Node) -> str:
    return text(entry.child_by_field_name("alias") or entry)


def _is_label(node: Node) -> bool:
    """True for a name that is no variable: `it.request`, `call(request=…)`, a function's own."""
    parent = node.parent
    if parent is None:
        return False
    if parent.type == "attribute":
        return parent.child_by_field_name("attribute") == node
    return parent.type in {"keyword_argument", "function_definition"} and (
        parent.child_by_field_name("name") == node
    )


_PARAMETERS = frozenset({"parameters", "lambda_parameters"})
_BINDERS = frozenset({"global_statement", "nonlocal_statement", "aliased_import", "dotted_name"})


def _binds(node: Node, function: Node) -> bool:
    """True where an inner function, an import or a declaration takes the name for itself."""
    child, parent = node, node.parent
    while parent is not None and parent.id != function.id:
        if parent.type in _BINDERS:
            return True
        if parent.type in _PARAMETERS and (
            parent.parent is None or parent.parent.id != function.id
        ):
            is_default = parent.type in _PARAMETERS and child.type in {
                "default_parameter",
                "typed_default_parameter",
            }
            return not is_default or parameter_name(child) == text(node)
        child, parent = parent, parent.parent
    return False
