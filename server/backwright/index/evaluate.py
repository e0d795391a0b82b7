"""Runs the facts of a project: what names, imports, factories, settings and loops come to.

This is the one evaluator of all languages and frameworks. It runs each module once, follows calls
into functions of the project with their arguments bound, goes through loops over literal lists, and
takes both sides of a branch. What happens to the objects of frameworks is told to an `Observer`.
Nothing is parsed here and nothing of the project is executed. The parts lie in `evaluation`.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from backwright.facts.code import Call, Expr, Step
from backwright.index.evaluation import calls, expressions, loading, members, steps
from backwright.index.evaluation.runner import Frame, Runner
from backwright.index.values import (
    Arguments,
    ClassValue,
    FunctionValue,
    Map,
    ModuleValue,
    Object,
    Scope,
    Site,
    Value,
)

_FRAMES = 12_000
"""Enough for the deepest nesting that the limits of the evaluator allow."""


@dataclass(slots=True)
class Evaluator(Runner):
    """Each method is one part of the language; a subclass may see to one of them itself."""

    def module(self, path: str) -> ModuleValue | None:
        return loading.module(self, path)

    def run(self, steps_: list[Step], frame: Frame) -> None:
        steps.run(self, steps_, frame)

    def bind(self, target: Expr, value: Value, frame: Frame, *, declares: bool = True) -> None:
        steps.bind(self, target, value, frame, declares=declares)

    def eval(self, expr: Expr, frame: Frame) -> Value:
        return expressions.evaluate(self, expr, frame)

    def eval_in(self, expr: Expr, file: str, scope: Scope) -> Value:
        """The value of an expression of `file` as seen from `scope`."""
        return self.eval(expr, Frame(self.loaded[file], scope))

    def call(self, expr: Call, frame: Frame) -> Value:
        return calls.call(self, expr, frame)

    def call_value(self, function: Value, arguments: Arguments, site: Site) -> Value:
        return calls.call_value(self, function, arguments, site)

    def call_function(
        self, function: FunctionValue, arguments: Arguments, *, unknown: bool = False
    ) -> Value:
        return calls.call_function(self, function, arguments, unknown=unknown)

    def instantiate(
        self, class_: ClassValue, arguments: Arguments, site: Site, *, unknown: bool = False
    ) -> Object:
        return calls.instantiate(self, class_, arguments, site, unknown=unknown)

    def attribute(self, owner: Value, name: str) -> Value:
        return members.attribute(self, owner, name)

    def settled(self, value: Value) -> Value:
        return loading.settled(self, value)

    def iterated(self, value: Value) -> list[Value]:
        return steps.iterated(value)

    def named(self, importer: str, dotted: str) -> Value:
        return loading.named(self, importer, dotted)

    # What nothing called

    def run_left_over(self, path: str, wanted: Collection[int]) -> None:
        """Runs the functions of a module that begin at `wanted` and that nothing called, with
        unknown arguments."""
        module = self.module(path)
        if module is None:
            return
        exports = module.exports
        held = exports.items.values() if isinstance(exports, Map) else [exports]
        for value in [*module.scope.names.values(), *module.exported.values(), *held]:
            if isinstance(value, ClassValue) and value.file == path:
                self._run_class(value, wanted)
            elif isinstance(value, FunctionValue) and value.file == path:
                self._run_unless_ran(value, wanted)

    def _run_unless_ran(self, function: FunctionValue, wanted: Collection[int]) -> None:
        start = function.facts.start
        if start in wanted and (function.file, start) not in self.runs:
            self.call_function(function, Arguments(), unknown=True)

    def _run_class(self, class_: ClassValue, wanted: Collection[int]) -> None:
        methods = [it for it in class_.scope.names.values() if isinstance(it, FunctionValue)]
        left = [
            it
            for it in methods
            if (it.file, it.facts.start) not in self.runs and it.facts.start in wanted
        ]
        if not left:
            return
        facts = class_.facts
        site = Site(class_.file, facts.start, facts.end, facts.line)
        instance = self.instantiate(class_, Arguments(), site, unknown=True)
        for method in left:
            self._run_unless_ran(method.bound(instance), wanted)


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Lets the evaluator go as deep as its own limits allow, which is deeper than Python's."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
