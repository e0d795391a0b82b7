"""What the parts of the evaluator share: state, limits, and what each offers the others."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Protocol

from backwright.facts import code
from backwright.facts.code import Class, Expr, FileFacts, Step
from backwright.index.modules import Modules
from backwright.index.values import (
    Arguments,
    ClassValue,
    Deferred,
    FunctionValue,
    ModuleValue,
    Object,
    PathOf,
    Pending,
    Scope,
    Site,
    Unknown,
    Value,
)

MAX_CALLS = 40
"""How many calls of the project's functions may be inside each other."""

MAX_RUNS = 300
"""How often one function is run with other arguments; a loop over routes is rarely longer."""

MAX_AGAIN = 2
"""How often a function may be run inside itself."""

MAX_NESTING = 400
"""How many expressions and modules may be inside each other, calls of functions included."""

MAX_STEPS = 2_000_000

MAX_STEPS_FOR_VALUE = 300
"""How many steps a call that is followed for its value alone may take, with the calls in it."""

MAX_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Then:
    """The answer to a call whose value needs more to be run, such as a plugin."""

    run: Callable[[Runner], Value]


class Observer(Protocol):
    """Told what happens to objects of frameworks; answers None for what is not its business."""

    def made(self, object_: Object) -> None: ...

    def member(self, object_: Object, name: str) -> Value | None: ...

    def called(self, object_: Object, arguments: Arguments) -> None: ...

    def method_called(
        self, object_: Object, name: str, arguments: Arguments, site: Site
    ) -> Value | Then | None: ...

    def path_method_called(
        self, path: PathOf, name: str, arguments: Arguments, site: Site
    ) -> Value | None: ...

    def applied(self, pending: Pending, target: Value) -> None: ...

    def assumed(
        self, unknown: Unknown, name: str, arguments: Arguments, site: Site
    ) -> Object | None: ...

    def annotated(self, annotation: Value, name: str, site: Site) -> Object | None: ...

    def is_registrar(self, value: Value) -> bool: ...

    def constant(self, written: str, file: str) -> tuple[FileFacts, Expr] | None:
        """What a constant of Ruby is assigned, wherever that is."""
        ...

    def method_of(self, origin: str, name: str) -> FunctionValue | None:
        """The method of Ruby that is called on a class or module of the project itself."""
        ...

    def stands_in(self, importer: str, origin: str) -> str | None:
        """The module of the project that a name from outside means, such as its settings."""
        ...


@dataclass(slots=True)
class Frame:
    """One run of a module, class body or function."""

    module: ModuleValue
    scope: Scope
    function: FunctionValue | None = None
    returned: Value | None = None
    weak: bool = False
    """In an `except` block: names that are bound already stay."""
    passed: frozenset[str] = frozenset()
    """The parameters that the caller gave a value."""
    itself: str = ""
    """The parameter that is the class of a method which is called on that."""
    sure: int = 0
    """How many conditions that are known to hold the present step stands under."""
    unsure: int = 0
    """How many that are not known, or loops."""
    ended: bool = False
    """It has returned, on all that is known."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a call gave. It holds on to what it was called with, as that is told apart by identity,
    which may be given to another object once one is gone."""

    value: Value
    function: FunctionValue
    arguments: Arguments


@dataclass(slots=True)
class Runner(ABC):
    """The state of an evaluation. `eager` are the modules that are run as soon as they are
    imported; the others are run when something of them is asked for."""

    facts_of: Callable[[str], FileFacts | None]
    modules: Modules
    observer: Observer
    eager: Collection[str] = frozenset()
    acting: Collection[tuple[str, int]] = frozenset()
    """The functions, by file and start, that may do something that the observer wants to know."""
    loaded: dict[str, ModuleValue] = field(default_factory=dict)
    runs: dict[tuple[str, int], int] = field(default_factory=dict)
    """How often each function was run, by file and start."""
    running: dict[tuple[str, int], int] = field(default_factory=dict)
    """How often each function is being run at this moment."""
    results: dict[tuple[object, ...], Result] = field(default_factory=dict)
    registrars: list[Object] = field(default_factory=list)
    """The apps and routers that calls made, in their order."""
    settling: set[Deferred] = field(default_factory=set)
    heirs: dict[str, list[tuple[str, Class]]] = field(default_factory=dict)
    """The classes that derive from one of a name, with their files, once somebody has asked."""
    calls: int = 0
    nesting: int = 0
    steps: int = 0
    limit: int = MAX_STEPS
    """The number of steps after which the present call ends."""

    @abstractmethod
    def module(self, path: str) -> ModuleValue | None:
        """The module at `path`, run if it has not been."""

    @abstractmethod
    def run(self, steps: list[Step], frame: Frame) -> None: ...

    @abstractmethod
    def bind(self, target: Expr, value: Value, frame: Frame, *, declares: bool = True) -> None: ...

    @abstractmethod
    def eval(self, expr: Expr, frame: Frame) -> Value: ...

    @abstractmethod
    def call(self, expr: code.Call, frame: Frame) -> Value: ...

    @abstractmethod
    def call_value(self, function: Value, arguments: Arguments, site: Site) -> Value: ...

    @abstractmethod
    def call_function(
        self, function: FunctionValue, arguments: Arguments, *, unknown: bool = False
    ) -> Value:
        """What the function returns; `unknown` says that nobody knows its arguments."""

    @abstractmethod
    def instantiate(
        self, class_: ClassValue, arguments: Arguments, site: Site, *, unknown: bool = False
    ) -> Object: ...

    @abstractmethod
    def attribute(self, owner: Value, name: str) -> Value: ...

    @abstractmethod
    def settled(self, value: Value) -> Value:
        """`value`, or what a deferred name has come to by now."""

    @abstractmethod
    def iterated(self, value: Value) -> list[Value]:
        """What a loop over `value` goes through; one unknown item when that is not known."""

    @abstractmethod
    def named(self, importer: str, dotted: str) -> Value:
        """What `package.module.Name` means in Python."""
