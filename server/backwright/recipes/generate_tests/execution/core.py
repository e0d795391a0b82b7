"""What the parts of an execution share, and what they expect of each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from backwright.facts import code
from backwright.facts.code import Expr, Step
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.state import Flow, State
from backwright.recipes.generate_tests.values import (
    Code,
    Kind,
    Value,
)

MAX_STATES = 400

Outcomes = list[tuple[State, Value]]


@dataclass(frozen=True, slots=True)
class Arguments:
    positional: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()
    rest: tuple[Value, ...] = ()
    """Values that are spread into keywords."""

    def get(self, position: int, *names: str) -> Value | None:
        for name, value in self.keywords:
            if name in names:
                return value
        return self.positional[position] if 0 <= position < len(self.positional) else None


class Dialect(Protocol):
    """What a framework means by its own names."""

    def attribute(self, owner: Value, name: str) -> Value | None: ...

    def call(self, function: Value, arguments: Arguments, state: State) -> Outcomes | None: ...

    def caught_by(self, thrown: Value, name: str) -> bool: ...


@dataclass(slots=True)
class Core:
    """The state of an execution. Each method is done by one of the parts that it is made of."""

    project: Project
    dialect: Dialect
    depth: int = 0
    spent: int = 0
    constants: dict[tuple[str, str], Value] = field(default_factory=dict)
    running: list[tuple[str, int]] = field(default_factory=list)

    @property
    def exhausted(self) -> bool:
        """Whether there were more ways than were followed."""
        return self.spent > MAX_STATES

    def call(self, function: Code, arguments: Arguments, state: State) -> Outcomes:
        """What a function of the project answers, on every way through it."""
        raise NotImplementedError

    def pattern(self, pattern: Expr, value: Value, state: State) -> dict[str, Value]:
        """The names that a destructuring binds."""
        raise NotImplementedError

    def define(self, number: int, state: State, file: str) -> State:
        """Binds a function that is defined inside, wrapped in its decorators where they are of
        the project."""
        raise NotImplementedError

    def run(self, steps: Iterable[Step], state: State, file: str) -> list[Flow]:
        raise NotImplementedError

    def bind(self, target: Expr, value: Value, state: State, file: str) -> list[State]:
        raise NotImplementedError

    def bind_each(self, target: Expr, over: Value, state: State, file: str) -> list[State]:
        raise NotImplementedError

    def branch(
        self, test: Expr, state: State, file: str, line: int = 0
    ) -> list[tuple[State, bool]]:
        """The runs in which the test holds and those in which it does not."""
        raise NotImplementedError

    def constant(self, expr: Expr, file: str) -> Value:
        """What an expression of a module's top level comes to."""
        raise NotImplementedError

    def eval(self, expr: Expr, state: State, file: str) -> Outcomes:
        raise NotImplementedError

    def all_of(
        self, parts: Iterable[Expr], state: State, file: str
    ) -> list[tuple[State, list[Value]]]:
        raise NotImplementedError

    def element(self, owner: Value, key: Value) -> Value:
        raise NotImplementedError

    def name(self, name: str, state: State, file: str) -> Value:
        raise NotImplementedError

    def member(self, owner: Expr, name: str, state: State, file: str) -> Outcomes:
        raise NotImplementedError

    def attribute(self, owner: Value, name: str, state: State) -> Outcomes:
        """`owner.name`; a property of a class of the project is run."""
        raise NotImplementedError

    def part(self, owner: Value, name: str, state: State) -> Value:
        raise NotImplementedError

    def subject_of(self, value: Value) -> str:
        """What a search is for: the name of a class, else the store that is searched; "" when
        that is not known."""
        raise NotImplementedError

    def kind_of(self, value: Value) -> Kind | None:
        """The class of the project that a value is an instance of, as far as it is known."""
        raise NotImplementedError

    def called(self, call: code.Call, state: State, file: str) -> Outcomes:
        raise NotImplementedError

    def apply(self, function: Value, arguments: Arguments, state: State, site: int) -> Outcomes:
        """A call: followed into the project, else as the framework means it, else a symbol."""
        raise NotImplementedError

    def instantiate(
        self, kind: Kind, arguments: Arguments, state: State, site: int = 0
    ) -> Outcomes:
        """An instance of a class of the project; its own constructor is run."""
        raise NotImplementedError

    def parent(self, function: Value, arguments: Arguments, state: State) -> Outcomes | None:
        """`super().__init__(…)`, `super(…)`: the parent's constructor, or what it would keep."""
        raise NotImplementedError
