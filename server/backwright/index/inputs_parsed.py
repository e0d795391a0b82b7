"""The inputs that a handler reads with a parser: `parser.add_argument("page", type=int)`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from backwright.facts import code, walk
from backwright.facts.backend import Location, RouteParameter
from backwright.facts.code import Expr, FileFacts
from backwright.index.frameworks import roles
from backwright.index.inputs import unique
from backwright.index.mounting.vocabulary import Parser
from backwright.index.values import Const, External, FunctionValue, Object, Seq, Str, Value

PARTS: dict[str, Location] = {
    "args": "query",
    "query": "query",
    "querystring": "query",
    "values": "query",
    "view_args": "path",
    "path": "path",
    "json": "body",
    "form": "form",
    "files": "form",
    "headers": "header",
    "cookies": "cookie",
}
"""What libraries call the parts of a request."""

_ADDED = "(arguments)"


def added(parser: Object, made: Object) -> None:
    """Notes an argument that a parser is told of."""
    held = parser.attributes.setdefault(_ADDED, Seq([]))
    if isinstance(held, Seq):
        held.items.append(made)


def parser_of(value: Value | None) -> Parser | None:
    """What a value is that reads inputs; a copy of such a one is one too."""
    while isinstance(value, Object):
        if found := roles().parsers.get(value.origin):
            return found
        value = value.receiver
    return None


def known_to(value: Value | None, method: str) -> list[RouteParameter]:
    """What a parser was told while the project was run."""
    found: list[RouteParameter] = []
    role = parser_of(value)
    while role is not None and isinstance(value, Object):
        held = value.attributes.get(_ADDED)
        items = held.items if isinstance(held, Seq) else []
        read = (_parameter(role, it, method) for it in items if isinstance(it, Object))
        found += [it for it in read if it is not None]
        value = value.receiver
    return unique(found)


def parsed_inputs(
    function: FunctionValue, facts: FileFacts, method: str, value_of: Callable[[Expr], Value]
) -> tuple[list[RouteParameter], list[str]]:
    """What `function`, that answers `method`, reads with parsers, and what those are called. Such
    as are made in it, or in the methods of its class, are known by how they are written."""
    found: list[RouteParameter] = []
    names: dict[str, None] = {}
    for owner in _parsers(function, facts):
        dotted = walk.dotted(owner)
        read = known_to(value_of(owner), method) or _written(function, facts, dotted, method)
        if read:
            names[dotted.rpartition(".")[2]] = None
        found += read
    return unique(found), list(names)


def _parsers(function: FunctionValue, facts: FileFacts) -> Iterator[Expr]:
    names = {name for role in roles().parsers.values() for name in role.parse}
    if not facts.may_call(names):
        return
    for expr in walk.deep_expressions(function.facts, facts):
        match expr:
            case code.Call(code.Member(owner, name)) if name in names and walk.dotted(owner):
                yield owner
            case _:
                pass


def _written(
    function: FunctionValue, facts: FileFacts, dotted: str, method: str
) -> list[RouteParameter]:
    names = {name for role in roles().parsers.values() for name in role.add}
    owner = function.owner
    own = (
        [it.facts for it in owner.scope.names.values() if isinstance(it, FunctionValue)]
        if owner
        else []
    )
    looked = own if dotted.startswith("self.") else [function.facts]
    return [
        read
        for looked_at in looked
        for expr in walk.deep_expressions(looked_at, facts)
        if isinstance(expr, code.Call)
        and isinstance(expr.function, code.Member)
        and expr.function.name in names
        and walk.dotted(expr.function.object) == dotted
        and (read := _as_written(expr, method))
    ]


def _as_written(call: code.Call, method: str) -> RouteParameter | None:
    given = {it.name: it.value for it in call.arguments if it.name}
    first = next((it.value for it in call.arguments if not it.name), given.get("name"))
    if not isinstance(first, code.Text):
        return None
    places = given.get("location")
    texts = [it.value for it in walk.inner(places) if isinstance(it, code.Text)] if places else []
    type_ = walk.type_text(given["type"]) if "type" in given else ""
    return RouteParameter(
        first.value, _location(texts, method), type_, given.get("required") == code.Constant("true")
    )


def _parameter(role: Parser, item: Object, method: str) -> RouteParameter | None:
    name = item.arguments.get((0, "name"))
    if not isinstance(name, Str) or not name.known:
        return None
    places = item.arguments.get(role.location) if role.location else None
    listed = places.items if isinstance(places, Seq) else [places]
    texts = [it.text for it in listed if isinstance(it, Str)]
    kind = item.arguments.get(("type",))
    type_ = kind.origin.rpartition(".")[2] if isinstance(kind, External) else ""
    required = item.arguments.get(("required",)) == Const(True)
    return RouteParameter(name.text, _location(texts, method), type_, required)


def _location(named: list[str], method: str) -> Location:
    default: Location = "query" if method in {"GET", "DELETE", "HEAD"} else "body"
    return next((PARTS[it] for it in named if it in PARTS), default)
