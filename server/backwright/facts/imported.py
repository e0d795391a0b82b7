"""Which modules a file imports anywhere, functions included."""

from __future__ import annotations

from collections.abc import Iterator

from backwright.facts import code, walk
from backwright.facts.code import Expr, FileFacts


def imported(facts: FileFacts) -> list[str]:
    """The modules that the file imports, each once: of Python's the first part of the name."""
    return sorted(set(_imported(facts)))


def _imported(facts: FileFacts) -> Iterator[str]:
    for step in walk.every_step(facts):
        match step:
            case code.Import() if facts.language == "python":
                yield step.module.split(".")[0]
            case code.Import() | code.ExportFrom():
                yield step.module.removeprefix("node:")
            case code.Assign() if step.value is not None and facts.language != "python":
                yield from _required(step.value)
            case _:
                pass


def _required(expr: Expr) -> Iterator[str]:
    """`require("bull")`, also where something is taken of it or done with it at once, as compilers
    do: `_interopRequireDefault(require("express"))`."""
    while isinstance(expr, code.Member | code.Call):
        if isinstance(expr, code.Member):
            expr = expr.object
            continue
        name = walk.dotted(expr.function)
        first = expr.arguments[0].value if expr.arguments else None
        if name in {"require", "import"} and isinstance(first, code.Text):
            yield first.value.removeprefix("node:")
        elif isinstance(first, code.Call):
            yield from _required(first)
        expr = expr.function
