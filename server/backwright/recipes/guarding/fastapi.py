"""Guards in FastAPI: what handlers depend on, by a parameter or in `dependencies=[…]`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.facts.backend import Route
from backwright.recipes.guarding.naming import imports_for
from backwright.recipes.guarding.usage import Form, Usage, guarded, roles_in
from backwright.recipes.outcome import Refused
from backwright.recipes.pieces import edited_symbol
from backwright.recipes.project import Project
from backwright.recipes.python_code import (
    PythonFunction,
    function_in,
    parameter_name,
    with_parameter,
)
from backwright.syntax.tree import parse, span, text
from backwright.text.span import Span

_MAKERS = frozenset({"APIRouter", "FastAPI", "include_router"})
_OPENING = re.compile(r"\b(?:Depends|Security)\(")


def usages(project: Project) -> list[Usage]:
    """How the endpoints of the application say what guards them, and its routers for theirs."""
    found: list[Usage] = []
    names: set[str] = set()
    for route in guarded(project, "fastapi"):
        guards = {it.name for it in route.guards}
        names |= guards
        function = _function(project, route)
        if function is not None:
            found += _of_handler(project, route.handler_place.file, function, guards)
    for path in project.sources((".py",)):
        if b"dependencies" in project.source(path):
            found += _of_routers(project, path, names)
    return found


def put(project: Project, route: Route, usage: Usage) -> list[Unit] | Refused:
    """The units by which the endpoint is guarded in the same way as the usage's."""
    file = route.handler_place.file
    function = _function(project, route)
    if function is None:
        return Refused(f"the function that answers {route.title} is not found")
    imports = imports_for(project, f"{usage.type} {usage.code}", usage.file, file)
    if isinstance(imports, Refused):
        return imports
    edit = (
        _in_dependencies(route, function, usage.code)
        if usage.form == "dependencies"
        else _as_parameter(route, function, usage)
    )
    if isinstance(edit, Refused):
        return edit
    source, facts = project.source(file), project.function_at(file, route.handler_place.start)
    name = facts.qualname if facts is not None else ""
    return [*edited_symbol(file, source, name, [edit]), *imports]


def put_instead(project: Project, route: Route, own: Usage, usage: Usage) -> list[Unit] | Refused:
    """The units by which a parameter of the endpoint depends on `usage` instead of `own`."""
    file = route.handler_place.file
    function = _function(project, route)
    types = (
        it.child_by_field_name("type")
        for it in (function.parameters if function is not None else ())
        if parameter_name(it) == own.parameter
    )
    type_ = next(types, None)
    imports = imports_for(project, usage.code, usage.file, file)
    if isinstance(imports, Refused):
        return imports
    if type_ is None:
        return Refused(f"the parameter {own.parameter} of {route.handler} is not found")
    facts = project.function_at(file, route.handler_place.start)
    edits = [Edit(span(type_), usage.code)]
    name = facts.qualname if facts is not None else ""
    return [*edited_symbol(file, project.source(file), name, edits), *imports]


def of_endpoint(project: Project, route: Route) -> list[Usage]:
    """What guards the endpoint where its handler stands."""
    function = _function(project, route)
    guards = {it.name for it in route.guards}
    file = route.handler_place.file
    return list(_of_handler(project, file, function, guards)) if function is not None else []


def _function(project: Project, route: Route) -> PythonFunction | None:
    place = route.handler_place
    return function_in(project.source(place.file), place.start, place.end)


# Reading


def _of_handler(
    project: Project, file: str, function: PythonFunction, guards: set[str]
) -> Iterator[Usage]:
    body = function.node.child_by_field_name("body")
    code = text(body) if body is not None else ""
    for parameter in function.parameters:
        type_, value = (parameter.child_by_field_name(it) for it in ("type", "value"))
        shown = value or type_
        written = text(shown) if shown is not None else ""
        form: Form = "default" if value is not None else "annotation"
        whole = _expanded(project, file, written)
        guard = _guard_in(whole, guards)
        if not guard or (value is not None and not _OPENING.search(written)):
            continue
        name = parameter_name(parameter)
        is_read = re.search(rf"\b{re.escape(name)}\b", code) is not None
        type_text = text(type_) if type_ is not None and value is not None else ""
        roles = roles_in(whole, guard)
        factory = guard if roles else ""
        yield Usage(written, file, form, guard, name, type_text, factory, roles, is_read)
    for decorator in function.decorators:
        yield from _listed(project, file, decorator, guards)


def _of_routers(project: Project, path: str, guards: set[str]) -> Iterator[Usage]:
    waiting = [parse(project.source(path), "python").root_node]
    while waiting:
        node = waiting.pop()
        function = node.child_by_field_name("function") if node.type == "call" else None
        if function is not None and text(function).rpartition(".")[2] in _MAKERS:
            yield from _listed(project, path, node, guards)
        waiting += node.named_children


def _listed(project: Project, file: str, node: Node, guards: set[str]) -> Iterator[Usage]:
    """The guards in the `dependencies=[…]` of a call."""
    value = _dependencies(node)
    for it in value.named_children if value is not None and value.type == "list" else ():
        whole = _expanded(project, file, text(it))
        if guard := _guard_in(whole, guards):
            roles = roles_in(whole, guard)
            yield Usage(
                text(it), file, "dependencies", guard, factory=guard if roles else "", roles=roles
            )


def _dependencies(node: Node) -> Node | None:
    call = next((it for it in node.named_children if it.type == "call"), node)
    arguments = call.child_by_field_name("arguments")
    for it in arguments.named_children if arguments is not None else ():
        name = it.child_by_field_name("name")
        if it.type == "keyword_argument" and name is not None and text(name) == "dependencies":
            return it.child_by_field_name("value")
    return None


def _expanded(project: Project, file: str, written: str) -> str:
    """What is written, with what stands behind a name such as `CurrentUser`."""
    if not re.fullmatch(r"\w+", written):
        return written
    found = project.definitions.find(file, written)
    if found is None or found.kind in {"class", "function"}:
        return written
    return project.source(found.place.file)[found.place.start : found.place.end].decode()


def _guard_in(code: str, guards: set[str]) -> str:
    if not _OPENING.search(code):
        return ""
    return next((it for it in sorted(guards) if re.search(rf"\b{re.escape(it)}\b", code)), "")


# Writing


def _as_parameter(route: Route, function: PythonFunction, usage: Usage) -> Edit | Refused:
    given = function.parameters
    if any("splat" in it.type or it.type == "keyword_separator" for it in given):
        return Refused(f"the parameters of {route.handler} are of a kind that is not understood")
    name = usage.parameter
    if re.search(rf"\b{re.escape(name)}\b", text(function.node)):
        name = f"_{name.lstrip('_')}"
    if usage.form == "default":
        typed = f"{name}: {usage.type} = " if usage.type else f"{name}="
        return with_parameter(function, f"{typed}{usage.code}", len(given))
    inputs = {it.name for it in route.parameters}
    behind = 0
    for it in given:
        if it.child_by_field_name("value") is not None:
            break
        if parameter_name(it) not in {*inputs, "self", "cls"}:
            break
        behind += 1
    return with_parameter(function, f"{name}: {usage.code}", behind)


def _in_dependencies(route: Route, function: PythonFunction, code: str) -> Edit | Refused:
    for decorator in function.decorators:
        call = decorator.named_children[0]
        arguments = call.child_by_field_name("arguments") if call.type == "call" else None
        name = text(call).partition("(")[0].rpartition(".")[2]
        if arguments is None or name not in {route.method.lower(), "api_route", "route"}:
            continue
        if (listed := _dependencies(decorator)) is not None:
            at = listed.end_byte - 1
            separator = ", " if listed.named_children else ""
            return Edit(Span(at, at), f"{separator}{code}")
        last = arguments.named_children[-1] if arguments.named_children else None
        if last is None:
            break
        return Edit(Span(last.end_byte, last.end_byte), f", dependencies=[{code}]")
    return Refused(f"{route.title} is not registered where its handler stands")
