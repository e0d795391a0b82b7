"""The HTTP methods that one function answers, as far as it compares the request's with them.

if (req.method !== "POST") return res.status(405).end()
switch (method) { case "GET": …; default: res.status(405).end() }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.code import Expr, Step
from backwright.index.values import FunctionValue

_VERBS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})


def methods_of(function: FunctionValue) -> tuple[str, ...]:
    """The methods that it asks for by name, in their order; ANY where it answers others too."""
    parameters = [it.name for it in function.facts.parameters]
    request = parameters[0] if parameters else ""
    response = parameters[1] if len(parameters) > 1 else ""
    reader = _Reader(request, response, _aliases(function, request))
    reader.see(function.facts.steps)
    if not reader.named or (reader.answers_rest and not reader.refuses):
        return ("ANY",)
    return tuple(reader.named)


def _aliases(function: FunctionValue, request: str) -> frozenset[str]:
    """The names that the method is bound to: `const { method } = req`."""
    patterns = [it.pattern for it in function.facts.parameters[:1] if it.pattern is not None]
    patterns += [
        step.target
        for step in walk.steps(function.facts.steps)
        if isinstance(step, code.Assign) and step.value == code.Name(request)
    ]
    entries = (it for one in patterns if isinstance(one, code.Table) for it in one.entries)
    return frozenset(
        local.name
        for key, local in entries
        if key == code.Text("method") and isinstance(local, code.Name)
    )


@dataclass(slots=True)
class _Reader:
    request: str
    response: str
    aliases: frozenset[str]
    named: dict[str, None] = field(default_factory=dict)
    refuses: bool = False
    """It says somewhere that a method is not allowed."""
    answers_rest: bool = False
    """It does something with the response whatever the method is."""

    def see(self, steps: Iterable[Step], *, rest: bool = True) -> None:
        for step in steps:
            asked = list(self._asked(step.test)) if isinstance(step, code.Branch) else []
            self.named.update(dict.fromkeys(asked))
            for expr in walk.own_expressions(step):
                self._see_expression(expr, rest=rest and not isinstance(step, code.Branch))
            match step:
                case code.Branch():
                    self.see(step.body, rest=rest and not asked)
                    self.see(step.otherwise, rest=rest)
                case code.Loop():
                    self.see(step.body, rest=rest)
                case code.Attempt():
                    self.see(step.body, rest=rest)
                    for _, body in step.handlers:
                        self.see(body, rest=False)
                case _:
                    pass

    def _see_expression(self, expr: Expr, *, rest: bool) -> None:
        for part in walk.inner(expr):
            match part:
                case code.Number(405 | 501):
                    self.refuses = True
                case code.Text(value) if value.lower() in {"allow", "method not allowed"}:
                    self.refuses = True
                case code.Name(name) if name == self.response and rest:
                    self.answers_rest = True
                case _:
                    pass

    def _asked(self, test: Expr) -> Iterator[str]:
        """The methods that a condition names."""
        for part in walk.inner(test):
            match part:
                case code.Operation("===" | "==" | "!==" | "!=", [left, right]):
                    for one, other in ((left, right), (right, left)):
                        if self._is_method(one):
                            yield from _verbs([other])
                case code.Call(code.Member(code.Items(values), "includes"), [given]):
                    if self._is_method(given.value):
                        yield from _verbs(values)
                case _:
                    pass

    def _is_method(self, expr: Expr) -> bool:
        if isinstance(expr, code.Call):  # req.method.toUpperCase()
            expr = expr.function.object if isinstance(expr.function, code.Member) else expr
        if isinstance(expr, code.Member):
            return expr.name == "method" and expr.object == code.Name(self.request)
        return isinstance(expr, code.Name) and expr.name in self.aliases


def _verbs(values: Iterable[Expr]) -> Iterator[str]:
    for value in values:
        if isinstance(value, code.Text) and value.value.upper() in _VERBS:
            yield value.value.upper()
