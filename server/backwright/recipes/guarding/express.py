"""Guards in Express: functions in front of the handlers of a route, or of all of a router."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from backwright.edits.units import Unit
from backwright.facts.backend import Route
from backwright.recipes.add_rate_limiting.express.registration import registration_of
from backwright.recipes.guarding.naming import imports_for
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
        at = registration_of(project, route)
        if not isinstance(at, Refused):
            found += _among(at.handlers, at.file, {it.name for it in route.guards})
    for path in project.sources(_SUFFIXES):
        if b".use(" in project.source(path):
            found += _of_routers(project, path, names)
    return found


def put(project: Project, route: Route, code: str, usage: Usage) -> list[Unit] | Refused:
    """The units that put `code`, which the usage's file could say, in front of the handlers."""
    at = registration_of(project, route)
    if isinstance(at, Refused):
        return at
    imports = imports_for(project, code, usage.file, at.file)
    if isinstance(imports, Refused):
        return imports
    if usage.file != at.file and not _exports(project, usage, code):
        return Refused(f"{usage.file} keeps {code} for itself; export it first")
    edit = at.with_middleware(code, last=False)
    return [*edited_lines(at.file, at.source, [edit]), *imports]


def _exports(project: Project, usage: Usage, code: str) -> bool:
    """Whether a file can be asked for what it defines itself; what it imports always can."""
    name = re.split(r"\W", code, maxsplit=1)[0]
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
