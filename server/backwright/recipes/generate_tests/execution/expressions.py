"""Expressions, and conditions with the runs in which they hold and do not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from backwright.facts import code
from backwright.facts.code import Expr
from backwright.recipes.generate_tests.execution.core import Core, Outcomes
from backwright.recipes.generate_tests.execution.stores import (
    elements,
    spread,
)
from backwright.recipes.generate_tests.fold import folded
from backwright.recipes.generate_tests.state import Condition, State
from backwright.recipes.generate_tests.values import (
    Code,
    Const,
    Joined,
    Kind,
    Listed,
    Made,
    Outside,
    Part,
    Result,
    Test,
    Unknown,
    Value,
)

_NUMBER = re.compile(r"-\s*\d+(\.\d+)?")
_REGEX = re.compile(r"/(.+)/([a-z]*)", re.DOTALL)
_OPERATORS = {
    "!": "not",
    "&&": "and",
    "||": "or",
    "===": "==",
    "!==": "!=",
    "is": "is",
}


class Expressions(Core):
    """Evaluates expressions."""

    __slots__ = ()

    def branch(
        self, test: Expr, state: State, file: str, line: int = 0
    ) -> list[tuple[State, bool]]:
        """The runs in which the test holds and those in which it does not."""
        if isinstance(test, code.Operation):
            operator = _OPERATORS.get(test.operator, test.operator)
            if operator == "not":
                return [
                    (after, not holds)
                    for after, holds in self.branch(test.operands[0], state, file, line)
                ]
            if operator in {"and", "or"}:
                return self._both(operator, test.operands, state, file, line)
        found = []
        for after, value in self.eval(test, state, file):
            if after.thrown is not None:
                found.append((after, True))
                continue
            for holds in (True, False):
                assumed = after.assume(Condition(value, holds, file, line))
                if assumed is not None:
                    found.append((assumed, holds))
        return found

    def _both(
        self, operator: str, operands: list[Expr], state: State, file: str, line: int
    ) -> list[tuple[State, bool]]:
        going, found = [state], []
        decides = operator == "or"
        for operand in operands:
            after = [it for one in going for it in self.branch(operand, one, file, line)]
            found += [(one, decides) for one, holds in after if holds is decides or one.thrown]
            going = [one for one, holds in after if holds is not decides and not one.thrown]
        return found + [(one, not decides) for one in going]

    def constant(self, expr: Expr, file: str) -> Value:
        """What an expression of a module's top level comes to."""
        found = self.eval(expr, State(), file)
        return found[0][1] if len(found) == 1 else Unknown()

    def eval(self, expr: Expr, state: State, file: str) -> Outcomes:
        if state.thrown is not None:
            return [(state, Unknown())]
        match expr:
            case code.Text(value) | code.Number(value):
                return [(state, Const(value))]
            case code.Constant(name):
                return [(state, Const({"true": True, "false": False}.get(name)))]
            case code.Name(name):
                return [(state, self.name(name, state, file))]
            case code.Lambda(number):
                facts = self.project.facts(file)
                if facts is None:
                    return [(state, Unknown())]
                return [(state, Code(facts.functions[number], file, state.names))]
            case code.Other(start, end):
                return [(state, self._other(start, end, file))]
            case _:
                return self._compound(expr, state, file)

    def _compound(self, expr: Expr, state: State, file: str) -> Outcomes:
        """An expression that is made of others."""
        match expr:
            case code.Member(owner, name):
                return self.member(owner, name, state, file)
            case code.Call():
                return self.called(expr, state, file)
            case code.Choice():
                return self._choice(expr, state, file)
            case code.Element(owner, key):
                parts = [owner, key]
                return self._combined(parts, state, file, lambda it: self.element(it[0], it[1]))
            case code.Items(values):
                return self._combined(values, state, file, _listed)
            case code.Template(parts):
                return self._combined(parts, state, file, lambda it: folded(Joined(tuple(it))))
            case code.Operation(operator, operands):
                return self._operation(operator, operands, state, file)
            case code.Table(entries):
                return self._table(entries, state, file)
            case _:
                return [(state, Unknown())]

    def _choice(self, expr: code.Choice, state: State, file: str) -> Outcomes:
        return [
            found
            for after, holds in self.branch(expr.test, state, file)
            for found in self.eval(expr.then if holds else expr.otherwise, after, file)
        ]

    def _other(self, start: int, end: int, file: str) -> Value:
        """What the facts keep as a place only: a negative number, a regular expression, `...`."""
        document = self.project.situation.document(file)
        text = document.source[start:end].decode("utf-8", "replace") if document else ""
        if _NUMBER.fullmatch(text):
            return Const(float(text) if "." in text else int(text))
        if text == "...":
            return Outside("builtins.Ellipsis")
        if text.startswith("/") and (found := _REGEX.fullmatch(text)):
            return Result(Outside("builtins.RegExp"), (Const(found[1]), Const(found[2])))
        return Unknown(start)

    def _combined(
        self, parts: list[Expr], state: State, file: str, make: Callable[[list[Value]], Value]
    ) -> Outcomes:
        return [
            (after, make(values) if after.thrown is None else Unknown())
            for after, values in self.all_of(parts, state, file)
        ]

    def all_of(
        self, parts: Iterable[Expr], state: State, file: str
    ) -> list[tuple[State, list[Value]]]:
        found: list[tuple[State, list[Value]]] = [(state, [])]
        for part in parts:
            found = [
                (last, [*values, value])
                for after, values in found
                for last, value in self.eval(part, after, file)
            ]
        return found

    def _operation(self, operator: str, operands: list[Expr], state: State, file: str) -> Outcomes:
        name = _OPERATORS.get(operator, operator)
        if name == "for":
            return self._comprehension(operands, state, file)
        if name == "*" and len(operands) == 1:
            return self._combined(operands, state, file, lambda it: Test("spread", tuple(it)))
        return self._combined(operands, state, file, lambda it: folded(Test(name, tuple(it))))

    def _comprehension(self, operands: list[Expr], state: State, file: str) -> Outcomes:
        body, target, source = operands[:3]
        found: Outcomes = []
        for after, over in self.eval(source, state, file):
            for bound in self.bind_each(target, over, after, file):
                for last, each in self.eval(body, bound, file):
                    kept = replace(last, names=after.names)
                    found.append((kept, Result(Outside("each"), (each, over))))
        return found

    def _table(self, entries: list[tuple[Expr | None, Expr]], state: State, file: str) -> Outcomes:
        found: Outcomes = []
        for after, values in self.all_of([value for _, value in entries], state, file):
            fields: list[tuple[str, Value]] = []
            rest: list[Value] = []
            for (key, _), value in zip(entries, values, strict=True):
                if key is None:
                    spread(folded(value), fields, rest)
                    continue
                at = (
                    self.constant(key, file) if not isinstance(key, code.Text) else Const(key.value)
                )
                if isinstance(at, Const):
                    fields = [it for it in fields if it[0] != str(at.value)]
                    fields.append((str(at.value), value))
            found.append((after, Made("", tuple(fields), tuple(rest))))
        return found

    def element(self, owner: Value, key: Value) -> Value:
        """`owner[key]`."""
        match owner, key:
            case _, Const(str() as name) if (
                special := self.dialect.attribute(owner, name)
            ) is not None:
                return special
            case Kind(), _:  # a generic type with its argument
                return owner
            case Outside(), _:
                return Result(Part(owner, "[]"), (key,))
            case Listed(values), Const(int() as at) if at < len(values):
                return values[int(at)]
            case _, Const(name):
                return folded(Part(owner, str(name)))
            case _:
                return Result(Part(owner, "[]"), (key,))


def _listed(values: list[Value]) -> Value:
    found: list[Value] = []
    for value in values:
        if isinstance(value, Test) and value.operator == "spread":
            items = elements(folded(value.operands[0]))
            found += items if items is not None else [value]
        else:
            found.append(value)
    return Listed(tuple(found))
