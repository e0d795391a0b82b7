"""The ancestors of a class, those from outside by their origin."""

from __future__ import annotations

from backwright.index.evaluate import Evaluator
from backwright.index.frameworks import ArgumentPlace
from backwright.index.values import ClassValue, External, Method, Object, Unknown, Value

Ancestor = ClassValue | str
"""A class of the project, or the origin of one from outside: `sqlalchemy.orm.DeclarativeBase`."""


def lineage(
    class_: ClassValue, evaluator: Evaluator, extended: ArgumentPlace = ()
) -> list[Ancestor]:
    """The class and all its ancestors, nearest first, each once.

    `extended` is where a function that makes a base is handed the class which the base extends.
    """
    found: list[Ancestor] = []
    waiting: list[Value] = [class_]
    while waiting:
        value = evaluator.settled(waiting.pop(0))
        if isinstance(value, ClassValue):
            if value not in found:
                found.append(value)
                waiting = bases(value, evaluator) + waiting
            continue
        if (origin := origin_of(value)) and origin not in found:
            found.append(origin)
        made = value.object if isinstance(value, Method) else value
        if isinstance(made, Object) and (inner := made.arguments.get(extended)) is not None:
            waiting.insert(0, inner)
    return found


def bases(class_: ClassValue, evaluator: Evaluator) -> list[Value]:
    """The bases of a class; those that were not known when it was made may be by now, as in
    modules that import each other."""
    found = [evaluator.settled(it) for it in class_.bases]
    if not any(isinstance(it, Unknown) for it in found):
        return found
    written = [it.value for it in class_.facts.bases if not it.name]
    return [evaluator.eval_in(it, class_.file, class_.scope) for it in written]


def classes(ancestors: list[Ancestor]) -> list[ClassValue]:
    return [it for it in ancestors if isinstance(it, ClassValue)]


def origin_of(value: Value | None) -> str:
    """Where a value comes from: `module.name`, with `()` for what a call made of it."""
    match value:
        case External(origin):
            return origin
        case Object():
            return f"{value.origin}()" if value.origin else ""
        case Method():
            return f"{value.object.origin}().{value.name}"
        case _:
            return ""
