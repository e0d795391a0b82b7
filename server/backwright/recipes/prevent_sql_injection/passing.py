"""The edits that pass values to a call, beside its statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.recipes.prevent_sql_injection.built import Blocked
from backwright.recipes.prevent_sql_injection.tree import arguments_of
from backwright.syntax.tree import span, text
from backwright.text.span import Span

_LISTS = frozenset({"tuple", "list", "array"})
_TABLES = frozenset({"dictionary", "object"})
_FUNCTIONS = frozenset({"arrow_function", "function_expression", "function"})


@dataclass(frozen=True, slots=True)
class Bound:
    """A value's code, with the name of its mark and how many marks stood before it already."""

    code: str
    name: str
    after: int


def as_list(
    call: Node, statement: Node, bound: Sequence[Bound], *, existing: int, appended: bool
) -> Edit | Blocked:
    """One list behind the statement, which has so many `existing` marks; `appended` where marks are
    numbered, so that order is free."""
    given = _following(call, statement)
    is_python = call.type == "call"
    if given is None:
        return _behind(statement, _list(is_python, [it.code for it in bound]))
    if given.type in _LISTS:
        codes = [text(it) for it in given.named_children if it.type != "comment"]
        for number, it in enumerate(bound):
            codes.insert(len(codes) if appended else it.after + number, it.code)
        opening = text(given)[0]
        written = _list(is_python and opening == "(", codes)
        return Edit(span(given), written)
    rest = ", ".join(it.code for it in bound)
    places = {existing} if appended else {it.after for it in bound}
    if given.type == "keyword_argument" or places not in ({0}, {existing}):
        return Blocked(f"the parameters {text(given)} of the statement are put together elsewhere")
    if places == {0} and existing:
        return Edit(span(given), f"[{rest}, {'*' if is_python else '...'}{text(given)}]")
    return Edit(span(given), f"[{'*' if is_python else '...'}{text(given)}, {rest}]")


def as_table(call: Node, statement: Node, bound: Sequence[Bound], option: str) -> Edit | Blocked:
    """One table of names behind the statement, under a keyword where it needs one."""
    pairs = ", ".join(dict.fromkeys(f'"{it.name}": {it.code}' for it in bound))
    given = _following(call, statement)
    if given is not None and given.type == "keyword_argument":
        given = given.child_by_field_name("value")
    if given is None:
        return _behind(statement, f"{option}={{{pairs}}}" if option else f"{{{pairs}}}")
    if given.type in _TABLES:
        listed = [text(it) for it in given.named_children if it.type != "comment"]
        return Edit(span(given), f"{{{', '.join([*listed, pairs])}}}")
    return Edit(span(given), f"{{**{text(given)}, {pairs}}}")


def as_arguments(statement: Node, bound: Sequence[Bound]) -> Edit:
    """Each value as an argument, behind all that are there: their marks are numbered."""
    arguments = statement.parent
    last = statement
    for it in arguments.named_children if arguments is not None else ():
        if it.type not in {"comment", "keyword_argument"}:
            last = it
    return _behind(last, ", ".join(it.code for it in bound))


def as_option(call: Node, statement: Node, name: str, bound: Sequence[Bound]) -> Edit | Blocked:
    """A list under a name in the options behind the statement: `{ replacements: [term] }`."""
    listed = _list(False, [it.code for it in bound])
    given = _following(call, statement)
    if given is None:
        return _behind(statement, f"{{ {name}: {listed} }}")
    if given.type != "object" or f"{name}:" in text(given):
        return Blocked(f"the options {text(given)} of the statement are put together elsewhere")
    inside = [text(it) for it in given.named_children]
    return Edit(span(given), f"{{ {', '.join([f'{name}: {listed}', *inside])} }}")


def in_config(config: Node, bound: Sequence[Bound]) -> Edit | Blocked:
    """A list beside the text in an object: `{ text: "…", values: [term] }`."""
    if "values:" in text(config) or not config.named_children:
        return Blocked(f"the parameters in {text(config)[:60]} are put together elsewhere")
    return _behind(config.named_children[-1], f"values: {_list(False, [it.code for it in bound])}")


def in_chain(statement_call: Node, methods: frozenset[str], bound: Sequence[Bound]) -> Edit | None:
    """As arguments of the method that runs a prepared statement; None where it isn't there."""
    node = statement_call
    while node.parent is not None and node.parent.type in {"member_expression", "call_expression"}:
        node = node.parent
        function = node.child_by_field_name("function")
        if node.type != "call_expression" or function is None:
            continue
        if text(function).rpartition(".")[2] in methods:
            return into_call(node, bound)
    return None


def into_call(call: Node, bound: Sequence[Bound]) -> Edit | None:
    """The values among the arguments of a call, in the order of their marks."""
    arguments = call.child_by_field_name("arguments")
    if arguments is None:
        return None
    codes = [text(it) for it in arguments_of(call)]
    if any(it.startswith(("...", "{", "[")) for it in codes):
        return None
    for number, it in enumerate(bound):
        codes.insert(it.after + number, it.code)
    return Edit(span(arguments), f"({', '.join(codes)})")


def _following(call: Node, statement: Node) -> Node | None:
    """The argument behind the statement, if it can hold values: no callback."""
    given = arguments_of(call)
    at = next((n for n, it in enumerate(given) if it.start_byte >= statement.end_byte), None)
    if at is None or given[at].type in _FUNCTIONS:
        return None
    return given[at]


def _behind(statement: Node, code: str) -> Edit:
    at, arguments = statement.end_byte, statement.parent
    if arguments is None or arguments.start_point.row == statement.start_point.row:
        return Edit(Span(at, at), f", {code}")
    rest = (arguments.text or b"")[at - arguments.start_byte :]
    comma = "," if rest.startswith(b"\n") else ""
    return Edit(Span(at, at), f",\n{_lead(statement)}{code}{comma}")


def _lead(node: Node) -> str:
    """What stands in front of a node in its line: its indentation, where it begins the line."""
    root = node
    while root.parent is not None:
        root = root.parent
    source = root.text or b""
    start = source.rfind(b"\n", 0, node.start_byte) + 1
    return source[start : node.start_byte].decode("utf-8", "replace")


def _list(is_tuple: bool, codes: Sequence[str]) -> str:
    if not is_tuple:
        return f"[{', '.join(codes)}]"
    return f"({', '.join(codes)}{',' if len(codes) == 1 else ''})"
