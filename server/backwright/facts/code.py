"""What a file says, as a small program that the index can run.

A file's statements become steps and their expressions a dozen kinds of value, the same for every
language. Names are kept as written: what they stand for is found by `backwright.index`, across
files. Offsets are bytes, lines are 1-based.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from backwright.facts.schema import Schema


class _Fact(msgspec.Struct, frozen=True, array_like=True, gc=False, tag_field="k"):
    """Compact on the wire and cheap for the garbage collector: there are very many of them."""


# Expressions


class Text(_Fact, frozen=True, tag=1):
    """A string literal, unescaped; in Ruby it may be a symbol."""

    value: str
    symbol: bool = False


class Template(_Fact, frozen=True, tag=2):
    """Pieces that are joined to a string: an f-string, a template literal, `a + b`."""

    parts: list[Expr]


class Number(_Fact, frozen=True, tag=3):
    value: int | float


class Constant(_Fact, frozen=True, tag=4):
    """`true`, `false` or `none`."""

    name: str


class Name(_Fact, frozen=True, tag=5):
    name: str


class Member(_Fact, frozen=True, tag=6):
    """`object.name`, or `object["name"]`."""

    object: Expr
    name: str


class Element(_Fact, frozen=True, tag=7):
    """`object[key]` with a key that is no literal string; a generic type such as `list[Item]`."""

    object: Expr
    key: Expr


class Argument(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`name` is a keyword, "" for a positional argument, `*` or `**` for one that is spread."""

    value: Expr
    name: str = ""


class Call(_Fact, frozen=True, tag=8):
    function: Expr
    arguments: list[Argument]
    start: int
    end: int
    line: int


class Items(_Fact, frozen=True, tag=9):
    """A list, tuple, set or array."""

    values: list[Expr]


class Table(_Fact, frozen=True, tag=10):
    """A dict or an object literal; a spread entry has the key None."""

    entries: list[tuple[Expr | None, Expr]]


class Lambda(_Fact, frozen=True, tag=11):
    """A function written as an expression: its number in the file's list."""

    function: int


class Operation(_Fact, frozen=True, tag=12):
    """`not`, `and`, `or`, a comparison, arithmetic."""

    operator: str
    operands: list[Expr]


class Choice(_Fact, frozen=True, tag=13):
    test: Expr
    then: Expr
    otherwise: Expr


class Other(_Fact, frozen=True, tag=14):
    """An expression that is kept as its place only."""

    start: int
    end: int


Expr = (
    Text
    | Template
    | Number
    | Constant
    | Name
    | Member
    | Element
    | Call
    | Items
    | Table
    | Lambda
    | Operation
    | Choice
    | Other
)


# Steps


class Import(_Fact, frozen=True, tag=20):
    """`name` of `module` becomes `local`; the name is "" for the module itself, `*` for all.

    A relative Python module keeps its leading dots.
    """

    module: str
    name: str
    local: str
    line: int


class Assign(_Fact, frozen=True, tag=21):
    """`value` is None for a bare annotation; `declares` is False where an outer name is meant."""

    target: Expr
    value: Expr | None
    annotation: Expr | None
    start: int
    end: int
    line: int
    declares: bool = True
    decorators: list[Expr] = []
    """Of a property of a class."""


class Do(_Fact, frozen=True, tag=22):
    """An expression that stands as a statement, or is asserted."""

    value: Expr
    start: int
    end: int
    line: int


class Return(_Fact, frozen=True, tag=23):
    """`return`, or `yield` as a statement: a value is handed out."""

    value: Expr | None
    line: int


class Raise(_Fact, frozen=True, tag=24):
    value: Expr | None
    line: int


class Loop(_Fact, frozen=True, tag=25):
    target: Expr
    iterable: Expr
    body: list[Step]
    line: int


class Branch(_Fact, frozen=True, tag=26):
    test: Expr
    body: list[Step]
    otherwise: list[Step]
    line: int


class Attempt(_Fact, frozen=True, tag=27):
    """`handlers` are the types that are caught with the steps that follow; None catches all."""

    body: list[Step]
    handlers: list[tuple[Expr | None, list[Step]]]
    line: int


class Define(_Fact, frozen=True, tag=28):
    function: int


class DefineClass(_Fact, frozen=True, tag=29):
    number: int


class Export(_Fact, frozen=True, tag=30):
    """A name of the module that others import; `default` is one of them."""

    name: str
    value: Expr


class ExportFrom(_Fact, frozen=True, tag=31):
    """`name` of `module` is exported as `local`; `*` for all (a namespace, if `local` is set)."""

    module: str
    name: str
    local: str


Step = (
    Import
    | Assign
    | Do
    | Return
    | Raise
    | Loop
    | Branch
    | Attempt
    | Define
    | DefineClass
    | Export
    | ExportFrom
)


# Definitions


class Parameter(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`kind` is "", `*` or `**`; a destructured one has no name but its fields in `pattern`."""

    name: str
    annotation: Expr | None = None
    default: Expr | None = None
    kind: str = ""
    pattern: Expr | None = None
    decorators: tuple[Expr, ...] = ()


class Function(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`start` is where the definition begins, decorators and `export` included; `line` is that of
    the name."""

    name: str
    qualname: str
    parameters: list[Parameter]
    decorators: list[Expr]
    returns: Expr | None
    steps: list[Step]
    start: int
    end: int
    line: int
    body: int
    is_async: bool = False
    doc: str = ""
    role: str = ""
    """`constructor`, `getter`, `static` or "" for what is called plainly."""


class Class(msgspec.Struct, frozen=True, array_like=True, gc=False):
    name: str
    qualname: str
    bases: list[Argument]
    decorators: list[Expr]
    steps: list[Step]
    start: int
    end: int
    line: int
    doc: str = ""


class FileFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All that one file says. It is a function of the file's bytes and path alone."""

    path: str
    language: str
    steps: list[Step]
    functions: list[Function]
    classes: list[Class]
    broken: bool = False
    """Some part of it could not be parsed."""
    environment: list[str] = []
    """The variables of the environment that it reads."""
    schemes: list[str] = []
    """The schemes of the URLs in its strings, the web's own left out."""
    called: list[str] = []
    """Names that it may call; it calls no others. See `may_call`."""
    schema: Schema | None = None
    """What it says of a database, in files that say nothing else."""
    imports: list[str] = []
    """The modules that it imports anywhere, of Python's the first part of the name."""

    def may_call(self, names: Collection[str]) -> bool:
        """Whether it may call something that has one of the names."""
        return not frozenset(names).isdisjoint(self.called)
