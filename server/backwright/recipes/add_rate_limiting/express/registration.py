"""Where an Express route is registered, and how middleware is put in front of its handlers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.facts import code, walk
from backwright.facts.backend import Route
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project
from backwright.recipes.script_style import style_of
from backwright.syntax.language import language_of
from backwright.syntax.tree import parse, span, text
from backwright.text.span import Span

_NARROW, _WIDE = 80, 100
_PATHS = frozenset({"string", "template_string", "regex"})
_CALLS = re.compile(r"^(?:get|post|put|patch|delete|head|options|all|use)$")


@dataclass(frozen=True, slots=True)
class Registration:
    """One call that registers a route. `handlers` are its arguments without the path."""

    file: str
    source: bytes
    call: Node
    handlers: tuple[Node, ...]

    def with_middleware(self, name: str, *, last: bool) -> Edit:
        """`name` in front of the handlers, or of the last one alone."""
        before = self.handlers[-1] if last else self.handlers[0]
        start = before.start_byte
        if (broken := self._one_a_line(name, before)) is not None:
            return broken
        line = self.source.rfind(b"\n", 0, start) + 1
        lead = self.source[line:start].decode("utf-8", "replace")
        separator = f",\n{lead}" if lead and not lead.strip() else ", "
        return Edit(Span(start, start), f"{name}{separator}")

    def _one_a_line(self, name: str, before: Node) -> Edit | None:
        """All arguments on lines of their own, where they stand on one that would get too long."""
        arguments = self.call.child_by_field_name("arguments")
        if arguments is None or arguments.start_point.row != arguments.end_point.row:
            return None
        rows = self.source.decode("utf-8", "replace").splitlines()
        row = rows[arguments.start_point.row]
        if len(row) + len(name) + 2 <= min(max(_NARROW, *map(len, rows)), _WIDE):
            return None
        style = style_of(self.source.decode("utf-8", "replace"))
        outer = row[: len(row) - len(row.lstrip())]
        given = [text(it) for it in arguments.named_children]
        given.insert(arguments.named_children.index(before), name)
        lines = "".join(f"{outer}{style.indent}{it},\n" for it in given)
        return Edit(span(arguments), f"(\n{lines}{outer})")

    def named(self) -> list[str]:
        """The handlers and middleware that are given by a plain name."""
        return [text(it) for it in self.handlers if it.type == "identifier"]

    @property
    def statement(self) -> Span:
        """The statement at the top level of the file that the call stands in."""
        node = self.call
        while node.parent is not None and node.parent.parent is not None:
            node = node.parent
        return span(node)


def registration_of(project: Project, route: Route) -> Registration | Refused:
    """The call that registers the route, and nothing but it."""
    file = route.place.file
    source = project.source(file)
    language = language_of(file)
    others = {
        (it.method, it.handler_place)
        for it in project.situation.backend.routes
        if it.place == route.place
    }
    if len(others) > 1:
        return Refused(
            f"{route.title} is registered at {file}:{route.place.line} in one call with other"
            " routes, a limit there would hold for all; register it on its own first"
        )
    node = _call_at(source, language.name, route) if language is not None else None
    if node is None:
        return Refused(f"where {route.title} is registered is not understood")
    arguments = node.child_by_field_name("arguments")
    given = [it for it in arguments.named_children if it.type != "comment"] if arguments else []
    handlers = given[1:] if given and _is_path(project, file, node, given) else given
    if not handlers or any(
        it.type == "spread_element" for it in handlers[:1] if len(handlers) == 1
    ):
        return Refused(f"the handlers of {route.title} are not written where it is registered")
    return Registration(file, source, node, tuple(handlers))


def _call_at(source: bytes, language: str, route: Route) -> Node | None:
    start, end = route.place.start, route.place.end
    node = parse(source, language).root_node.descendant_for_byte_range(start, max(start, end - 1))
    while node is not None and not (node.type == "call_expression" and node.end_byte == end):
        node = node.parent
    function = node.child_by_field_name("function") if node is not None else None
    if function is None or function.type != "member_expression":
        return None
    name = function.child_by_field_name("property")
    return node if name is not None and _CALLS.match(text(name)) else None


def _is_path(project: Project, file: str, call: Node, given: list[Node]) -> bool:
    """Whether the first argument is the path: `get('/x', read)`, not `route('/x').get(read)`."""
    first = given[0]
    if first.type in _PATHS:
        return True
    if first.type == "array" and first.named_children:
        return all(it.type in _PATHS for it in first.named_children)
    if len(given) < 2 or _on_route_object(project, file, call):
        return False
    return first.type in {"identifier", "member_expression", "binary_expression", "call_expression"}


def _on_route_object(project: Project, file: str, call: Node) -> bool:
    """Whether the call is made on what `router.route(path)` gave, at once or by a name."""
    node = call.child_by_field_name("function")
    while node is not None and node.type in {"member_expression", "call_expression"}:
        if node.type == "member_expression":
            name = node.child_by_field_name("property")
            if name is not None and text(name) == "route":
                return True
        node = node.child_by_field_name(
            "object" if node.type == "member_expression" else "function"
        )
    facts = project.facts(file)
    owner = text(node) if node is not None else ""
    for step in walk.every_step(facts) if facts is not None and owner else ():
        if isinstance(step, code.Assign) and walk.dotted(step.target) == owner:
            return walk.dotted(step.value).endswith(".route()")
    return False
