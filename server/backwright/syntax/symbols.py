"""The parts of a file that can be addressed by a name: definitions, registrations, tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tree_sitter import Node, QueryCursor

from backwright.syntax.language import shapes
from backwright.syntax.tree import parse, span, text
from backwright.text.span import Span

Kind = Literal["function", "class", "method", "variable", "call", "test"]


@dataclass(frozen=True, slots=True)
class Symbol:
    """One addressable part of a file.

    `name` is qualified: `Class.method`, `outer.inner`. What is only registered is named by its
    call, `router.get /items`, and a test by the suites around it, `describe items > it lists them`.
    `aliases` are other names for it: a decorator's `router.get /items`, or `exports.list`.

    `span` is the whole statement with its decorators, `export` and semicolon; `inner` is the
    definition itself.
    """

    name: str
    kind: Kind
    span: Span
    inner: Span
    aliases: tuple[str, ...] = ()


def symbols(source: bytes, language: str) -> list[Symbol]:
    """Everything in `source` that has a name, in the order in which it stands there."""
    return symbols_in(parse(source, language).root_node, language)


def symbols_in(root: Node, language: str) -> list[Symbol]:
    found = sorted(_found(root, language), key=lambda it: (it.node.start_byte, -it.node.end_byte))
    listed: list[Symbol] = []
    enclosing: list[tuple[Node, _Found, str]] = []
    for it in found:
        while enclosing and not _holds(enclosing[-1][0], it.node):
            enclosing.pop()
        outer = enclosing[-1] if enclosing else None
        kind = _kind_within(it, outer[1] if outer else None)
        if kind is None:
            continue
        name = _joined(outer[1], outer[2], it) if outer else it.name
        whole = _statement_span(it.node)
        listed.append(Symbol(name, kind, whole, span(it.node), it.aliases))
        enclosing.append((it.node, it, name))
    return listed


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name that several symbols answer to."""

    name: str
    candidates: tuple[Symbol, ...]


def find(listed: Sequence[Symbol], name: str) -> Symbol | Ambiguous | None:
    """The one symbol that `name` means, the strictest reading first.

    Understood are qualified names, aliases, a unique last part (`list` for `Store.list`, or `it x`
    for a test in a suite), calls as they are written (`router.get("/items")`), the head of a
    definition (`def read_item`), and `GET /items` for what registers that method and path.
    """
    raw, wanted = name.strip(), canonical_name(name)
    readings: tuple[Callable[[str], bool], ...] = (
        lambda it: it in {raw, wanted},
        lambda it: it.endswith((f".{wanted}", f" > {wanted}")),
        lambda it: _is_module_qualified(wanted, it),
        lambda it: _registers(it, wanted),
    )
    for reading in readings:
        names = [it for it in listed if reading(it.name)]
        if found := names or [it for it in listed if any(map(reading, it.aliases))]:
            return found[0] if len(found) == 1 else Ambiguous(name, tuple(found))
    return None


def canonical_name(name: str) -> str:
    """`name` in the form in which symbols are named: no quotes, no keywords, no parentheses."""
    name = re.sub(r"^\S+\.\w+::", "", name.strip().strip("`"))
    parts = re.split(r"\s+>\s+", name)
    return " > ".join(_canonical_part(part) for part in parts)


_HEAD = re.compile(
    r"^(?:(?:export|default|async|abstract|declare|def|class|function\*?|const|let|var|interface"
    r"|type|enum)\s+)+(?=[\w$#.]+(?:\s*\(.*\)\s*:?)?$)"
)
_CALL = re.compile(r"""^@?([\w$#.]+)\s*\(\s*(["'`])(.*?)\2.*$""", re.DOTALL)
_REFERRING = re.compile(r"^([\w$#]+(?:\.[\w$#]+)+)\s*\(\s*([\w$#.]+)\s*[,)].*$", re.DOTALL)
_QUOTED = re.compile(r"""^@?([\w$#.]+)\s+(["'`])(.*)\2$""", re.DOTALL)
_VERB = re.compile(
    r"^(GET|POST|PUT|PATCH|DELETE|OPTIONS|HEAD|ANY|ALL|USE)\s+(/\S*)$", re.IGNORECASE
)


def _canonical_part(part: str) -> str:
    if called := _CALL.match(part) or _QUOTED.match(part):
        return f"{called[1]} {called[3]}"
    if referring := _REFERRING.match(part):
        return f"{referring[1]} {referring[2]}"
    part = _HEAD.sub("", part)
    part = re.sub(r"\s*\([^()]*\)\s*:?$", "", part) if " " not in part.split("(")[0] else part
    return part if " " in part else re.sub(r"(?<=\w)(?:#|::)(?=\w)", ".", part)


def _is_module_qualified(wanted: str, name: str) -> bool:
    """True for `app.items.read_item` and `read_item`; a class before the dot means another."""
    module = wanted.removesuffix(f".{name}")
    return module != wanted and " " not in name and module == module.lower()


def _registers(name: str, wanted: str) -> bool:
    """True when `name` is a call that registers the method and path `wanted` stands for."""
    verb = _VERB.match(wanted)
    callee, _, path = name.rpartition(" > ")[2].partition(" ")
    if verb is None or path != verb[2]:
        return False
    method = {"any": "all"}.get(verb[1].lower(), verb[1].lower())
    return callee.lower().rpartition(".")[2] in {method, "route"}


def closing_statements(root: Node, language: str) -> list[Span]:
    """Statements that stay at the end of a file: a main guard, `export default router`."""
    nodes = QueryCursor(shapes(language)).captures(root).get("closing", [])
    return sorted(_statement_span(node) for node in nodes)


@dataclass(frozen=True, slots=True)
class _Found:
    node: Node
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()


_DEFINITIONS: tuple[Kind, ...] = ("function", "class", "method", "variable")
_SUITES = frozenset({"describe", "context", "suite"})
_TESTS = _SUITES | {"it", "test", "specify"}
_FUNCTION_VALUES = frozenset({"arrow_function", "function_expression", "generator_function"})
_WRAPPERS = frozenset(
    {
        "decorated_definition",
        "export_statement",
        "expression_statement",
        "lexical_declaration",
        "variable_declaration",
        "ambient_declaration",
        "assignment",
        "assignment_expression",
    }
)
_CHAIN = frozenset(
    {"member_expression", "attribute", "call_expression", "call", "await_expression", "await"}
)


def _found(root: Node, language: str) -> Iterator[_Found]:
    """What the query captures, each definition once for each of its names."""
    best: dict[tuple[int, str], _Found] = {}
    registered: dict[int, list[str]] = {}
    for _, captures in QueryCursor(shapes(language)).matches(root):
        if "registers" in captures:
            registered.setdefault(captures["registers"][0].id, []).append(_called(captures))
        elif "call" in captures:
            if (call := _call(captures["call"][0], captures)) is not None:
                best.setdefault((call.node.id, call.name), call)
        else:
            for kind in _DEFINITIONS:
                for node in captures.get(kind, ()):
                    name, aliases = _name(captures["name"][0])
                    key = (node.id, name)
                    if key not in best or best[key].kind == "variable":
                        best[key] = _Found(node, kind, name, aliases)
    for it in best.values():
        names = tuple(registered.get(it.node.id, ()))
        yield _Found(it.node, it.kind, it.name, it.aliases + names) if names else it


def _call(node: Node, captures: dict[str, list[Node]]) -> _Found | None:
    """The call as a symbol, when it is made of plain names and is a statement of its own."""
    callee = captures["callee"][0]
    if not _is_dotted(callee):
        return None
    statement = node
    while statement.parent is not None and statement.parent.type in _CHAIN:
        statement = statement.parent
    if statement.parent is None or statement.parent.type != "expression_statement":
        return None
    first = text(callee).split(".")[0]
    kind: Kind = "test" if first in _TESTS else "call"
    return _Found(statement, kind, _called(captures))


def _called(captures: dict[str, list[Node]]) -> str:
    argument = text(captures["argument"][0])
    if captures["argument"][0].type in {"string", "template_string"}:
        argument = argument.lstrip("rRbBuUfF")[1:-1]
    return f"{''.join(text(captures['callee'][0]).split())} {argument}"


def _is_dotted(node: Node) -> bool:
    while node.type in {"member_expression", "attribute"}:
        node = node.named_children[0]
    return node.type in {"identifier", "this"}


def _name(node: Node) -> tuple[str, tuple[str, ...]]:
    name = "".join(text(node).split())
    for exports in ("module.exports.", "exports."):
        if name.startswith(exports):
            last = name.removeprefix(exports)
            return last, (f"exports.{last}", f"module.exports.{last}")
    return name, ()


def _kind_within(it: _Found, outer: _Found | None) -> Kind | None:
    """The kind of what is found inside `outer`; None for what nobody addresses, such as locals."""
    if outer is None:
        return None if it.kind == "method" else it.kind
    if it.kind == "function":
        return "method" if outer.kind == "class" else "function"
    if it.kind == "method":
        if outer.kind == "class" and not _is_function_valued(it.node):
            return "variable"
        return "method" if outer.kind in {"class", "variable"} else None
    if it.kind in {"variable", "call", "test"}:
        return it.kind if _has_addressable_body(outer, it.kind) else None
    return it.kind


def _is_function_valued(node: Node) -> bool:
    if node.type not in {"field_definition", "public_field_definition"}:
        return True
    value = node.child_by_field_name("value")
    return value is not None and value.type in _FUNCTION_VALUES


def _has_addressable_body(outer: _Found, kind: Kind) -> bool:
    """Suites hold tests and their set-up, classes hold fields, functions hold registrations."""
    if outer.kind == "test":
        return outer.name.split()[0].split(".")[0] in _SUITES
    if kind == "variable":
        return outer.kind == "class"
    return outer.kind in {"function", "method"}


def _holds(outer: Node, node: Node) -> bool:
    return outer.id != node.id and node.start_byte < outer.end_byte


def _joined(outer: _Found, outer_name: str, it: _Found) -> str:
    apart = {"call", "test"} & {outer.kind, it.kind}
    return f"{outer_name} > {it.name}" if apart else f"{outer_name}.{it.name}"


def _statement_span(node: Node) -> Span:
    """From the first decorator to the semicolon of the statement that `node` makes."""
    while node.parent is not None and node.parent.type in _WRAPPERS:
        node = node.parent
    start, end = node.start_byte, node.end_byte
    before, after = node.prev_sibling, node.next_sibling
    while before is not None and before.type == "decorator":
        start, before = before.start_byte, before.prev_sibling
    if after is not None and after.type == ";":
        end = after.end_byte
    return Span(start, end)
