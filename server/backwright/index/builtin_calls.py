"""The few functions and methods of the languages themselves that paths and tables are made with."""

from __future__ import annotations

import builtins
import posixpath
from collections.abc import Sequence
from typing import Protocol

from backwright.index.frameworks import roles
from backwright.index.values import (
    Arguments,
    Const,
    FunctionValue,
    Map,
    Object,
    Seq,
    Str,
    Unknown,
    Value,
    join,
)

_SCRIPT_GLOBALS = frozenset(
    {
        "process",
        "Object",
        "Array",
        "String",
        "Number",
        "JSON",
        "Promise",
        "console",
        "globalThis",
        "fetch",
        "URL",
    }
)
_SETTINGS = frozenset(
    {
        "os.getenv",
        "os.environ.get",
        "os.environ.setdefault",
        "decouple.config",
        "environs.Env().str",
        "starlette.config.Config()",
    }
)
_FIELDS = frozenset(
    {"pydantic.Field", "pydantic.fields.Field", "dataclasses.field", "sqlmodel.Field", "attr.ib"}
)


class Runner(Protocol):
    """What is needed of the evaluator."""

    def attribute(self, owner: Value, name: str) -> Value: ...

    def iterated(self, value: Value) -> list[Value]: ...

    def call_function(self, function: FunctionValue, arguments: Arguments) -> Value: ...


def is_builtin(name: str) -> bool:
    return name in _SCRIPT_GLOBALS or name in roles().globals or hasattr(builtins, name)


def call(evaluator: Runner, origin: str, arguments: Arguments) -> Value | None:
    """What a function from outside gives for `arguments`, None when nothing is known of it."""
    if origin in _SETTINGS:
        return arguments.get((1, "default"))
    first = arguments.get((0,))
    if first is None:
        return None
    if origin in {
        "builtins.str",
        "builtins.String",
        "typing.cast",
        "builtins.list",
        "builtins.tuple",
    }:
        return arguments.positional[-1]
    if origin == "builtins.Object.entries" and isinstance(first, Map):
        return Seq([Seq([Str((key,)), value]) for key, value in first.items.items()])
    if origin == "builtins.Object.values" and isinstance(first, Map):
        return Seq(list(first.items.values()))
    if origin in {"builtins.Object.keys", "builtins.sorted", "builtins.reversed"}:
        return Seq(evaluator.iterated(first)) if isinstance(first, Seq | Map) else None
    if origin == "builtins.Object.freeze":
        return first
    if origin == "builtins.getattr":
        name = arguments.get((1,))
        return (
            evaluator.attribute(first, name.text) if isinstance(name, Str) and name.known else None
        )
    if origin == "builtins.enumerate" and isinstance(first, Seq):
        return Seq([Seq([Const(at), item]) for at, item in enumerate(first.items)])
    if origin in {"path.join", "path.posix.join", "posixpath.join", "os.path.join"}:
        return _path_join(arguments.positional)
    return None


def method(evaluator: Runner, owner: Str | Seq | Map, name: str, arguments: Arguments) -> Value:
    """A method of a string, a list or a table."""
    if isinstance(owner, Str):
        return _string_method(owner, name, arguments)
    if isinstance(owner, Map):
        pairs = owner.items.items()
        if name in {"items", "entries"}:
            return Seq([Seq([Str((key,)), value]) for key, value in pairs])
        if name == "values":
            return Seq(list(owner.items.values()))
        if name == "keys":
            return Seq([Str((key,)) for key in owner.items])
        if name == "get":
            key = arguments.get((0,))
            found = owner.items.get(key.text) if isinstance(key, Str) and key.known else None
            return found or arguments.get((1,)) or Unknown()
        if name == "update" and isinstance(other := arguments.get((0,)), Map):
            owner.items.update(other.items)
        return Unknown()
    return _list_method(evaluator, owner, name, arguments)


def arithmetic(operator: str, values: Sequence[Value]) -> Value:
    """Numbers put together, and `"…%s" % value`."""
    if operator == "%" and isinstance(values[0], Str):
        return _percent(values[0], values[1])
    numbers = [
        it.value for it in values if isinstance(it, Const) and isinstance(it.value, int | float)
    ]
    if len(numbers) != len(values) or not numbers:
        return Unknown()
    result = numbers[0]
    for number in numbers[1:]:
        if operator == "*":
            result = result * number
        elif operator == "+":
            result = result + number
        elif operator == "-":
            result = result - number
        elif operator == "/" and number:
            result = result / number
        else:
            return Unknown()
    return Const(result)


def default_of(value: Object) -> Value | None:
    """The default of a settings field such as `Field("/api")`."""
    if value.origin in _FIELDS:
        return value.arguments.get((0, "default"))
    return None


def _string_method(owner: Str, name: str, arguments: Arguments) -> Value:
    texts = [it.text for it in arguments.positional if isinstance(it, Str) and it.known]
    if name == "concat":
        return join([owner, *arguments.positional])
    if name == "join" and isinstance(items := arguments.get((0,)), Seq):
        parts: list[Value] = []
        for item in items.items:
            parts += [owner, item] if parts else [item]
        return join(parts)
    if not owner.known:
        return owner
    text = owner.text
    if name == "format":
        return _format(text, arguments)
    if name in {"strip", "rstrip", "lstrip"}:
        return Str((getattr(text, name)(texts[0] if texts else None),))
    if name in {"lower", "upper", "title"}:
        return Str((getattr(text, name)(),))
    if name in {"toLowerCase", "toUpperCase", "trim"}:
        changed = {"toLowerCase": text.lower(), "toUpperCase": text.upper(), "trim": text.strip()}
        return Str((changed[name],))
    if name == "replace" and len(texts) == 2:
        return Str((text.replace(*texts),))
    if name == "split" and texts:
        return Seq([Str((part,)) for part in text.split(texts[0])])
    return Unknown()


def _list_method(evaluator: Runner, owner: Seq, name: str, arguments: Arguments) -> Value:
    first = arguments.get((0,))
    if name in {"append", "push", "add"}:
        owner.items += arguments.positional
        return owner
    if name == "extend" and isinstance(first, Seq):
        owner.items += first.items
        return owner
    if name in {"concat", "flat"}:
        more = [it for value in arguments.positional for it in evaluator.iterated(value)]
        return Seq(owner.items + more)
    if name == "join" and isinstance(first, Str):
        return _string_method(first, "join", Arguments([owner]))
    if name in {"forEach", "map", "filter"} and isinstance(first, FunctionValue):
        results = [
            evaluator.call_function(first, Arguments([item, Const(at)]))
            for at, item in enumerate(evaluator.iterated(owner))
        ]
        return Seq(results) if name == "map" else owner
    return Unknown()


def _format(text: str, arguments: Arguments) -> Value:
    parts: list[Value] = []
    rest, position = text, 0
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, _, rest = rest.partition("}")
        parts.append(Str((before,)))
        key: int | str = name.partition(":")[0]
        if not key:
            key, position = position, position + 1
        elif str(key).isdigit():
            key = int(key)
        parts.append(arguments.get((key,)) or Unknown())
    return join([*parts, Str((rest,))])


def _percent(text: Str, value: Value) -> Value:
    values = list(value.items) if isinstance(value, Seq) else [value]
    pieces = text.text.split("%s")
    parts: list[Value] = [Str((pieces[0],))]
    for piece in pieces[1:]:
        parts += [values.pop(0) if values else Unknown(), Str((piece,))]
    return join(parts)


def _path_join(values: list[Value]) -> Value:
    if all(isinstance(it, Str) and it.known for it in values):
        texts = [it.text for it in values if isinstance(it, Str)]
        return Str((posixpath.normpath("/".join(texts)),))
    return Unknown()
