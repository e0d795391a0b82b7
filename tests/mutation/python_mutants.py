"""Mutants of Python endpoints: of the handler, what it calls, its guards and its models."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backwright.facts.backend import Route
from mutation.mutant import Mutant, let_through

_LIMITS = {"ge", "le", "gt", "lt", "min_length", "max_length", "pattern"}
_DENYING = re.compile(r"40[134]|NotFound|Unauthorized|Forbidden", re.IGNORECASE)
_RAISING = {"abort", "HTTPException"}


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    source: bytes
    tree: ast.Module

    def at(self, line: int, column: int) -> int:
        lines = self.source.split(b"\n")
        return sum(len(it) + 1 for it in lines[: line - 1]) + column

    def span(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self.at(node.lineno, node.col_offset)
        return start, self.at(node.end_lineno, node.end_col_offset)


def python_mutants(project: Path, route: Route) -> list[Mutant]:
    """Every mutant of the endpoint, each place once."""
    files = [
        _File(str(path.relative_to(project)), path.read_bytes(), ast.parse(path.read_bytes()))
        for path in sorted(project.rglob("*.py"))
        if "tests" not in path.parts
    ]
    functions = _functions(files)
    classes = {
        node.name: (file, node)
        for file in files
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ClassDef)
    }
    home = next(it for it in files if it.path == route.handler_place.file)
    handler = next(
        it
        for it in ast.walk(home.tree)
        if isinstance(it, ast.FunctionDef | ast.AsyncFunctionDef)
        and it.lineno == route.handler_place.line
    )
    found = list(_in_handler(home, handler, route))
    for file, function in _reached(home, handler, functions):
        found += _in_function(file, function, "not found")
        found += _returned(file, function)
    for guard in route.guards:
        for file, function in functions.get(guard.name, []):
            branches = [
                it for it in _in_function(file, function, "guard") if "branch" in it.operator
            ]
            found += let_through(branches)
    for name in _models(handler):
        for file, node in _lineage(name, classes):
            found += _limits(file, node)
    for name in _names(route.response_model):
        if name in classes and name not in _models(handler):
            found += _renamed_fields(*classes[name])
    unique = {(it.file, it.cuts): it for it in found}
    return list(unique.values())


def _functions(files: list[_File]) -> dict[str, list[tuple[_File, ast.FunctionDef]]]:
    found: dict[str, list[tuple[_File, ast.FunctionDef]]] = {}
    for file in files:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append((file, node))
    return found


def _in_handler(
    file: _File, handler: ast.FunctionDef | ast.AsyncFunctionDef, route: Route
) -> Iterator[Mutant]:
    for decorator in handler.decorator_list:
        if isinstance(decorator, ast.Call):
            yield from _declared_status(file, decorator)
        name = _name(decorator.func if isinstance(decorator, ast.Call) else decorator)
        if name in {"login_required", "role_required"} or any(
            it.name == name for it in route.guards
        ):
            start, end = file.span(decorator)
            start -= 1  # the `@`
            yield Mutant.one(file.path, start, end, "", "guard removed", decorator.lineno)
    yield from _in_function(file, handler, "branch")
    yield from _returned(file, handler)
    for parameter in [*handler.args.args, *handler.args.kwonlyargs]:
        if parameter.annotation is not None:
            yield from _limits_in(file, parameter.annotation)


def _declared_status(file: _File, call: ast.Call) -> Iterator[Mutant]:
    for keyword in call.keywords:
        if keyword.arg == "status_code":
            start, end = file.span(keyword.value)
            yield Mutant.one(file.path, start, end, "202", "status changed", keyword.value.lineno)


def _in_function(
    file: _File, function: ast.FunctionDef | ast.AsyncFunctionDef, what: str
) -> Iterator[Mutant]:
    """Branches that only refuse are taken away; statuses in them are changed."""
    for node in ast.walk(function):
        if isinstance(node, ast.If) and len(node.body) == 1 and _refuses(node.body[0]):
            start, end = file.span(node.test)
            yield Mutant.one(file.path, start, end, "False", f"{what} branch removed", node.lineno)
        if isinstance(node, ast.Call) and _name(node.func) == "get_or_404":
            start, end = file.span(node)
            shown = ", ".join(ast.unparse(it) for it in node.args)
            text = f"db.session.get({shown})"
            yield Mutant.one(file.path, start, end, text, "not found branch removed", node.lineno)
        if isinstance(node, ast.Call) and _name(node.func) in _RAISING and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant | ast.Attribute):
                start, end = file.span(first)
                yield Mutant.one(file.path, start, end, "418", "status changed", node.lineno)


def _refuses(step: ast.stmt) -> bool:
    """Whether a step answers that something is not there, or not for this client."""
    call = step.value if isinstance(step, ast.Expr) else None
    aborts = isinstance(call, ast.Call) and _name(call.func) == "abort"
    return (isinstance(step, ast.Raise) or aborts) and bool(_DENYING.search(ast.unparse(step)))


def _returned(file: _File, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Mutant]:
    """Fields of a returned dict get another name; the status of a returned tuple changes."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Return):
            continue
        value = node.value
        if isinstance(value, ast.Tuple) and len(value.elts) > 1:
            status = value.elts[1]
            if isinstance(status, ast.Constant) and isinstance(status.value, int):
                start, end = file.span(status)
                yield Mutant.one(file.path, start, end, "202", "status changed", status.lineno)
            value = value.elts[0]
        for key in value.keys if isinstance(value, ast.Dict) else ():
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                start, end = file.span(key)
                text = f'"{key.value}_renamed"'
                yield Mutant.one(file.path, start, end, text, "field renamed", key.lineno)


def _reached(
    home: _File,
    handler: ast.FunctionDef | ast.AsyncFunctionDef,
    functions: dict[str, list[tuple[_File, ast.FunctionDef]]],
) -> Iterator[tuple[_File, ast.FunctionDef]]:
    """Functions of the project that the handler calls, two calls deep."""
    waiting: list[tuple[ast.AST, int]] = [(handler, 0)]
    seen: set[str] = {handler.name}
    source = ast.unparse(handler)
    while waiting:
        node, depth = waiting.pop()
        for call in ast.walk(node):
            name = _name(call.func) if isinstance(call, ast.Call) else ""
            if name in seen or depth > 1:
                continue
            owner = getattr(call.func, "value", None) if isinstance(call, ast.Call) else None
            receiver = ast.unparse(owner).lower() if owner is not None else ""
            for file, function in _meant(functions.get(name, []), receiver, source):
                seen.add(name)
                yield file, function
                source += ast.unparse(function)
                waiting.append((function, depth + 1))


def _meant(
    found: list[tuple[_File, ast.FunctionDef]], receiver: str, source: str
) -> list[tuple[_File, ast.FunctionDef]]:
    """Of methods with one name that of the class which the receiver is called after, else that of
    one which the source speaks of."""
    if len(found) < 2:
        return found
    owners = [
        (class_.name, (file, function))
        for file, function in found
        for class_ in ast.walk(file.tree)
        if isinstance(class_, ast.ClassDef) and function in class_.body
    ]
    named = [it for name, it in owners if name.lower() in receiver]
    spoken = [it for name, it in owners if re.search(rf"\b{name}\b", source)]
    return (named or spoken)[:1]


def _models(handler: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Classes that the handler takes its input as."""
    found = [
        name
        for parameter in handler.args.args
        if parameter.annotation is not None
        for name in _names(ast.unparse(parameter.annotation))
    ]
    parsed = [
        _name(call.args[0])
        for call in ast.walk(handler)
        if isinstance(call, ast.Call) and _name(call.func).startswith("parse_") and call.args
    ]
    return [*found, *parsed]


def _lineage(
    name: str, classes: dict[str, tuple[_File, ast.ClassDef]]
) -> Iterator[tuple[_File, ast.ClassDef]]:
    if name in classes:
        file, node = classes[name]
        if {"BaseModel", "Body", "Period", "PageQuery", "OrmModel"} & {
            _name(it) for it in node.bases
        }:
            yield file, node
        for base in node.bases:
            yield from _lineage(_name(base), classes)


def _limits(file: _File, node: ast.ClassDef) -> Iterator[Mutant]:
    aliases = {
        step.targets[0].id: step.value
        for step in file.tree.body
        if isinstance(step, ast.Assign) and isinstance(step.targets[0], ast.Name)
    }
    for step in node.body:
        if not isinstance(step, ast.AnnAssign):
            continue
        if step.value is not None:
            yield from _limits_in(file, step.value)
        yield from _limits_in(file, step.annotation)
        for name in _names(ast.unparse(step.annotation)):
            if name in aliases:
                yield from _limits_in(file, aliases[name])


def _limits_in(file: _File, expr: ast.expr) -> Iterator[Mutant]:
    for call in ast.walk(expr):
        if not isinstance(call, ast.Call):
            continue
        for keyword in call.keywords:
            if keyword.arg in _LIMITS:
                start, end = file.span(keyword)
                while file.source[end : end + 1] in {b",", b" "}:
                    end += 1
                yield Mutant.one(file.path, start, end, "", "limit dropped", keyword.value.lineno)


def _renamed_fields(file: _File, node: ast.ClassDef) -> Iterator[Mutant]:
    for step in node.body:
        if isinstance(step, ast.AnnAssign) and isinstance(step.target, ast.Name):
            start, end = file.span(step.target)
            text = f"{step.target.id}_renamed"
            yield Mutant.one(file.path, start, end, text, "field renamed", step.lineno)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _names(text: str) -> list[str]:
    return [it for it in text.replace("[", " ").replace("]", " ").replace("|", " ").split() if it]
