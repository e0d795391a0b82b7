"""Chains of calls such as `varchar("name").notNull()`: the first call, then the rest."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.index.models.vocabulary import Names, origin_name
from backwright.index.values import Const, Map, Object, Str, Value

_MAX_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Chain:
    """`root` is the call that begins it, `calls` those of methods on it, in order."""

    root: Object
    calls: list[Object]

    def call(self, names: Names) -> Object | None:
        """The last call of one of the methods."""
        return next((it for it in reversed(self.calls) if origin_name(it.origin) in names), None)


def chain(value: Value | None, starts: Names = ()) -> Chain | None:
    """The chain that ends in `value`. It begins with the call of a function, or of one of the
    methods in `starts`."""
    calls: list[Object] = []
    while isinstance(value, Object) and len(calls) < _MAX_LENGTH:
        if value.receiver is None or origin_name(value.origin) in starts or _is_result(value):
            return Chain(value, calls[::-1])
        calls.append(value)
        value = value.receiver
    return None


def _is_result(value: Object) -> bool:
    """Whether what is called is itself the result of a call: `roles("role")`."""
    return value.origin.endswith("()")


def text_option(value: Value | None, name: str) -> str:
    found = value.items.get(name) if isinstance(value, Map) else None
    return found.text if isinstance(found, Str) and found.known else ""


def flag(value: Value | None, name: str) -> bool | None:
    """A boolean option, None when it is not said."""
    found = value.items.get(name) if isinstance(value, Map) else None
    known = isinstance(found, Const) and isinstance(found.value, bool)
    return bool(found.value) if known and isinstance(found, Const) else None
