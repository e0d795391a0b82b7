"""Compares times: those that tests send, which lie far ahead, with now and with each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from backwright.recipes.generate_tests.values import Const, Outside, Part, Result, Test, Value

_NOW = datetime(2030, 1, 1, tzinfo=UTC)
"""Any moment before those that tests send, which begin with 2035."""

_CLOCKS = frozenset({"now", "utcnow", "today", "time", "Date"})


def moments(left: Value, right: Value) -> tuple[float, float] | None:
    """Both sides in seconds, where both are times or both are spans of time."""
    one, other = _moment(left), _moment(right)
    if one is None or other is None:
        one, other = _span(left), _span(right)
    if one is None or other is None:
        return None
    return one, other


def is_moment(value: Value) -> bool:
    return _moment(value) is not None


def _moment(value: Value) -> float | None:
    match value:
        case Const(str() as text):
            return _parsed(text)
        case Result(Outside("builtins.Date" | "builtins.Date.parse"), (first,)):
            return _moment(first)
        case Result(Part(of, "getTime" | "toISOString" | "valueOf"), ()):
            return _moment(of)
        case Result(Outside(origin), _) if origin.rpartition(".")[2] in _CLOCKS:
            return _NOW.timestamp()
        case Result(Part(Outside(), name), _) if name in _CLOCKS:
            return _NOW.timestamp()
        case _:
            return None


def _parsed(text: str) -> float | None:
    if len(text) < 10 or text[4:5] != "-":
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).timestamp()


def _span(value: Value) -> float | None:
    match value:
        case Test("-", (left, right)):
            one, other = _moment(left), _moment(right)
            return one - other if one is not None and other is not None else None
        case Result(Outside(origin), (), keywords) if origin.endswith("timedelta"):
            known = {name: it.value for name, it in keywords if isinstance(it, Const)}
            numbers = {name: it for name, it in known.items() if isinstance(it, int | float)}
            return timedelta(**numbers).total_seconds() if len(numbers) == len(keywords) else None
        case _:
            return None
