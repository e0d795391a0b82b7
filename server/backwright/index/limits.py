"""How many requests a limiter lets through, in the words of its settings."""

from __future__ import annotations

import re

from backwright.index.conduct import Conducts
from backwright.index.frameworks import ArgumentPlace, Limiter, roles
from backwright.index.values import (
    Arguments,
    Const,
    FunctionValue,
    Map,
    Method,
    Object,
    Seq,
    Str,
    Value,
)

UNKNOWN_RATE = "limited"
"""For a limiter whose rate is not known."""

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))
_SECONDS = {
    "windowMs": 0.001,
    "timeWindow": 0.001,
    "ttl": 0.001,
    "duration": 0.001,
    "seconds": 1,
    "minutes": 60,
    "hours": 3_600,
}


def rate_of(value: Value, conducts: Conducts) -> str:
    """The rate that `value` allows, such as `5/minute`; "" when it is no limiter."""
    if isinstance(value, FunctionValue):
        return UNKNOWN_RATE if conducts.of(value).slows else ""
    if not isinstance(value, Object):
        return ""
    role = roles().limiters.get(value.origin)
    return _rate(value.arguments, role) if role is not None else ""


def lifts_limit(value: Value) -> bool:
    """Whether `value` frees a route from the limits above it: `@limiter.exempt`."""
    return isinstance(value, Method) and (
        f"{value.object.origin}().{value.name}" in roles().exempting
    )


def _rate(arguments: Arguments, role: Limiter) -> str:
    options = arguments.get((0,))
    keywords = dict(arguments.keywords)
    if isinstance(options, Map):  # rateLimit({ limit: 5, windowMs: 60_000 })
        keywords.update(options.items)
        arguments = Arguments([], keywords)
    limit = _first(arguments, role.limit)
    if isinstance(limit, Seq):
        texts = [it.text for it in limit.items if isinstance(it, Str) and it.known]
        return ";".join(texts)
    if isinstance(limit, Str):
        return limit.text or UNKNOWN_RATE
    if role.required and limit is None:
        return ""
    known = isinstance(limit, Const) and limit.value is not None
    count = str(limit.value) if known and isinstance(limit, Const) else UNKNOWN_RATE
    for place in role.window:
        window = arguments.keywords.get(str(place))
        if isinstance(window, Const) and isinstance(window.value, int | float):
            return f"{count}/{span(round(window.value * _SECONDS.get(str(place), 1)))}"
        if isinstance(window, Str) and window.known:  # timeWindow: "1 minute"
            return f"{count}/{_spoken(window.text)}"
    return count


def _spoken(text: str) -> str:
    """`minute` for "1 minute"."""
    return re.sub(r"^1 (\w+?)s?$", r"\1", text.strip())


def _first(arguments: Arguments, places: ArgumentPlace) -> Value | None:
    found = (arguments.get((place,)) for place in places)
    return next((it for it in found if it is not None), None)


def span(seconds: int) -> str:
    """`minute` for 60, `15 minutes` for 900."""
    for size, name in _UNITS:
        if seconds and seconds % size == 0:
            return name if seconds == size else f"{seconds // size} {name}s"
    return f"{seconds} seconds"
