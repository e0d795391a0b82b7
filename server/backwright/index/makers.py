"""Runs what makes something: a module, and its functions that do when nothing has called them."""

from __future__ import annotations

from collections.abc import Collection

from backwright.facts import code, walk
from backwright.facts.code import FileFacts
from backwright.index.evaluation.runner import Runner
from backwright.index.values import Arguments, FunctionValue


def run_makers(runner: Runner, facts: FileFacts, names: Collection[str]) -> None:
    """Runs the file, and those of its functions that call one of `names`."""
    if not facts.may_call(names):
        return
    module = runner.module(facts.path)
    for value in list(module.scope.names.values()) if module is not None else ():
        if not isinstance(value, FunctionValue) or value.file != facts.path:
            continue
        makes = any(_called(it) in names for it in walk.deep_expressions(value.facts, facts))
        if makes and (facts.path, value.facts.start) not in runner.runs:
            runner.call_function(value, Arguments(), unknown=True)


def _called(expr: code.Expr) -> str:
    """The last name of what is called, whatever it is called on."""
    if not isinstance(expr, code.Call):
        return ""
    function = expr.function
    if isinstance(function, code.Member):
        return function.name
    return function.name if isinstance(function, code.Name) else ""
