"""What an action takes of its `params`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backwright.facts import code
from backwright.facts.backend import Location, RouteParameter
from backwright.facts.code import Expr
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


Read = tuple[str, str]
"""A name that is read, and of what: `params`, `body`, `header`, `cookie`, or `holder` for what only
holds others."""


def inputs_of(reads: Iterable[Read], method: str) -> list[RouteParameter]:
    """The inputs that are read of a request of the method."""
    place: Location = "query" if method in _READS else "body"
    places: dict[str, Location] = {
        "params": place,
        "body": "body",
        "header": "header",
        "cookie": "cookie",
    }
    listed = list(reads)
    holders = {name for name, where in listed if where == "holder"} | _NO_INPUT
    return unique(
        [
            RouteParameter(name, places[where], "", required=False)
            for name, where in listed
            if name not in holders
        ]
    )


def read(expr: Expr) -> Iterator[Read]:
    """What an expression reads of a request."""
    match expr:
        case code.Member(owner, name) if owner in _HOLDERS:
            if name not in _NO_KEYS and not name.endswith(("?", "!")):
                yield name, "params"
        case code.Member(code.Name("cookies"), name):
            yield name, "cookie"
        case code.Member(code.Member(code.Name("request"), "headers"), name):
            yield name, "header"
        case code.Call(code.Member(owner, name), arguments):
            if name not in _PERMITS | _FETCHES or not (owner in _HOLDERS or _holder(owner)):
                return
            if name in _PERMITS:
                yield from _permitted(owner, name, arguments)
            elif owner in _HOLDERS and arguments:
                first = arguments[0].value
                if isinstance(first, code.Text):
                    yield first.value, "params"
        case _:
            pass


def _permitted(owner: Expr, name: str, arguments: list[code.Argument]) -> Iterator[Read]:
    """`params.require(:post).permit(:title, tags: [])`, `params.expect(post: [:title])`."""
    held = _holder(owner)
    if held:
        yield held, "holder"
    for argument in arguments:
        if argument.name and name == "expect" and not held:
            yield argument.name, "holder"
            yield from ((it, "body") for it in _keys(argument.value))
        elif argument.name:
            yield argument.name, "body"
        else:
            yield from ((it, "body" if held else "params") for it in _keys(argument.value))


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
