"""The few functions of the languages themselves that paths and tables are made with."""

from __future__ import annotations

import builtins
import operator as operator_functions
import posixpath
import re
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Protocol

from backwright.index.frameworks import roles
from backwright.index.values import (
    Arguments,
    Const,
    FunctionValue,
    Getter,
    Map,
    ModuleValue,
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
        "BigInt",
        "Boolean",
        "Buffer",
        "Date",
        "Map",
        "Set",
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


_MAX_SUBJECT = 100
_REPEATED_GROUP = re.compile(r"\)[*+{?]")


class Runner(Protocol):
    """What is needed of the evaluator."""

    def attribute(self, owner: Value, name: str) -> Value: ...

    def iterated(self, value: Value) -> list[Value]: ...


def is_builtin(name: str) -> bool:
    return name in _SCRIPT_GLOBALS or name in roles().globals or hasattr(builtins, name)


def call(evaluator: Runner, origin: str, arguments: Arguments) -> Value | None:
    """What a function from outside gives for `arguments`, None when nothing is known of it."""
    if origin in _SETTINGS:
        return arguments.get((1, "default"))
    function = _FUNCTIONS.get(origin)
    return function(evaluator, arguments) if function is not None and arguments.positional else None


def arithmetic(operator: str, values: Sequence[Value]) -> Value:
    """Numbers put together, and `"…%s" % value`."""
    if operator == "%" and isinstance(values[0], Str):
        return _percent(values[0], values[1])
    numbers = [
        it.value for it in values if isinstance(it, Const) and isinstance(it.value, int | float)
    ]
    calculate = _ARITHMETIC.get(operator)
    if calculate is None or len(numbers) != len(values) or not numbers:
        return Unknown()
    try:
        return Const(reduce(calculate, numbers))
    except ArithmeticError:
        return Unknown()


def default_of(value: Object) -> Value | None:
    """The default of a settings field such as `Field("/api")`."""
    if value.origin in _FIELDS:
        return value.arguments.get((0, "default"))
    return None


def _percent(text: Str, value: Value) -> Value:
    values = list(value.items) if isinstance(value, Seq) else [value]
    pieces = text.text.split("%s")
    parts: list[Value] = [Str((pieces[0],))]
    for piece in pieces[1:]:
        parts += [values.pop(0) if values else Unknown(), Str((piece,))]
    return join(parts)


def _substituted(values: list[Value]) -> Value:
    """`re.sub` of short texts; a pattern that repeats a group may take very long and is not run."""
    texts = [it.text for it in values if isinstance(it, Str) and it.known]
    if len(texts) != 3 or len(texts[2]) > _MAX_SUBJECT or _REPEATED_GROUP.search(texts[0]):
        return Unknown()
    try:
        return Str((re.sub(texts[0], texts[1], texts[2]),))
    except (re.error, IndexError):
        return Unknown()


def _last(_: Runner, arguments: Arguments) -> Value:
    return arguments.positional[-1]


def _first(_: Runner, arguments: Arguments) -> Value:
    return arguments.positional[0]


def _from_entries(_: Runner, arguments: Arguments) -> Value:
    given = arguments.get((0,))
    made = Map(whole=isinstance(given, Seq))
    for pair in given.items if isinstance(given, Seq) else ():
        match pair:
            case Seq([Str() as key, value]) if key.known:
                made.items[key.text] = value
            case _:
                made.whole = False
    return made


def _entries(_: Runner, arguments: Arguments) -> Value | None:
    table = arguments.positional[0]
    if not isinstance(table, Map):
        return None
    return Seq([Seq([Str((key,)), value]) for key, value in table.items.items()])


def _values(_: Runner, arguments: Arguments) -> Value | None:
    table = arguments.positional[0]
    if isinstance(table, ModuleValue):  # import * as controllers
        return Seq(list(table.exported.values()))
    return Seq(list(table.items.values())) if isinstance(table, Map) else None


def _iterated(evaluator: Runner, arguments: Arguments) -> Value | None:
    over = arguments.positional[0]
    return Seq(evaluator.iterated(over)) if isinstance(over, Seq | Map) else None


def _assign(_: Runner, arguments: Arguments) -> Value | None:
    target, *others = arguments.positional
    if not isinstance(target, Map):
        return target
    for other in others:
        if isinstance(other, Map):
            target.items.update(other.items)
    return target


def _define_property(_: Runner, arguments: Arguments) -> Value | None:
    """`Object.defineProperty(exports, "name", { get: () => … })`, as compilers write exports."""
    target, key, described = (arguments.get((at,)) for at in range(3))
    if not (isinstance(target, Map) and isinstance(key, Str) and isinstance(described, Map)):
        return target
    getter = described.items.get("get")
    if isinstance(getter, FunctionValue):
        target.items[key.text] = Getter(getter)
    elif "value" in described.items:
        target.items[key.text] = described.items["value"]
    return target


def _getattr(evaluator: Runner, arguments: Arguments) -> Value | None:
    name = arguments.get((1,))
    if not isinstance(name, Str) or not name.known:
        return Unknown()
    return evaluator.attribute(arguments.positional[0], name.text)


def _enumerate(_: Runner, arguments: Arguments) -> Value | None:
    over = arguments.positional[0]
    if not isinstance(over, Seq):
        return None
    return Seq([Seq([Const(at), item]) for at, item in enumerate(over.items)])


def _zip(_: Runner, arguments: Arguments) -> Value | None:
    rows = [it.items for it in arguments.positional if isinstance(it, Seq)]
    if len(rows) != len(arguments.positional):
        return None
    return Seq([Seq(list(row)) for row in zip(*rows, strict=False)])


def _path_join(_: Runner, arguments: Arguments) -> Value:
    texts = [it.text for it in arguments.positional if isinstance(it, Str) and it.known]
    if len(texts) != len(arguments.positional):
        return Unknown()
    return Str((posixpath.normpath("/".join(texts)),))


def _dirname(_: Runner, arguments: Arguments) -> Value:
    path = arguments.positional[0]
    if not isinstance(path, Str) or not path.known:
        return Unknown()
    return Str((posixpath.dirname(path.text) or ".",))


def _url(runner: Runner, arguments: Arguments) -> Value | None:
    """`new URL("./routes", import.meta.url)`, as the path that it stands for."""
    path, base = arguments.positional[0], arguments.get((1,))
    if base is None or not isinstance(path, Str) or not path.text.startswith("."):
        return None
    return _path_join(runner, Arguments([_dirname(runner, Arguments([base])), path]))


def _re_sub(_: Runner, arguments: Arguments) -> Value:
    return _substituted(arguments.positional)


_Function = Callable[[Runner, Arguments], Value | None]
_FUNCTIONS: dict[str, _Function] = {
    "builtins.str": _last,
    "builtins.String": _last,
    "builtins.list": _last,
    "builtins.tuple": _last,
    "builtins.dict": _last,
    "typing.cast": _last,
    "django.utils.translation.gettext": _first,
    "django.utils.translation.gettext_lazy": _first,
    "django.utils.translation.pgettext_lazy": _last,
    "rest_framework.urlpatterns.format_suffix_patterns": _first,
    "copy.copy": _first,
    "copy.deepcopy": _first,
    "builtins.Object.freeze": _first,
    "builtins.Object.assign": _assign,
    "builtins.Object.defineProperty": _define_property,
    "builtins.Object.entries": _entries,
    "builtins.Object.values": _values,
    "builtins.Object.keys": _iterated,
    "builtins.Object.fromEntries": _from_entries,
    "builtins.sorted": _iterated,
    "builtins.reversed": _iterated,
    "builtins.getattr": _getattr,
    "builtins.enumerate": _enumerate,
    "builtins.zip": _zip,
    "re.sub": _re_sub,
    "path.join": _path_join,
    "path.posix.join": _path_join,
    "path.resolve": _path_join,
    "path.dirname": _dirname,
    "url.fileURLToPath": _first,
    "builtins.URL": _url,
    "posixpath.join": _path_join,
    "os.path.join": _path_join,
}
_ARITHMETIC: dict[str, Callable[[int | float, int | float], int | float]] = {
    "+": operator_functions.add,
    "-": operator_functions.sub,
    "*": operator_functions.mul,
    "/": operator_functions.truediv,
}
