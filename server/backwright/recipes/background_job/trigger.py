"""The call that asks for the job, in the endpoint where the request says that the work is due."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.facts.backend import Route
from backwright.recipes.outcome import Situation
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project
from backwright.recipes.words import spaced, stem, words
from backwright.syntax.language import language_of
from backwright.syntax.tree import parse, text
from backwright.text.lines import Lines
from backwright.text.span import Span

_DOING = {
    "register": ("register", "signup", "sign", "create"),
    "registration": ("register", "signup", "create"),
    "sign": ("signup", "register", "sign", "create"),
    "book": ("create", "book"),
    "confirm": ("confirm",),
    "place": ("create", "place", "checkout"),
    "create": ("create",),
    "add": ("create", "add"),
    "submit": ("create", "submit"),
    "upload": ("upload", "create"),
    "pay": ("pay", "payment", "checkout"),
    "cancel": ("cancel", "delete"),
}
"""What an endpoint is called that does what a verb of a request says."""
_SUFFIXES = (".py", ".js", ".mjs", ".cjs", ".ts", ".mts")
_BLOCKS = frozenset({"statement_block", "block"})
_RETURNS = frozenset({"return_statement", "expression_statement"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """`values` are expressions that are known where the call shall stand, by what they are:
    `email`, `name`, `id`."""

    route: Route
    at: int
    indent: str
    values: dict[str, str]


def trigger_of(project: Project, when: str) -> Trigger | None:
    """The one endpoint that does what `when` says, with the place before it answers."""
    situation = project.situation
    route = _route(situation, when)
    if route is None:
        return None
    place = route.handler_place
    document = situation.document(place.file)
    language = language_of(place.file)
    if document is None or language is None:
        return None
    root = parse(document.source, language.name).root_node
    node: Node | None = root.descendant_for_byte_range(place.start, max(place.start, place.end - 1))
    body = _body(node) if node is not None else None
    last = _answer(body) if body is not None else None
    if node is None or body is None or last is None:
        return None
    lines = Lines.of(document.source)
    start = lines.start_of(lines.number_at(last.start_byte))
    indent = document.source[start : last.start_byte].decode()
    if indent.strip():
        return None
    return Trigger(route, start, indent, _values(project, body, last))


def with_call(situation: Situation, trigger: Trigger, call: str) -> list[Unit]:
    """The units that put a statement in front of the answer."""
    path = trigger.route.handler_place.file
    document = situation.document(path)
    assert document is not None, "a trigger stands in a document"
    lines = "".join(f"{trigger.indent}{line}\n" for line in call.splitlines())
    edit = Edit(Span(trigger.at, trigger.at), lines)
    return edited_lines(path, document.source, [edit])


def _route(situation: Situation, when: str) -> Route | None:
    said = {stem(it) for it in words(when)}
    wanted = {name for verb, names in _DOING.items() if stem(verb) in said for name in names}
    if not wanted:
        return None
    found: dict[int, list[Route]] = {}
    for route in situation.backend.routes:
        if route.method in {"GET", "QUERY"}:
            continue
        named = {stem(it) for it in words(f"{route.path} {spaced(route.handler)}")}
        does = {stem(it) for it in wanted - {"create"}} & named
        about = said & named
        creates = route.method == "POST" and "create" in wanted and bool(about)
        if does or creates:
            found.setdefault(4 * len(does) + 2 * creates + len(about), []).append(route)
    best = found[max(found)] if found else []
    return best[0] if len({it.handler_place for it in best}) == 1 else None


def _body(node: Node) -> Node | None:
    """The statements of the function that the node is or holds."""
    if node.type in _BLOCKS:
        return node
    blocks = [it for it in _inside(node) if it.type in _BLOCKS]
    return blocks[0] if blocks else None


def _inside(node: Node) -> list[Node]:
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop(0)
        found.append(one)
        waiting[:0] = one.named_children
    return found


def _answer(body: Node) -> Node | None:
    """The last statement of the body, or of what it tries, where that answers the request."""
    statements = [it for it in body.named_children if it.type != "comment"]
    if not statements:
        return None
    last = statements[-1]
    if last.type == "try_statement":
        inner = last.child_by_field_name("body")
        return _answer(inner) if inner is not None else None
    said = text(last)
    if last.type == "return_statement" or re.search(r"\.(?:json|send|end|sendStatus)\(", said):
        return last if last.type in _RETURNS else None
    return None


def _values(project: Project, body: Node, last: Node) -> dict[str, str]:
    """Expressions that are known before the answer, for what jobs usually take: a variable of that
    name, a part that the handler itself reads of one, or that other code reads of its like."""
    bound = _bound(body)
    said = text(body.parent or body)
    found: dict[str, str] = {}
    for name in ("email", "name", "id"):
        if name != "id" and name in bound:
            found[name] = name
            continue
        read = re.finditer(rf"\b([A-Za-z_]\w*)(?:\.{name}\b(?!\s*\()|\[[\"']{name}[\"']\])", said)
        own = next((it[0] for it in read if it[1] in bound and it[1] != "req"), "")
        other = next((f"{it}.{name}" for it in bound if _has(project, it, name)), "")
        if own or other:
            found[name] = own or other
    answered = re.search(r"(?:json|send)\(\s*(\w+)\s*\)|return\s+(\w+)\s*;?\s*$", text(last))
    variable = (answered[1] or answered[2]) if answered else ""
    if "id" not in found and variable in bound:
        found["id"] = f"{variable}.id"
    return found


def _bound(body: Node) -> list[str]:
    """The names of the function's parameters and of what its own statements bind."""
    found: list[str] = []
    function = body.parent
    parameters = function.child_by_field_name("parameters") if function is not None else None
    targets: list[Node | None] = list(parameters.named_children) if parameters is not None else []
    targets += [
        it.child_by_field_name("left") or it.child_by_field_name("name")
        for statement in body.named_children
        for it in statement.named_children
        if it.type in {"assignment", "variable_declarator"}
    ]
    for target in targets:
        for it in _inside(target) if target is not None else ():
            is_name = it.type in {"identifier", "shorthand_property_identifier_pattern"}
            if is_name and not _is_type(it, target):
                found.append(text(it))
    return found


def _is_type(name: Node, target: Node | None) -> bool:
    """Whether a name is part of what annotates a parameter, or of its default."""
    node: Node | None = name
    while node is not None and node != target:
        node = node.parent
        if node is not None and node.type in {"type", "type_annotation", "call", "call_expression"}:
            return True
    return False


def _has(project: Project, variable: str, name: str) -> bool:
    """Whether a model of that name has it, or other code reads it of a variable of that name."""
    for model in project.situation.backend.models:
        if model.name.lower() == variable.lower() and model.field(name) is not None:
            return True
    read = re.compile(rf"\b{re.escape(variable)}\.{name}\b")
    sources = (project.situation.source(it) for it in project.sources(_SUFFIXES))
    return any(read.search(it) for it in sources)
