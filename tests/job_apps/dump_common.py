"""What the dumps share: run as a program with a project's folder as the current one."""

from __future__ import annotations

import ast
import inspect
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

Row = dict[str, object]


def place(function: Callable[..., object]) -> tuple[str, int]:
    """The file and the line of `def`, without decorators."""
    function = inspect.unwrap(function)
    file = Path(inspect.getsourcefile(function) or "")
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(it.lineno for it in node.decorator_list)])
            if node.name == function.__name__ and first == function.__code__.co_firstlineno:
                return os.path.relpath(file), node.lineno
    raise LookupError(function)


def row(function: Callable[..., object], **told: object) -> Row:
    file, line = place(function)
    return {"file": file, "line": line, **told}


def tell(rows: Iterable[Row]) -> None:
    json.dump(sorted(rows, key=lambda it: (it["file"], it["line"])), sys.stdout)


sys.path.insert(0, os.getcwd())
