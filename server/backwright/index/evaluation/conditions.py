"""Conditions that are known: what a function asks of the arguments that it is given.

Both sides of a condition are run as a rule, since settings decide at run time. A helper that is
called with `"list"` and compares that with a text takes one side only.
"""

from __future__ import annotations

from backwright.facts import code
from backwright.facts.code import Expr
from backwright.index.evaluation.runner import Frame, Runner
from backwright.index.values import Const, Seq, Str, Value

_EQUAL = {"==": True, "===": True, "!=": False, "!==": False}
_WITHIN = {"in": True, "not in": False}


def decided(runner: Runner, test: Expr, frame: Frame) -> bool | None:
    """Whether the condition holds; None when that is not known."""
    match test:
        case code.Operation("not" | "!", [inner]):
            found = decided(runner, inner, frame)
            return None if found is None else not found
        case code.Operation("and" | "&&", operands):
            return _all([decided(runner, it, frame) for it in operands])
        case code.Operation("or" | "||", operands):
            negated = [decided(runner, it, frame) for it in operands]
            found = _all([None if it is None else not it for it in negated])
            return None if found is None else not found
        case code.Operation(operator, [left, right]) if _asks(left, frame) or _asks(right, frame):
            return _compared(operator, runner.eval(left, frame), runner.eval(right, frame))
        case code.Member(code.Name(name), _) if name and name == frame.itself:
            value = runner.eval(test, frame)
            known = isinstance(value, Const) and isinstance(value.value, bool)
            return value.value is True if known and isinstance(value, Const) else None
        case _:
            return None


def _asks(expr: Expr, frame: Frame) -> bool:
    return isinstance(expr, code.Name) and expr.name in frame.passed


def _all(found: list[bool | None]) -> bool | None:
    if False in found:
        return False
    return None if None in found else True


def _compared(operator: str, left: Value, right: Value) -> bool | None:
    one = _plain(left)
    if one is None:
        return None
    if operator in _EQUAL:
        other = _plain(right)
        return None if other is None else (one == other) is _EQUAL[operator]
    if operator in _WITHIN and isinstance(right, Seq):
        items = [_plain(it) for it in right.items]
        if one not in items and None in items:
            return None
        return (one in items) is _WITHIN[operator]
    return None


def _plain(value: Value) -> tuple[object, ...] | None:
    """What is known of a value as a whole, so that it can be compared."""
    if isinstance(value, Str) and value.known:
        return (str, value.text)
    return (type(value.value), value.value) if isinstance(value, Const) else None
