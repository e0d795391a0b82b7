"""The few methods of strings, lists and tables that paths and settings are made with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    FunctionValue,
    Map,
    ModuleValue,
    Object,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
    join,
)


class Runner(Protocol):
    """What is needed of the evaluator."""

    def attribute(self, owner: Value, name: str) -> Value: ...

    def iterated(self, value: Value) -> list[Value]: ...

    def settled(self, value: Value) -> Value: ...

    def call_function(self, function: FunctionValue, arguments: Arguments) -> Value: ...

    def named(self, importer: str, dotted: str) -> Value: ...


def method(
    evaluator: Runner, owner: Str | Seq | Map, name: str, arguments: Arguments, site: Site
) -> Value:
    """What a method of a string, a list or a table gives."""
    if isinstance(owner, Str):
        return _of_string(owner, name, arguments)
    if isinstance(owner, Seq):
        return _of_list(evaluator, owner, name, arguments)
    if name == "from_object":
        return _from_object(evaluator, owner, arguments, site)
    return _of_table(owner, name, arguments)


def _of_table(owner: Map, name: str, arguments: Arguments) -> Value:
    if name in {"items", "entries"}:
        return Seq([Seq([Str((key,)), value]) for key, value in owner.items.items()])
    if name == "values":
        return Seq(list(owner.items.values()))
    if name == "keys":
        return Seq([Str((key,)) for key in owner.items])
    if name in {"get", "setdefault", "pop"}:
        key = arguments.get((0,))
        found = owner.items.get(key.text) if isinstance(key, Str) and key.known else None
        return found or arguments.get((1,)) or Unknown()
    if name in {"set", "__setitem__"} and len(arguments.positional) == 2:
        key, value = arguments.positional
        if isinstance(key, Str) and key.known:
            owner.items[key.text] = value
        return owner
    if name in {"update", "from_mapping"}:
        for other in arguments.positional:
            if isinstance(other, Map):
                owner.items.update(other.items)
        owner.items.update(arguments.keywords)
    return Unknown()


def _from_object(evaluator: Runner, owner: Map, arguments: Arguments, site: Site) -> Value:
    """Settings taken from the upper-case names of a class, an instance or a module."""
    source = arguments.get((0,))
    if isinstance(source, Str) and source.known:
        source = evaluator.named(site.file, source.text)
    names: list[str] = []
    match source:
        case ModuleValue():
            names += source.scope.names
        case Object():
            names += source.attributes
            names += _names_of(source.class_)
        case ClassValue():
            names += _names_of(source)
        case _:
            owner.whole = False
    for name in names:
        if source is not None and name.isupper():
            owner.items[name] = evaluator.attribute(source, name)
    return Const(None)


def _names_of(class_: ClassValue | None) -> list[str]:
    lineage = class_.lineage() if class_ is not None else []
    return [name for it in lineage if isinstance(it, ClassValue) for name in it.scope.names]


def _of_string(owner: Str, name: str, arguments: Arguments) -> Value:
    if name == "concat":
        return join([owner, *arguments.positional])
    if name == "join" and isinstance(items := arguments.get((0,)), Seq):
        parts: list[Value] = []
        for item in items.items:
            parts += [owner, item] if parts else [item]
        return join(parts)
    if not owner.known:
        return owner
    if name == "format":
        return _format(owner.text, arguments)
    texts = [it.text for it in arguments.positional if isinstance(it, Str) and it.known]
    if name == "split" and texts:
        return Seq([Str((part,)) for part in owner.text.split(texts[0])]) if texts[0] else owner
    change = _CHANGES.get(name)
    changed = change(owner.text, texts) if change is not None else None
    return Str((changed,)) if changed is not None else Unknown()


def _replaced(text: str, given: list[str]) -> str | None:
    return text.replace(given[0], given[1]) if len(given) == 2 else None


def _without_prefix(text: str, given: list[str]) -> str | None:
    return text.removeprefix(given[0]) if given else None


def _without_suffix(text: str, given: list[str]) -> str | None:
    return text.removesuffix(given[0]) if given else None


_CHANGES: dict[str, Callable[[str, list[str]], str | None]] = {
    "strip": lambda text, given: text.strip(given[0] if given else None),
    "rstrip": lambda text, given: text.rstrip(given[0] if given else None),
    "lstrip": lambda text, given: text.lstrip(given[0] if given else None),
    "trim": lambda text, _: text.strip(),
    "lower": lambda text, _: text.lower(),
    "upper": lambda text, _: text.upper(),
    "title": lambda text, _: text.title(),
    "toLowerCase": lambda text, _: text.lower(),
    "toUpperCase": lambda text, _: text.upper(),
    "toString": lambda text, _: text,
    "replace": _replaced,
    "removeprefix": _without_prefix,
    "removesuffix": _without_suffix,
}


def _of_list(evaluator: Runner, owner: Seq, name: str, arguments: Arguments) -> Value:
    first = arguments.get((0,))
    if name in {"append", "push", "add"}:
        owner.items += arguments.positional
        return owner
    if name == "insert" and len(arguments.positional) == 2:
        owner.items.append(arguments.positional[1])
        return owner
    if name == "extend" and isinstance(first, Seq):
        owner.items += first.items
        return owner
    if name in {"concat", "flat"}:
        given = [evaluator.settled(it) for it in arguments.positional]
        more = [it for one in given for it in (one.items if isinstance(one, Seq) else [one])]
        return Seq(owner.items + more)
    if name == "join" and isinstance(first, Str):
        return _of_string(first, "join", Arguments([owner]))
    if name == "reduce" and isinstance(first, FunctionValue):
        return _reduced(evaluator, owner, first, arguments.positional[1:])
    if name in {"forEach", "map", "filter", "flatMap"} and isinstance(first, FunctionValue):
        results = [
            evaluator.call_function(first, Arguments([item, Const(at)]))
            for at, item in enumerate(evaluator.iterated(owner))
        ]
        return Seq(results) if name in {"map", "flatMap"} else owner
    return Unknown()


def _reduced(evaluator: Runner, owner: Seq, function: FunctionValue, start: list[Value]) -> Value:
    waiting = [*start[:1], *evaluator.iterated(owner)]
    result: Value = waiting.pop(0) if waiting else Unknown()
    for item in waiting:
        result = evaluator.call_function(function, Arguments([result, item]))
    return result


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
