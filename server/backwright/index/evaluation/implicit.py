"""What is particular to Ruby: calls without a receiver are methods of `self`, blocks are arguments,
constants are found without an import, and what looks like a member may be a call."""

from __future__ import annotations

from backwright.facts import code, walk
from backwright.facts.code import Parameter
from backwright.index.evaluation.runner import MAX_NESTING, Frame, Runner
from backwright.index.models.plurals import plural, singular
from backwright.index.values import (
    Arguments,
    Const,
    External,
    FunctionValue,
    Map,
    Object,
    Scope,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
)

PAIR = "=>"

_UNITS = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "week": 604_800,
    "fortnight": 1_209_600,
    "month": 2_629_746,
    "year": 31_556_952,
}


def name(runner: Runner, name_: str, frame: Frame) -> Value:
    """What a name means that no scope binds."""
    if name_ == "self":
        return frame.scope.this or Unknown()
    plain = name_.removeprefix("::")
    if plain[:1].isupper():
        found = _constant(runner, plain, frame)
        return found if found is not None else External(plain)
    return Unknown()


def member(runner: Runner, expr: code.Member, frame: Frame) -> Value:
    """`Api::VERSIONS`, `list.first`, `5.minutes`, `table[:key]`."""
    dotted = walk.dotted(expr)
    if dotted and all(part[:1].isupper() for part in dotted.split(".")):
        found = _constant(runner, dotted.replace(".", "::").removeprefix("::"), frame)
        if found is not None:
            return found
    owner = runner.settled(runner.eval(expr.object, frame))
    if isinstance(owner, Str | Seq | Const | Map):
        known = method(runner, owner, expr.name, Arguments())
        if not isinstance(known, Unknown) or not isinstance(owner, Map):
            return known
    return runner.attribute(owner, expr.name)


def call(runner: Runner, expr: code.Call, frame: Frame, arguments: Arguments, site: Site) -> Value:
    function = expr.function
    if isinstance(function, code.Name):
        return _call_plain(runner, function.name, frame, arguments, site)
    if not isinstance(function, code.Member):
        return runner.call_value(runner.eval(function, frame), arguments, site)
    owner = runner.settled(runner.eval(function.object, frame))
    if isinstance(owner, Str | Seq | Const | Map):
        return method(runner, owner, function.name, arguments)
    if isinstance(owner, External):
        known = runner.observer.method_of(owner.origin, function.name)
        if known is not None and runner.module(known.file) is not None:
            return runner.call_function(known, arguments)
    found = runner.attribute(owner, function.name)
    return runner.call_value(found, arguments, site)


def _call_plain(
    runner: Runner, name_: str, frame: Frame, arguments: Arguments, site: Site
) -> Value:
    """A call without a receiver: of what the name is bound to, else a method of `self`."""
    bound = frame.scope.find(name_)
    this = frame.scope.this
    if bound is not None:
        value = runner.settled(bound)
        if isinstance(value, FunctionValue):
            if value.this is None and this is not None and value.facts.name:
                value = value.bound(this)
            return runner.call_value(value, arguments, site)
        return value
    if name_ in {"lambda", "proc"}:
        return arguments.keywords.get("&", Unknown())
    if not isinstance(this, Object):
        return Unknown()
    return runner.call_value(runner.attribute(this, name_), arguments, site)


def pair(values: list[Value], frame: Frame) -> Value:
    """An entry whose key is no literal, kept as an object of both."""
    return Object(PAIR, Arguments(values), Site(frame.module.file, 0, 0, 0))


def bind_block(
    parameters: list[Parameter],
    waiting: list[Value],
    keywords: dict[str, Value],
    names: dict[str, Value],
) -> list[Parameter]:
    """Binds the block that a function is given, and options to its last parameter; the parameters
    that are left."""
    block = keywords.pop("&", None)
    if block is not None:
        names["yield"] = block
    left: list[Parameter] = []
    for parameter in parameters:
        if parameter.kind == "&":
            names[parameter.name] = block or Const(None)
        else:
            left.append(parameter)
    known = {it.name for it in left}
    open_ = [it for it in left if not it.kind]
    takes_rest = any(it.kind == "**" for it in left)
    if keywords and not takes_rest and known.isdisjoint(keywords) and len(waiting) < len(open_):
        waiting.append(Map(dict(keywords)))
        keywords.clear()
    if len(waiting) == 1 and isinstance(waiting[0], Seq) and len(open_) > 1:
        waiting[:] = waiting[0].items  # |name, path| of a pair
    return left


def method(runner: Runner, owner: Value, name_: str, arguments: Arguments) -> Value:
    """The few methods of literals that routes and settings are made with."""
    if isinstance(owner, Const):
        return _of_number(owner, name_)
    if isinstance(owner, Str):
        return _of_string(owner, name_, arguments)
    block = arguments.keywords.get("&")
    if isinstance(block, FunctionValue):
        return _looped(runner, owner, name_, block)
    if name_ in {"freeze", "to_a", "to_h", "dup", "compact", "uniq", "flatten", "sort", "each"}:
        return owner
    if isinstance(owner, Map):
        return _of_table(owner, name_, arguments)
    if isinstance(owner, Seq):
        if name_ in {"first", "last"} and owner.items:
            return owner.items[0 if name_ == "first" else -1]
        if name_ == "join":
            return _joined_with(owner, arguments)
        if name_ in {"+", "concat", "push", "<<"}:
            more = [
                x
                for it in arguments.positional
                for x in (it.items if isinstance(it, Seq) else [it])
            ]
            return Seq([*owner.items, *more])
    return Unknown()


def _joined_with(owner: Seq, arguments: Arguments) -> Value:
    given = arguments.get((0,))
    between = given.text if isinstance(given, Str) else ""
    texts = [it.text for it in owner.items if isinstance(it, Str) and it.known]
    return Str((between.join(texts),)) if len(texts) == len(owner.items) else Str((None,))


def _of_number(owner: Const, name_: str) -> Value:
    size = _UNITS.get(name_.removesuffix("s"))
    if size is not None and isinstance(owner.value, int | float):
        return Const(owner.value * size)
    return (
        owner
        if name_ in {"to_i", "seconds"}
        else Str((str(owner.value),))
        if name_ == "to_s"
        else Unknown()
    )


def _of_string(owner: Str, name_: str, arguments: Arguments) -> Value:
    if name_ in {"to_s", "to_sym", "freeze", "strip", "html_safe", "presence"}:
        return owner
    if not owner.known:
        return Str((None,))
    changed = {
        "pluralize": plural,
        "singularize": singular,
        "downcase": str.lower,
        "upcase": str.upper,
        "underscore": lambda it: it.replace("::", "/").replace("-", "_").lower(),
        "dasherize": lambda it: it.replace("_", "-"),
        "capitalize": str.capitalize,
    }.get(name_)
    if changed is not None:
        return Str((changed(owner.text),))
    texts = [it.text for it in arguments.positional if isinstance(it, Str)]
    if name_ in {"tr", "gsub", "sub"} and len(texts) == 2:
        return Str((owner.text.replace(texts[0], texts[1]),))
    if name_ == "split":
        return Seq([Str((it,)) for it in owner.text.split(texts[0] if texts else None)])
    return Str((None,))


def _of_table(owner: Map, name_: str, arguments: Arguments) -> Value:
    if name_ == "keys":
        return Seq([Str((key,)) for key in owner.items])
    if name_ == "values":
        return Seq(list(owner.items.values()))
    if name_ == "merge":
        items = dict(owner.items)
        for other in arguments.positional:
            items.update(other.items if isinstance(other, Map) else {})
        items.update({key: it for key, it in arguments.keywords.items() if key != "&"})
        return Map(items)
    if name_ in {"fetch", "[]", "dig"} and isinstance(key := arguments.get((0,)), Str):
        return owner.items.get(key.text, Unknown())
    return Unknown()


def _looped(runner: Runner, owner: Value, name_: str, block: FunctionValue) -> Value:
    if isinstance(owner, Map):
        entries: list[list[Value]] = [[Str((key,)), it] for key, it in owner.items.items()]
    elif isinstance(owner, Seq):
        entries = [[it] for it in runner.iterated(owner)]
    else:
        entries = [[Unknown()]]
    if name_ in {"each_with_index", "each_with_object", "map.with_index"}:
        entries = [[*entry, Const(at)] for at, entry in enumerate(entries)]
    results = [runner.call_function(block, Arguments(entry)) for entry in entries]
    return Seq(results) if name_ in {"map", "flat_map", "collect"} else owner


def _constant(runner: Runner, written: str, frame: Frame) -> Value | None:
    found = runner.observer.constant(written, frame.module.file)
    if found is None or runner.nesting >= MAX_NESTING:
        return None
    facts, expr = found
    runner.nesting += 1
    home = runner.module(facts.path)
    value = (
        runner.eval(expr, Frame(home, Scope(facts.path, home.scope))) if home is not None else None
    )
    runner.nesting -= 1
    return value
