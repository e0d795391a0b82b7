"""Python as new projects write it: imports in order, lines that are not too long."""

from __future__ import annotations

from collections.abc import Iterable

WIDTH = 100


def imported(module: str, names: Iterable[str]) -> str:
    """`from module import names`: constants, classes, then the rest, each by name."""
    ordered = sorted(set(names), key=lambda it: (_kind(it), it))
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) <= WIDTH:
        return line
    rows = "".join(f"    {it},\n" for it in ordered)
    return f"from {module} import (\n{rows})"


def signature(head: str, parameters: Iterable[str], tail: str) -> str:
    """`head(parameters)tail` on one line, with them on a line of their own, or one a line."""
    given = list(parameters)
    line = f"{head}({', '.join(given)}){tail}"
    if len(line) <= WIDTH:
        return line
    joined = f"    {', '.join(given)}\n"
    if len(joined) <= WIDTH:
        return f"{head}(\n{joined}){tail}"
    rows = "".join(f"    {it},\n" for it in given)
    return f"{head}(\n{rows}){tail}"


def _kind(name: str) -> int:
    if name.isupper() and len(name) > 1:
        return 0
    return 1 if name[:1].isupper() else 2
