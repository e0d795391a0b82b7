"""Reads how a statement is put together in Python: f-strings, `+`, `%` and `.format`."""

from __future__ import annotations

import re

from tree_sitter import Node

from backwright.recipes.prevent_sql_injection.built import Blocked, Built, Char, Hole, Literal
from backwright.syntax.tree import span, text
from backwright.text.span import Span

_FIELD = re.compile(r"%(?:\((\w+)\))?([sdifr%])|\{(\w*)\}|(\{\{|\}\})")
_UNREADABLE = re.compile(r"%[^sdifr%(\s'\"]|\{[^{}]*[^\w{}][^{}]*\}")
_LOOKS = frozenset({"strip", "rstrip", "lstrip"})


def read_python(node: Node) -> Built | Blocked:
    """The statement that an expression makes."""
    built = Built()
    blocked = _read(node, built)
    return blocked or built


def _read(node: Node, built: Built) -> Blocked | None:
    match node.type:
        case "string":
            _string(node, built)
        case "concatenated_string" | "parenthesized_expression":
            return _all([it for it in node.named_children if it.type != "comment"], built)
        case "binary_operator" if _operator(node) == "+":
            return _all([_field(node, "left"), _field(node, "right")], built, operands=True)
        case "binary_operator" if _operator(node) == "%":
            return _percent(node, built)
        case "call":
            return _call(node, built)
        case _:
            return Blocked(f"{text(node)[:60]} is not written as a string where it is run")
    return None


def _all(nodes: list[Node], built: Built, *, operands: bool = False) -> Blocked | None:
    for node in nodes:
        if operands and not _is_string(node):
            built.parts.append(Hole(text(node), span(node), -1))
        elif (blocked := _read(node, built)) is not None:
            return blocked
    return None


def _is_string(node: Node) -> bool:
    if node.type == "parenthesized_expression":
        return all(_is_string(it) for it in node.named_children)
    if node.type == "binary_operator":
        return _operator(node) == "+" and _is_string(_field(node, "left"))
    return node.type in {"string", "concatenated_string"}


def _string(node: Node, built: Built) -> None:
    start, end = node.children[0], node.children[-1]
    number = len(built.literals)
    built.literals.append(Literal(span(start), span(end), text(start)))
    for child in node.children[1:-1]:
        if child.type == "interpolation":
            inner = child.child_by_field_name("expression") or child.named_children[0]
            rest = [it for it in child.named_children if it.start_byte >= inner.end_byte]
            spec = "".join(text(it) for it in rest)
            built.parts.append(Hole(text(inner), span(child), number, spec))
        else:
            _content(child, number, built)


def _content(node: Node, number: int, built: Built) -> None:
    """The characters of a piece without holes, escapes as one."""
    source = node.text or b""
    escapes = {it.start_byte: it for it in node.named_children}
    at = node.start_byte
    while at < node.end_byte:
        if at in escapes:
            escape = escapes[at]
            built.parts.append(Char(_unescaped(text(escape)), span(escape), number))
            at = escape.end_byte
            continue
        width = _width(source[at - node.start_byte])
        raw = source[at - node.start_byte : at - node.start_byte + width]
        built.parts.append(Char(raw.decode("utf-8", "replace"), Span(at, at + width), number))
        at += width


def _width(first: int) -> int:
    """How many bytes the character has that begins with this one."""
    return 1 if first < 0xC0 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4


def _unescaped(written: str) -> str:
    return {"\\n": "\n", "\\t": "\t"}.get(written, written[-1])


def _percent(node: Node, built: Built) -> Blocked | None:
    left, right = _field(node, "left"), _field(node, "right")
    while right.type == "parenthesized_expression":
        right = right.named_children[0]
    named: dict[str, str] = {}
    listed = [text(right)]
    if right.type == "tuple":
        listed = [text(it) for it in right.named_children]
    elif right.type == "dictionary":
        named = _pairs(right)
    built.doubles_percent = True
    return _formatted(left, Span(left.end_byte, node.end_byte), listed, named, built)


def _call(node: Node, built: Built) -> Blocked | None:
    function, arguments = _field(node, "function"), _field(node, "arguments")
    given = [it for it in arguments.named_children if it.type != "comment"]
    if text(function).rpartition(".")[2] == "dedent" and len(given) == 1:
        return _read(given[0], built)
    owner = function.child_by_field_name("object")
    name = function.child_by_field_name("attribute")
    if owner is not None and name is not None and text(name) in _LOOKS and not given:
        return _read(owner, built)
    if owner is None or name is None or text(name) != "format" or not _is_string(owner):
        return Blocked(f"{text(node)[:60]} is not written as a string where it is run")
    listed = [text(it) for it in given if it.type != "keyword_argument"]
    named = {
        text(_field(it, "name")): text(_field(it, "value"))
        for it in given
        if it.type == "keyword_argument"
    }
    return _formatted(owner, Span(owner.end_byte, node.end_byte), listed, named, built)


def _formatted(
    node: Node, rest: Span, listed: list[str], named: dict[str, str], built: Built
) -> Blocked | None:
    """The statement with the fields of its format as holes."""
    if not _is_string(node):
        return Blocked(f"{text(node)[:60]} is formatted, but not written as a string there")
    plain = Built()
    if (blocked := _read(node, plain)) is not None:
        return blocked
    written = "".join(it.value if isinstance(it, Char) else "\0" for it in plain.parts)
    if "\0" in written or _UNREADABLE.search(written.replace("%%", "")):
        return Blocked(f"the format of {text(node)[:60]} is not understood")
    built.literals, built.rest = plain.literals, rest
    at, count = 0, 0
    for found in _FIELD.finditer(written):
        if found[0].startswith("%") is not built.doubles_percent:
            continue
        built.parts += plain.parts[at : found.start()]
        first, last = plain.parts[found.start()], plain.parts[found.end() - 1]
        whole, at = Span(first.span.start, last.span.end), found.end()
        if found[0] in {"%%", "{{", "}}"}:
            built.parts.append(Char(found[0][0], whole, first.literal))
            continue
        name = found[1] or found[3] or ""
        value = named.get(name) if name and not name.isdigit() else None
        if value is None:
            number = int(name) if name.isdigit() else count
            count += 1
            if number >= len(listed) or (name and not name.isdigit()):
                return Blocked(f"the values of {text(node)[:60]} are put together elsewhere")
            value = listed[number]
        if value.startswith("*"):
            return Blocked(f"the values of {text(node)[:60]} are put together elsewhere")
        built.parts.append(Hole(value, whole, first.literal))
    built.parts += plain.parts[at:]
    return None


def _pairs(node: Node) -> dict[str, str]:
    return {
        text(_field(it, "key")).strip("\"'"): text(_field(it, "value"))
        for it in node.named_children
        if it.type == "pair"
    }


def _operator(node: Node) -> str:
    return text(_field(node, "operator"))


def _field(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    assert found is not None, f"every {node.type} has {name}"
    return found
