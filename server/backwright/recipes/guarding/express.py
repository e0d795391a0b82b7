"""Guards in Express: functions in front of the handlers of a route, or of all of a router."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.facts.backend import Route
from backwright.recipes.add_rate_limiting.express.registration import registration_of
from backwright.recipes.guarding.naming import imports_of
from backwright.recipes.guarding.usage import Usage, guarded, roles_in
from backwright.recipes.outcome import Refused
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project
from backwright.syntax.language import language_of
from backwright.syntax.tree import parse, text

_SUFFIXES = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")


def usages(project: Project) -> list[Usage]:
    """What stands in front of routes and routers of the application and guards them."""
    found: list[Usage] = []
    names: set[str] = set()
    for route in guarded(project, "express"):
        names |= {it.name for it in route.guards}
        found += of_route(project, route)
    for path in project.sources(_SUFFIXES):
        if b".use(" in project.source(path):
            found += _of_routers(project, path, names)
    return found


def of_route(project: Project, route: Route) -> list[Usage]:
    """What guards one route where it is registered."""
    at = registration_of(project, route)
    guards = {it.name for it in route.guards}
    return [] if isinstance(at, Refused) else list(_among(at.handlers, at.file, guards))


def put(
    project: Project, route: Route, usages: Sequence[Usage], behind: str = ""
) -> list[Unit] | Refused:
    """The units that put guards in front of the handlers as the usages say them, or behind the one
    that is written `behind`."""
    codes = [it.code for it in usages]
    code = ", ".join(codes)
    at = registration_of(project, route)
    if isinstance(at, Refused):
        return at
    while behind in [text(it) for it in at.handlers[:-1]]:
        at = replace(at, handlers=at.handlers[1:])
    imports = imports_of(project, usages, at.file)
    if isinstance(imports, Refused):
        return imports
    for usage in usages:
        if usage.file != at.file and not _exports(project, usage):
            return Refused(f"{usage.file} keeps {usage.code} for itself; export it first")
    edit = at.with_middleware(code, last=False)
    if own_line := re.search(rf"(\n[ \t]*){re.escape(code)},", edit.text):
        edit = Edit(edit.span, edit.text.replace(code, f",{own_line[1]}".join(codes), 1))
    return [*edited_lines(at.file, at.source, [edit]), *imports]


def _exports(project: Project, usage: Usage) -> bool:
    """Whether a file can be asked for what it defines itself; what it imports always can."""
    name = re.split(r"\W", usage.code, maxsplit=1)[0]
    if any(it.local == name for it in project.imports(usage.file)):
        return True
    source = project.source(usage.file).decode("utf-8", "replace")
    return (
        re.search(
            rf"export[^;]*\b{re.escape(name)}\b|exports\.{re.escape(name)}\b"
            rf"|module\.exports\s*=\s*\{{[^}}]*\b{re.escape(name)}\b",
            source,
        )
        is not None
    )


def _of_routers(project: Project, path: str, guards: set[str]) -> Iterator[Usage]:
    language = language_of(path)
    waiting = [parse(project.source(path), language.name).root_node] if language else []
    while waiting:
        node = waiting.pop()
        function = node.child_by_field_name("function")
        arguments = node.child_by_field_name("arguments")
        if function is not None and arguments is not None and text(function).endswith(".use"):
            yield from _among(tuple(arguments.named_children), path, guards)
        waiting += node.named_children


def _among(nodes: tuple[Node, ...], file: str, guards: set[str]) -> Iterator[Usage]:
    for node in nodes:
        if node.type not in {"identifier", "member_expression", "call_expression"}:
            continue
        code = text(node)
        name = code.partition("(")[0]
        guard = next((it for it in guards if it in {name, name.rpartition(".")[2]}), "")
        if guard:
            roles = roles_in(code, name.rpartition(".")[2])
            yield Usage(code, file, "middleware", guard, factory=name, roles=roles)
