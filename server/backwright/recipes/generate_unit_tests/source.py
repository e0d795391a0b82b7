"""The module that is tested, as far as a run on paper asks about it."""

from __future__ import annotations

import ast
import builtins
import sys
from dataclasses import dataclass, field

_SENDING = frozenset({"smtplib", "urllib", "socket", "subprocess"})
"""Modules of the standard library that leave the process, so that tests mock them."""


@dataclass(slots=True)
class Source:
    """A module: its functions, classes and constants, and what its imports bind."""

    path: str
    module: str
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    classes: dict[str, ast.ClassDef] = field(default_factory=dict)
    assigned: dict[str, ast.expr] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    """Import statements by the name that they bind."""
    packages: dict[str, str] = field(default_factory=dict)

    def mockable(self, name: str) -> bool:
        package = self.packages.get(name, "")
        return package in _SENDING or package not in {"", *sys.stdlib_module_names}

    def is_error(self, name: str) -> bool:
        """Whether errors of the class say what they are made with: str() is the one argument."""
        found = self.classes.get(name)
        if found is None:
            return _builtin_error(name) is not None and name != "KeyError"
        plain = all(isinstance(it, ast.Pass | ast.Expr) for it in found.body)
        return (
            plain
            and bool(found.bases)
            and all(self.is_error(ast.unparse(it)) for it in found.bases)
        )

    def descends(self, name: str, other: str) -> bool:
        """Whether an error of one class is caught where the other is named."""
        if name == other or other in {"Exception", "BaseException"}:
            return True
        one, two = _builtin_error(name), _builtin_error(other)
        if one is not None:
            return two is not None and issubclass(one, two)
        found = self.classes.get(name)
        return found is not None and any(
            self.descends(ast.unparse(it), other) for it in found.bases
        )

    def known(self, name: str) -> bool:
        return name in self.classes or _builtin_error(name) is not None


def read_source(path: str, module: str, text: str) -> Source | None:
    """None where the text is not Python."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return None
    source = Source(path, module)
    for step in tree.body:
        _take(step, source)
    return source


def _take(step: ast.stmt, source: Source) -> None:
    match step:
        case ast.FunctionDef(name=name):
            source.functions[name] = step
        case ast.ClassDef(name=name):
            source.classes[name] = step
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            source.assigned[name] = value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            source.assigned[name] = value
        case ast.Import(names=names):
            for it in names:
                local = it.asname or it.name.partition(".")[0]
                source.imports[local] = ast.unparse(ast.Import([it]))
                source.packages[local] = it.name.partition(".")[0]
        case ast.ImportFrom(module=origin, names=names, level=level):
            home = ".".join(source.module.split(".")[:-level]) if level else ""
            full = ".".join(it for it in (home, origin or "") if it)
            for it in names:
                local = it.asname or it.name
                source.imports[local] = ast.unparse(ast.ImportFrom(full, [it], 0))
                source.packages[local] = full.partition(".")[0]
        case _:
            pass


def _builtin_error(name: str) -> type[BaseException] | None:
    found = getattr(builtins, name, None)
    return found if isinstance(found, type) and issubclass(found, BaseException) else None
