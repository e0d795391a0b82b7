"""The decorators of controllers and of their methods, told apart by where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from backwright.index.evaluation.runner import Runner
from backwright.index.mounting.registrars import flat
from backwright.index.values import (
    Arguments,
    ClassValue,
    External,
    FunctionValue,
    Map,
    Object,
    Value,
)

MAX_DEPTH = 5


def decorations(
    target: ClassValue | FunctionValue, origins: tuple[str, ...], together: tuple[str, ...]
) -> list[Arguments]:
    """The arguments of each decorator of `target` that is one of `origins`, in their order."""
    found: list[Arguments] = []
    for value in _every(target.decorators, together):
        if isinstance(value, Object) and value.origin in origins:
            found.append(value.arguments)
        elif isinstance(value, External) and value.origin in origins:
            found.append(Arguments())
    return found


def of_class(
    class_: ClassValue, origins: tuple[str, ...], together: tuple[str, ...]
) -> list[Arguments]:
    """The same of a class; what it does not say is inherited."""
    for base in class_.lineage():
        if isinstance(base, ClassValue) and (found := decorations(base, origins, together)):
            return found
    return []


def methods(class_: ClassValue) -> dict[str, FunctionValue]:
    """The methods of a class by name, those of its bases too where it has no other."""
    found: dict[str, FunctionValue] = {}
    for base in class_.lineage():
        for name, value in base.scope.names.items() if isinstance(base, ClassValue) else ():
            if isinstance(value, FunctionValue):
                found.setdefault(name, value)
    return found


def meant(runner: Runner, value: Value | None, forward: tuple[str, ...]) -> Value | None:
    """What a value stands for: `forwardRef(() => CatsModule)`."""
    if value is None:
        return None
    value = runner.settled(value)
    if isinstance(value, Object) and value.origin in forward:
        function = value.arguments.get((0,))
        if isinstance(function, FunctionValue):
            return runner.settled(runner.call_function(function, Arguments()))
    return value


def entries(value: Value | None, name: str) -> list[Value]:
    """The list under a name of an object literal."""
    return flat([value.items.get(name)]) if isinstance(value, Map) else []


def origin_of(value: Value) -> str:
    """The name from outside of a class, an instance or what is derived from one."""
    match value:
        case ClassValue():
            return next((it.origin for it in value.lineage() if isinstance(it, External)), "")
        case Object() | External():
            return value.origin
        case _:
            return ""


def _every(decorators: list[Value], together: tuple[str, ...], depth: int = 0) -> Iterator[Value]:
    for value in decorators:
        if isinstance(value, Object) and value.origin in together and depth < MAX_DEPTH:
            yield from _every(flat(value.arguments.positional), together, depth + 1)
        else:
            yield value
