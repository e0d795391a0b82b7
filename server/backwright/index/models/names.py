"""The names of tables that a class makes from its own name, as far as they can be worked out."""

from __future__ import annotations

import re
from collections.abc import Callable

from backwright.index.values import Object, Str, Value

_MAX_SUBJECT = 100
_REPEAT = re.compile(r"[*+{]")
_MAX_REPEATS = 3
_REPEATED_GROUP = re.compile(r"\)[*+{?]")
_CASES: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "strip": str.strip,
    "casefold": str.casefold,
}


def text_of(value: Value | None, depth: int = 0) -> str:
    """The string that `value` is: `PATTERN.sub("_", name).lower()` too; "" when it is not known."""
    if isinstance(value, Str):
        return value.text if value.known else ""
    if not isinstance(value, Object) or depth > 6:
        return ""
    name = value.origin.rpartition(".")[2]
    if value.origin == "re.compile().sub" and value.receiver is not None:
        pattern = value.receiver.arguments.get((0, "pattern"))
        return _substituted([pattern, *value.arguments.positional], depth)
    if value.origin == "re.sub":
        return _substituted(list(value.arguments.positional), depth)
    if name in _CASES and value.receiver is not None:
        return _CASES[name](text_of(value.receiver, depth + 1))
    return ""


def snake(name: str) -> str:
    """`UserProfile` → `user_profile`, as Flask-SQLAlchemy does it."""
    name = re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\1", name)
    return name.lower().lstrip("_")


def _substituted(values: list[Value | None], depth: int) -> str:
    """A pattern that repeats a group may take very long on some texts, so none of those is run."""
    pattern, replacement, subject = [text_of(it, depth + 1) for it in (values + [None] * 3)[:3]]
    repeats = len(_REPEAT.findall(pattern))
    if len(subject) > _MAX_SUBJECT or repeats > _MAX_REPEATS or _REPEATED_GROUP.search(pattern):
        return ""
    try:
        return re.sub(pattern, replacement, subject)
    except (re.error, IndexError):
        return ""
