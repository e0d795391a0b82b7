"""What stands around a handler: the functions that it was passed through."""

from __future__ import annotations

from backwright.index.values import FunctionValue, Object, Value

MAX_WRAPPERS = 5


def unwrapped(answering: Value) -> list[Value]:
    """What answers, the outermost wrapper first and the handler last: `wrap(check(handler))`."""
    layers = [answering]
    while len(layers) <= MAX_WRAPPERS:
        inner = _inside(layers[-1])
        if inner is None:
            break
        layers.append(inner)
    return layers


def _inside(value: Value) -> Value | None:
    """The function that a wrapper was given."""
    if isinstance(value, FunctionValue):
        return value.wrapped
    if not isinstance(value, Object):
        return None
    passed = [it for it in value.arguments.positional if isinstance(it, FunctionValue | Object)]
    return passed[-1] if passed else None
