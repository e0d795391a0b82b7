"""What an expression of a handler can come to, as far as reading it tells.

Values are symbols: a part of the request, the result of a call that is not followed, an object
that is made from others. Two of them are equal when they were made in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from backwright.facts.code import Class, Function

Where = Literal["path", "query", "header", "cookie", "body", "credential"]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing is known of it; `line` keeps two of them apart."""

    line: int = 0


@dataclass(frozen=True, slots=True)
class Const:
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Given:
    """A part of the request; the body as a whole has the name ""."""

    where: Where
    name: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """An attribute or entry of a value whose own parts are not known."""

    of: Value
    name: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A name from a package, such as `fastapi.HTTPException`."""

    origin: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a call that is not followed answers; `keywords` are sorted by name."""

    function: Value
    arguments: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Pieces joined to a string, or added."""

    parts: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison, or `not`, `and`, `or` of values."""

    operator: str
    operands: tuple[Value, ...]

    __test__ = False


@dataclass(frozen=True, slots=True)
class Made:
    """An object that the project makes: an instance, a dict, an object literal.

    `class_` is "" for a plain table. `rest` are values that are spread into it. `site` tells two
    instances apart.
    """

    class_: str
    fields: tuple[tuple[str, Value], ...] = ()
    rest: tuple[Value, ...] = ()
    site: int = 0
    lineage: tuple[str, ...] = ()

    def get(self, name: str) -> Value | None:
        return next((value for key, value in reversed(self.fields) if key == name), None)


@dataclass(frozen=True, slots=True)
class Each:
    """One of the elements of a value that is looped over."""

    of: Value


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """A function of the project with what it closes over."""

    function: Function
    file: str
    scope: Mapping[str, Value] = field(default_factory=dict)
    this: Value | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of the project."""

    name: str
    file: str
    class_: Class = field(compare=False, hash=False)


@dataclass(frozen=True, slots=True)
class Module:
    file: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A response. `body` is None where there is none; status 0 is the framework's default."""

    status: int
    body: Value | None = None


Value: TypeAlias = (
    Unknown
    | Const
    | Given
    | Part
    | Outside
    | Result
    | Listed
    | Joined
    | Test
    | Made
    | Each
    | Code
    | Kind
    | Module
    | Answer
)

NONE = Const(None)
BODY = Given("body")


def mentioned(value: Value | None) -> Iterator[Value]:
    """The value and all that it was made from."""
    if value is not None:
        yield value
        for inner in _parts(value):
            yield from mentioned(inner)


def _parts(value: Value) -> tuple[Value | None, ...]:
    match value:
        case Part(of, _) | Each(of):
            return (of,)
        case Result(function, arguments, keywords):
            return (function, *arguments, *(it for _, it in keywords))
        case Listed(values) | Joined(values) | Test(_, values):
            return values
        case Made(_, fields, rest):
            return (*(it for _, it in fields), *rest)
        case Code(this=this):
            return (this,)
        case Answer(_, body):
            return (body,)
        case _:
            return ()


def inputs(value: Value | None) -> set[Given]:
    """The parts of the request that bear on a value."""
    return {it for it in mentioned(value) if isinstance(it, Given)}


def body_fields(value: Value | None) -> set[str]:
    """The fields of the request's body that bear on a value."""
    found = {it.name for it in mentioned(value) if isinstance(it, Part) and it.of == BODY}
    for part in mentioned(value):  # `"name" in body`
        if isinstance(part, Test) and part.operator == "in" and part.operands[1] == BODY:
            name = part.operands[0]
            found |= {str(name.value)} if isinstance(name, Const) else set()
    return found
