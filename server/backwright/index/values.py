"""What an expression can stand for when a project's facts are run.

Values that come from outside the workspace are known by their origin alone, such as
`fastapi.APIRouter`; calling one makes an `Object`. Nothing is ever guessed: what is not known is
`Unknown`, and a string with an unknown part keeps a hole there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from backwright.facts.code import Class, Expr, FileFacts, Function


@dataclass(frozen=True, slots=True)
class Site:
    """Where in the workspace a value is made or a call stands."""

    file: str
    start: int
    end: int
    line: int


@dataclass(slots=True, eq=False)
class Unknown:
    """A value that is not known. `name` is the parameter it came in by, if it did."""

    name: str = ""
    assumed: Object | None = None
    declared: tuple[Expr, str, Scope] | None = None
    """The type that it is declared to have, as written in a file and seen from a scope."""


@dataclass(frozen=True, slots=True)
class Str:
    """A string; None stands for a part that is not known."""

    parts: tuple[str | None, ...]
    symbol: bool = field(default=False, compare=False)

    @property
    def known(self) -> bool:
        return None not in self.parts

    @property
    def text(self) -> str:
        return "".join(part for part in self.parts if part is not None)


@dataclass(frozen=True, slots=True)
class Const:
    """A number, a boolean or None."""

    value: int | float | bool | None


@dataclass(slots=True, eq=False)
class Seq:
    items: list[Value]


@dataclass(slots=True, eq=False)
class Map:
    """A dict, an object literal, or the exports of a CommonJS module."""

    items: dict[str, Value] = field(default_factory=dict)
    whole: bool = True
    """False when entries are there that are not known."""


@dataclass(frozen=True, slots=True)
class External:
    """A name from outside the workspace."""

    origin: str


@dataclass(slots=True, eq=False)
class Scope:
    """The names of a module, a function call or a class body."""

    file: str
    parent: Scope | None = None
    names: dict[str, Value] = field(default_factory=dict)
    this: Value | None = None

    def find(self, name: str) -> Value | None:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return None


@dataclass(slots=True, eq=False)
class FunctionValue:
    facts: Function
    file: str
    scope: Scope
    this: Value | None = None
    owner: ClassValue | None = None
    decorators: list[Value] = field(default_factory=list)
    attributes: dict[str, Value] = field(default_factory=dict)
    maker: str = ""
    """The function of the project that made it, such as `requires` of `requires("x")`."""
    wrapped: Value | None = None
    """The function that was passed to the one that made it."""

    def bound(self, this: Value) -> FunctionValue:
        return replace(self, this=this)

    @property
    def name(self) -> str:
        """What a reader calls it: where another function made it, the name of that one."""
        return self.maker or self.facts.name or self.facts.qualname.rstrip(".").rpartition(".")[2]

    @property
    def site(self) -> Site:
        return Site(self.file, self.facts.start, self.facts.end, self.facts.line)


@dataclass(slots=True, eq=False)
class ClassValue:
    facts: Class
    file: str
    scope: Scope
    bases: list[Value]
    decorators: list[Value] = field(default_factory=list)

    def lineage(self) -> list[ClassValue | External]:
        """The class and its bases, nearest first, each once."""
        found: list[ClassValue | External] = []
        waiting: list[Value] = [self]
        while waiting:
            base = waiting.pop(0)
            if isinstance(base, ClassValue | External) and base not in found:
                found.append(base)
                waiting = (base.bases if isinstance(base, ClassValue) else []) + waiting
        return found


@dataclass(slots=True, eq=False)
class ModuleValue:
    """A module that runs or has run.

    `holder` bears the CommonJS `exports`; `exported` are the names of an ES module; `stars` are
    the external modules of which it imports everything.
    """

    file: str
    facts: FileFacts
    scope: Scope
    holder: Map
    exported: dict[str, Value] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    done: bool = False

    @property
    def exports(self) -> Value:
        return self.holder.items["exports"]


@dataclass(frozen=True, slots=True)
class Deferred:
    """A name of a module that was still running when it was imported."""

    module: str
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Getter:
    """A property that is computed each time it is asked for."""

    function: FunctionValue


@dataclass(slots=True, eq=False)
class Package:
    """A folder that is imported but holds no module of its own."""

    path: str


@dataclass(slots=True)
class Arguments:
    positional: list[Value] = field(default_factory=list)
    keywords: dict[str, Value] = field(default_factory=dict)

    def get(self, where: tuple[int | str, ...]) -> Value | None:
        """The argument at the first of the positions or keywords in `where` that is given."""
        for place in where:
            if isinstance(place, int):
                if place < len(self.positional):
                    return self.positional[place]
            elif place in self.keywords:
                return self.keywords[place]
        return None


@dataclass(slots=True, eq=False)
class Object:
    """What a call of an external name or of a project's class made.

    `origin` is the external name (`fastapi.APIRouter`; `slowapi.Limiter().limit` for a call of a
    method), "" for a class of the project without an external base. `assumed` marks one that
    stands for a parameter which nobody in the project passes.
    """

    origin: str
    arguments: Arguments
    site: Site
    class_: ClassValue | None = None
    receiver: Object | None = None
    attributes: dict[str, Value] = field(default_factory=dict)
    assumed: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """A method of an external object, not called yet."""

    object: Object
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    """A decorator of an app or router that waits for its function; `role` is what it will do."""

    owner: Object
    role: object
    name: str
    arguments: Arguments
    site: Site


@dataclass(frozen=True, slots=True, eq=False)
class PathOf:
    """A path of a router on which methods can be registered."""

    owner: Object
    path: Value
    site: Site


Value: TypeAlias = (
    Unknown
    | Str
    | Const
    | Seq
    | Map
    | External
    | FunctionValue
    | ClassValue
    | ModuleValue
    | Package
    | Object
    | Method
    | Deferred
    | Getter
    | Pending
    | PathOf
)


def join(parts: list[Value]) -> Value:
    """The string that `parts` make; a part that is no known string leaves a hole."""
    pieces: list[str | None] = []
    for part in parts:
        if isinstance(part, Str):
            pieces.extend(part.parts)
        elif isinstance(part, Const) and isinstance(part.value, int | float):
            pieces.append(str(part.value))
        else:
            pieces.append(None)
    return Str(tuple(pieces))


def says_less(value: Value) -> bool:
    """True for a value that tells nothing, so that another one is better."""
    match value:
        case Unknown():
            return True
        case Const():
            return value.value is None
        case Str():
            return not value.known
        case Object() | External():
            return value.origin.startswith("builtins.process")
        case _:
            return False
