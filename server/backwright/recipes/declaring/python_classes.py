"""What a file of Python models shows: its classes with their bases and statements."""

from __future__ import annotations

import ast
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModelClass:
    """`lines` are its statements by the name that each binds, as they are written; `last` is the
    1-based line after which a new attribute can stand."""

    name: str
    bases: tuple[str, ...]
    keywords: tuple[str, ...]
    lines: dict[str, str]
    methods: tuple[str, ...]
    last: int

    @property
    def header(self) -> str:
        return ", ".join([*self.bases, *self.keywords])


def model_classes(source: str) -> dict[str, ModelClass]:
    """The classes at the top of a file; none where it does not parse."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return {}
    found = [_class(it, source) for it in tree.body if isinstance(it, ast.ClassDef)]
    return {it.name: it for it in found}


def _class(node: ast.ClassDef, source: str) -> ModelClass:
    lines: dict[str, str] = {}
    last = node.lineno
    methods: list[str] = []
    for it in node.body:
        name = ""
        if isinstance(it, ast.AnnAssign) and isinstance(it.target, ast.Name):
            name = it.target.id
        elif isinstance(it, ast.Assign) and isinstance(it.targets[0], ast.Name):
            name = it.targets[0].id
        elif isinstance(it, ast.Expr) and isinstance(it.value, ast.Constant):
            last = max(last, it.end_lineno or last)
        elif isinstance(it, ast.FunctionDef | ast.AsyncFunctionDef):
            methods.append(it.name)
        if name:
            lines[name] = ast.get_source_segment(source, it) or ""
            last = it.end_lineno or last
    return ModelClass(
        node.name,
        tuple(ast.unparse(it) for it in node.bases),
        tuple(f"{it.arg}={ast.unparse(it.value)}" for it in node.keywords if it.arg),
        lines,
        tuple(methods),
        last,
    )


def imported_names(source: str) -> dict[str, str]:
    """The local names that a file imports, with the statements' modules: `Mapped` →
    `sqlalchemy.orm`, `db` → `app.extensions`."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return {}
    found: dict[str, str] = {}
    for it in tree.body:
        if isinstance(it, ast.ImportFrom):
            module = "." * it.level + (it.module or "")
            found |= {alias.asname or alias.name: module for alias in it.names}
        elif isinstance(it, ast.Import):
            found |= {alias.asname or alias.name: alias.name for alias in it.names}
    return found
