"""Who the tests are: credentials, what they hold, and what tells two people apart."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace

from backwright.recipes.generate_tests.values import (
    BODY,
    Const,
    Made,
    Outside,
    Part,
    Result,
    Unknown,
    Value,
    inputs,
    mentioned,
)

_IDS = frozenset({"id", "_id", "uuid"})


def identified(value: Made, label: str) -> Made:
    """The thing as one of its own: an id that the project counts up says nothing, so that only
    whose it is tells two of them apart."""
    known = tuple(
        (name, it) for name, it in value.fields if name not in _IDS or isinstance(it, Const)
    )
    number = zlib.crc32(label.encode())
    return replace(value, fields=known, rest=(Unknown(number),), site=number)


def with_persons(value: Value, label: str) -> Value:
    """A credential with the people in it identified."""
    if not isinstance(value, Made) or value.class_:
        return value
    fields = tuple(
        (name, identified(it, label) if isinstance(it, Made) and is_person(it) else it)
        for name, it in value.fields
    )
    return replace(value, fields=fields)


def is_person(value: Value) -> bool:
    return isinstance(value, Made) and any(
        value.get(it) is not None for it in ("email", "role", "username", "passwordHash")
    )


def compares_secrets(value: Result) -> bool:
    name = ""
    if isinstance(value.function, Outside):
        name = value.function.origin.rpartition(".")[2]
    elif isinstance(value.function, Part):
        name = value.function.name
    return re.search(r"verify|compare|check|equal", name, re.IGNORECASE) is not None and any(
        isinstance(it, Part) and it.of == BODY and "pass" in it.name.lower()
        for argument in value.arguments
        for it in mentioned(argument)
    )


def reads_token(value: Result) -> bool:
    name = ""
    match value.function:
        case Outside(origin):
            name = origin.rpartition(".")[2]
        case Part(_, method):
            name = method
        case _:
            pass
    takes = any(it.where == "credential" for argument in value.arguments for it in inputs(argument))
    return takes and name.lower() in {"decode", "verify", "loads", "verify_token"}


def claims(credential: Value) -> Value | None:
    """What a token holds that the test makes itself."""
    for part in mentioned(credential):
        if isinstance(part, Result) and part.arguments and isinstance(part.arguments[0], Made):
            name = ""
            if isinstance(part.function, Outside):
                name = part.function.origin.rpartition(".")[2]
            elif isinstance(part.function, Part):
                name = part.function.name
            if name in {"encode", "sign", "dumps", "create_access_token"}:
                return part.arguments[0]
    return None
