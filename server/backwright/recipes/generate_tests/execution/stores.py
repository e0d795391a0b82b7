"""What values are stores, tables and lists, as far as runs need to tell."""

from __future__ import annotations

from backwright.recipes.generate_tests.state import State
from backwright.recipes.generate_tests.values import (
    BODY,
    NONE,
    Const,
    Each,
    Given,
    Listed,
    Made,
    Outside,
    Part,
    Result,
    Test,
    Value,
    mentioned,
)


def store_of(value: Value) -> Value | None:
    """The store that a chain of calls begins with: `rows` of `[...rows.values()].filter(…)[0]`."""
    match value:
        case Result(Part(of, _)) | Each(of):
            return store_of(of)
        case Result(Outside(origin), (first, *_)) if origin.startswith(("builtins.", "each")):
            return store_of(first)
        case Result(Outside("each"), (_, over)):
            return store_of(over)
        case Result(Outside()):
            return value
        case Part(of, name):
            inner = store_of(of)
            if isinstance(of, Made) or (isinstance(of, Result) and of == inner):
                return value
            return inner if name.isdigit() else None  # an attribute of what was found
        case Listed((first, *_)) | Test("spread", (first,)) | Test("??" | "or", (first, *_)):
            return store_of(first)
        case Outside(origin) if ":" in origin:
            return value
        case _:
            return None


def is_store(value: Value) -> bool:
    """Whether a list or dict is there to be filled: empty, or with records in it."""
    match value:
        case Listed(values):
            return all(isinstance(it, Made) for it in values)
        case Made("", fields, ()):
            return all(isinstance(it, Made) for _, it in fields)
        case Result(Outside("builtins.Map" | "builtins.Set" | "builtins.dict" | "builtins.list")):
            return not value.keywords
        case _:
            return False


def keeps(value: Value) -> bool:
    """Whether a value is a store of the project: what is put in stays there."""
    return isinstance(value, Outside) or (isinstance(value, Part) and isinstance(value.of, Made))


def is_record(value: Value) -> bool:
    """Whether `.get("name")` reads a field of it rather than looking something up."""
    if isinstance(value, Made):
        return not value.class_
    return isinstance(value, Given | Part | Result | Each)


def elements(value: Value) -> list[Value] | None:
    match value:
        case Listed(values):
            return list(values)
        case Made("", fields, ()):
            return [Const(name) for name, _ in fields]
        case Result(Part(of, "items"), ()):
            if isinstance(of, Made) and not of.rest and not of.class_:
                return [Listed((Const(name), it)) for name, it in of.fields]
            return None
        case Result(Outside("builtins.Object.entries"), (Made("", fields, ()),)):
            return [Listed((Const(name), it)) for name, it in fields]
        case Result(Outside("builtins.Object.keys"), (Made("", fields, ()),)):
            return [Const(name) for name, _ in fields]
        case _:
            return None


def spread(value: Value, fields: list[tuple[str, Value]], rest: list[Value]) -> None:
    if isinstance(value, Made) and not value.class_:
        known = {name for name, _ in value.fields}
        fields[:] = [it for it in fields if it[0] not in known]
        fields += value.fields
        rest += value.rest
    elif value != NONE:
        rest.append(value)


def last_written(owner: Value, name: str, state: State) -> Value | None:
    """The value that was set last on the object under that name."""
    for held, at, value in reversed(state.writes):
        if held != owner:
            continue
        if at == name:
            return value
        if at == "*":
            whole = value.of if isinstance(value, Each) else value
            whole = next((it for it in mentioned(whole) if it == BODY), whole)
            if whole == BODY:
                return Part(BODY, name)
    return None
