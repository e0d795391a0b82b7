"""Calls into the project: a function's parameters bound, its steps run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from backwright.facts import code, walk
from backwright.facts.code import Expr, Function, Parameter
from backwright.recipes.generate_tests.execution.core import Arguments, Core, Outcomes
from backwright.recipes.generate_tests.state import State
from backwright.recipes.generate_tests.values import (
    NONE,
    Code,
    Listed,
    Made,
    Outside,
    Part,
    Result,
    Unknown,
    Value,
)

MAX_DEPTH = 7


class Functions(Core):
    """Enters functions of the project."""

    __slots__ = ()

    def call(self, function: Code, arguments: Arguments, state: State) -> Outcomes:
        """What a function of the project answers, on every way through it."""
        at = (function.file, function.function.start)
        if self.depth >= MAX_DEPTH or at in self.running or self.exhausted:
            return [(state, Result(Outside(f"{function.file}:{function.function.qualname}")))]
        self.depth += 1
        self.running.append(at)
        try:
            scope = self._scope(function, arguments, state)
            found = []
            for flow in self.run(function.function.steps, scope, function.file):
                after = replace(flow.state, names=state.names)
                found.append((after, flow.value if flow.value is not None else NONE))
            return found
        finally:
            self.depth -= 1
            self.running.pop()

    def _scope(self, function: Code, arguments: Arguments, state: State) -> State:
        """The names that the function begins with: what it closes over and its parameters."""
        names = dict(function.scope)
        parameters = list(function.function.parameters)
        if function.this is not None:
            names["this"] = function.this
            if function.file.endswith(".py") and _takes_self(function.function):
                names[parameters.pop(0).name] = function.this
        for parameter, value in self._bound(parameters, arguments, function.file):
            if parameter.name:
                names[parameter.name] = value
            elif parameter.pattern is not None:
                names |= self.pattern(parameter.pattern, value, state)
        return replace(state, names=names)

    def _bound(
        self, parameters: list[Parameter], arguments: Arguments, file: str
    ) -> Iterator[tuple[Parameter, Value]]:
        """Each parameter with the argument that it gets."""
        positional, keywords = list(arguments.positional), dict(arguments.keywords)
        for parameter in parameters:
            if parameter.kind == "*":
                yield parameter, Listed(tuple(positional))
                positional = []
            elif parameter.kind == "**":
                yield parameter, Made("", tuple(keywords.items()), arguments.rest)
            elif parameter.name in keywords:
                yield parameter, keywords.pop(parameter.name)
            elif positional:
                yield parameter, positional.pop(0)
            elif parameter.default is not None:
                yield parameter, self.constant(parameter.default, file)
            elif arguments.rest:
                yield parameter, Part(arguments.rest[0], parameter.name)
            else:
                yield parameter, Unknown()

    def pattern(self, pattern: Expr, value: Value, state: State) -> dict[str, Value]:
        """The names that a destructuring binds."""
        match pattern:
            case code.Name(name):
                return {name: value}
            case code.Table(entries):
                found: dict[str, Value] = {}
                for key, inner in entries:
                    if isinstance(key, code.Text):
                        found |= self.pattern(inner, self.part(value, key.value, state), state)
                    elif key is None:
                        found |= self.pattern(inner, value, state)
                return found
            case code.Items(values):
                found = {}
                for number, inner in enumerate(values):
                    item: Value = Part(value, str(number))
                    if isinstance(value, Listed) and number < len(value.values):
                        item = value.values[number]
                    found |= self.pattern(inner, item, state)
                return found
            case _:
                return {}

    def define(self, number: int, state: State, file: str) -> State:
        """Binds a function that is defined inside, wrapped in its decorators where they are of
        the project."""
        facts = self.project.facts(file)
        if facts is None:
            return state
        function = facts.functions[number]
        value: Value = Code(function, file, state.names)
        for decorator in reversed(function.decorators):
            if "wraps" in walk.dotted(decorator):
                continue
            found = self.eval(decorator, state, file)
            wrapper = found[0][1] if len(found) == 1 else Unknown()
            made: Outcomes = []
            if isinstance(wrapper, Code):
                made = self.call(wrapper, Arguments((value,)), state)
            value = made[0][1] if len(made) == 1 else Unknown(function.start)
        return state.bind(function.name, value)


def _takes_self(function: Function) -> bool:
    """Whether the first parameter is the object or class that a method is called on."""
    if not function.parameters:
        return False
    return function.role != "static" or function.parameters[0].name == "cls"
