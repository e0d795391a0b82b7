"""Calls: followed into the project, as the framework means them, else kept as a symbol."""

from __future__ import annotations

from collections.abc import Iterator

from backwright.facts import code
from backwright.facts.code import Expr
from backwright.recipes.generate_tests.execution.core import Arguments, Core, Outcomes
from backwright.recipes.generate_tests.execution.stores import (
    elements,
    is_record,
    keeps,
    spread,
)
from backwright.recipes.generate_tests.fold import folded
from backwright.recipes.generate_tests.state import State
from backwright.recipes.generate_tests.values import (
    NONE,
    Code,
    Const,
    Each,
    Kind,
    Outside,
    Part,
    Result,
    Test,
    Unknown,
    Value,
)

_STORING = frozenset({"set", "push", "append", "add", "insert", "save", "unshift"})
_COPIES = frozenset(
    {"model_dump", "dict", "copy", "model_copy", "toObject", "toJSON", "strip", "trim", "lean"}
)


class Calls(Core):
    """Applies what is called."""

    __slots__ = ()

    def called(self, call: code.Call, state: State, file: str) -> Outcomes:
        found: Outcomes = []
        for after, function in self._callee(call.function, state, file):
            for last, arguments in self._arguments(call.arguments, after, file):
                if last.thrown is not None:
                    found.append((last, Unknown()))
                else:
                    found += self.apply(function, arguments, last, call.start)
        return found

    def _callee(self, expr: Expr, state: State, file: str) -> Outcomes:
        if isinstance(expr, code.Name) and expr.name == "super":
            return [(state, Outside("builtins.super"))]
        return self.eval(expr, state, file)

    def _arguments(
        self, given: list[code.Argument], state: State, file: str
    ) -> Iterator[tuple[State, Arguments]]:
        for after, values in self.all_of([it.value for it in given], state, file):
            positional: list[Value] = []
            keywords: list[tuple[str, Value]] = []
            rest: list[Value] = []
            for argument, value in zip(given, values, strict=True):
                if argument.name == "*":
                    items = elements(folded(value))
                    positional += items if items is not None else [Each(value)]
                elif argument.name == "**":
                    spread(folded(value), keywords, rest)
                elif argument.name:
                    keywords.append((argument.name, value))
                else:
                    positional.append(value)
            yield after, Arguments(tuple(positional), tuple(keywords), tuple(rest))

    def apply(self, function: Value, arguments: Arguments, state: State, site: int) -> Outcomes:
        """A call: followed into the project, else as the framework means it, else a symbol."""
        special = self.dialect.call(function, arguments, state)
        if special is not None:
            return special
        if (parent := self.parent(function, arguments, state)) is not None:
            return parent
        if isinstance(function, Code):
            return self.call(function, arguments, state)
        if isinstance(function, Kind):
            return self.instantiate(function, arguments, state, site)
        if (done := self._builtin(function, arguments, state)) is not None:
            return [done]
        arguments = self._applied(function, arguments, state)
        keywords = (*sorted(arguments.keywords, key=lambda it: it[0]),)
        rest = tuple(("**", it) for it in arguments.rest)
        return [(state, folded(Result(function, arguments.positional, (*keywords, *rest))))]

    def _applied(self, function: Value, arguments: Arguments, state: State) -> Arguments:
        """Functions that are handed over stand for what they answer about one element, so that
        a search keeps what it searches for."""
        if not isinstance(function, Part):
            return arguments
        values: list[Value] = []
        for value in arguments.positional:
            if isinstance(value, Code):
                one = Arguments((Each(function.of),))
                answers = [it for after, it in self.call(value, one, state) if not after.thrown]
                value = answers[0] if len(answers) == 1 else Unknown(value.function.start)
            values.append(value)
        return Arguments(tuple(values), arguments.keywords, arguments.rest)

    def _builtin(
        self, function: Value, arguments: Arguments, state: State
    ) -> tuple[State, Value] | None:
        given = arguments.positional
        match function:
            case Part(of, name) if name in _STORING and given and keeps(of):
                return state.write(of, "[]", given[-1]), Result(function, given)
            case Part(of, "get") if given and isinstance(given[0], Const) and is_record(of):
                return state, self._with_default(of, given, state)
            case Part(of, name) if name in _COPIES and not given:
                return state, of
            case Part(of, "update") if len(given) == 1 and not isinstance(of, Outside):
                return state.write(of, "*", given[0]), NONE
            case Outside("builtins.setattr") if len(given) == 3:
                name = str(given[1].value) if isinstance(given[1], Const) else "*"
                return state.write(given[0], name, given[2]), NONE
            case Outside("builtins.getattr") if len(given) > 1 and isinstance(given[1], Const):
                return state, self.part(given[0], str(given[1].value), state)
            case Outside("builtins.Object.assign") if given:
                for value in given[1:]:
                    state = state.write(given[0], "*", value)
                return state, given[0]
            case Outside(origin) if origin.rpartition(".")[2] == "cast" and len(given) == 2:
                return state, given[1]
            case _:
                return None

    def _with_default(self, of: Value, given: tuple[Value, ...], state: State) -> Value:
        found = self.part(
            of, str(Const("").value if not isinstance(given[0], Const) else given[0].value), state
        )
        if len(given) > 1 and given[1] != NONE:
            return folded(Test("??", (found, given[1])))
        return found
