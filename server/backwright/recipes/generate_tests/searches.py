"""What kind of question a value asks: a search, a membership, the table of all that is sent."""

from __future__ import annotations

from backwright.recipes.generate_tests.execution.stores import store_of
from backwright.recipes.generate_tests.values import (
    BODY,
    Const,
    Kind,
    Listed,
    Made,
    Outside,
    Part,
    Result,
    Test,
    Value,
)


def search(value: Value) -> Value:
    """The search itself: `found[0] ?? null` asks whether anything was found."""
    while True:
        match value:
            case Test("in", (item, store)) if is_search(store):
                return Result(Part(store, "in"), (item,))
            case Test("??" | "or", (first, Const(None))):
                value = first
            case Part(of, name) if name.isdigit():
                value = of
            case _:
                return value


def is_search(value: Value) -> bool:
    return isinstance(value, Outside | Result | Part | Made | Kind)


def asks_membership(value: Result) -> bool:
    """Whether it is asked if something is in a collection that was put together on the way."""
    match value.function:
        case Part(of, "has" | "includes" | "some" | "every" | "any" | "all"):
            return store_of(value) != of
        case Outside("builtins.any" | "builtins.all"):
            return True
        case _:
            return False


def of_body(value: Value) -> bool:
    """Whether a value is the table of all that is sent."""
    match value:
        case Result(Part(of, "items" | "values"), ()):
            return of == BODY
        case Result(Outside("builtins.Object.entries" | "builtins.Object.values"), (of,)):
            return of == BODY
        case _:
            return False


def fixed(value: Value) -> bool:
    return isinstance(value, Const) or (
        isinstance(value, Listed) and all(isinstance(it, Const) for it in value.values)
    )
