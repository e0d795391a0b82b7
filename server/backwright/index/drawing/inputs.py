"""What an action takes of its `params`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from backwright.facts import code, walk
from backwright.facts.backend import Location, RouteParameter
from backwright.facts.code import Expr, FileFacts, Function
from backwright.index.inputs import unique

_HOLDERS = (code.Name("params"), code.Member(code.Name("request"), "params"))
_READS = frozenset({"GET", "HEAD", "DELETE"})
_NO_INPUT = frozenset({"controller", "action", "format", "utf8", "authenticity_token"})
_PERMITS = frozenset({"permit", "expect", "slice", "permit!"})
_FETCHES = frozenset({"fetch", "require", "dig", "key?", "has_key?", "delete", "[]"})
_METHODS = frozenset(
    {"merge", "except", "to_unsafe_h", "to_h", "each", "keys", "values", "inspect"}
)
_NO_KEYS = _METHODS | _FETCHES | _PERMITS


def inputs_of(
    functions: Iterable[tuple[str, Function]], files: Mapping[str, FileFacts], method: str
) -> list[RouteParameter]:
    """The parameters that functions, given with their files, read of a request."""
    found: list[tuple[str, Location]] = []
    place: Location = "query" if method in _READS else "body"
    for file, function in functions:
        for expr in walk.deep_expressions(function, files[file]):
            found += _read(expr, place)
    wrapped = {name for name, where in found if where == "form"}
    return unique(
        [
            RouteParameter(name, where, "", required=False)
            for name, where in found
            if where != "form" and name not in _NO_INPUT and name not in wrapped
        ]
    )


def _read(expr: Expr, place: Location) -> Iterator[tuple[str, Location]]:
    """Names that an expression reads; with `form` those that only hold others."""
    match expr:
        case code.Member(owner, name) if owner in _HOLDERS:
            if name not in _NO_KEYS and not name.endswith(("?", "!")):
                yield name, place
        case code.Member(code.Name("cookies"), name):
            yield name, "cookie"
        case code.Member(code.Member(code.Name("request"), "headers"), name):
            yield name, "header"
        case code.Call(code.Member(owner, name), arguments) if owner in _HOLDERS or _holder(owner):
            if name in _PERMITS:
                yield from _permitted(owner, name, arguments, place)
            elif name in _FETCHES and owner in _HOLDERS and arguments:
                first = arguments[0].value
                if isinstance(first, code.Text):
                    yield first.value, place
        case _:
            pass


def _permitted(
    owner: Expr, name: str, arguments: list[code.Argument], place: Location
) -> Iterator[tuple[str, Location]]:
    """`params.require(:post).permit(:title, tags: [])`, `params.expect(post: [:title])`."""
    held = _holder(owner)
    if held:
        yield held, "form"
    for argument in arguments:
        if argument.name and name == "expect" and not held:
            yield argument.name, "form"
            yield from ((it, "body") for it in _keys(argument.value))
        elif argument.name:
            yield argument.name, "body"
        else:
            yield from ((it, "body" if held else place) for it in _keys(argument.value))


def _holder(owner: Expr) -> str:
    """`post` for `params.require(:post)`, `params[:post]` and `params.fetch(:post, {})`."""
    match owner:
        case code.Call(
            code.Member(inner, "require" | "fetch"), [code.Argument(code.Text(name)), *_]
        ):
            return name if inner in _HOLDERS else ""
        case code.Member(inner, name):
            return name if inner in _HOLDERS else ""
        case _:
            return ""


def _keys(expr: Expr) -> Iterator[str]:
    match expr:
        case code.Text(value):
            yield value
        case code.Items(values):
            for it in values:
                yield from _keys(it)
        case code.Table(entries):
            for key, _ in entries:
                if isinstance(key, code.Text):
                    yield key.value
        case _:
            pass
