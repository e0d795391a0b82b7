"""Works out what is certain of a value: constants, comparisons of constants, known truth."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from backwright.recipes.generate_tests.moments import is_moment, moments
from backwright.recipes.generate_tests.values import (
    NONE,
    Code,
    Const,
    Joined,
    Kind,
    Listed,
    Made,
    Outside,
    Part,
    Result,
    Test,
    Value,
)


def truth(value: Value) -> bool | None:
    """Whether the value counts as true; None when that depends."""
    value = folded(value)
    match value:
        case Const(inner):
            return bool(inner)
        case Made() | Code() | Kind():
            return True
        case Listed(values):
            return bool(values)
        case Joined(parts):
            known = [it for it in parts if isinstance(it, Const) and it.value not in {"", None}]
            return True if known else None
        case _:
            return None


def folded(value: Value) -> Value:
    """The value with what is certain worked out."""
    match value:
        case Test(name, operands):
            return _test(name, tuple(folded(it) for it in operands))
        case Joined(parts):
            return _joined(tuple(folded(it) for it in parts))
        case Result(Part(of, method), arguments, ()):
            return _method(value, folded(of), method, tuple(folded(it) for it in arguments))
        case Result(Outside(origin), (argument,), ()):
            return _builtin(value, origin, folded(argument))
        case Part(of, name):
            return _part(value, folded(of), name)
        case _:
            return value


def _test(name: str, operands: tuple[Value, ...]) -> Value:
    known = Test(name, operands)
    if name == "not":
        answer = truth(operands[0])
        return known if answer is None else Const(not answer)
    if name in {"or", "and", "??"}:
        return _choice(name, operands)
    if len(operands) != 2:
        return known
    left, right = operands
    if name in {"is", "is not", "==", "!="}:
        same = _same(left, right)
        return known if same is None else Const(same is (name in {"is", "=="}))
    if name in {"in", "not in"}:
        inside = _inside(left, right)
        return known if inside is None else Const(inside is (name == "in"))
    if name in _ARITHMETIC and isinstance(left, Const) and isinstance(right, Const):
        return _computed(known, name, left.value, right.value)
    less = _compared(name, left, right)
    return known if less is None else Const(less)


def _compared(name: str, left: Value, right: Value) -> bool | None:
    """A comparison of numbers, texts, times or sets."""
    compare = _COMPARISONS.get(name)
    if compare is None:
        return None
    if name == "<=" and isinstance(left, Listed):
        answers = [_inside(it, right) for it in left.values]
        return True if all(answers) else False if False in answers else None
    if (times := moments(left, right)) is not None:
        return bool(compare(*times))
    if not isinstance(left, Const) or not isinstance(right, Const):
        return None
    try:
        return bool(compare(left.value, right.value))
    except TypeError:
        return None


def _computed(known: Test, name: str, left: object, right: object) -> Value:
    numbers = isinstance(left, int | float) and isinstance(right, int | float)
    if not numbers or isinstance(left, bool) or isinstance(right, bool):
        return known
    try:
        return Const(_ARITHMETIC[name](left, right))
    except ZeroDivisionError:
        return known


def _choice(name: str, operands: tuple[Value, ...]) -> Value:
    left, right = operands[0], operands[-1]
    if name == "??":
        known = isinstance(left, Const | Listed | Made | Joined)
        return right if left == NONE else left if known else Test(name, operands)
    answer = truth(left)
    if answer is None:
        return Test(name, operands)
    return left if answer is (name == "or") else right


def _same(left: Value, right: Value) -> bool | None:
    if isinstance(left, Const) and isinstance(right, Const):
        return left.value == right.value and isinstance(left.value, bool) == isinstance(
            right.value, bool
        )
    if left == right and not isinstance(left, Result):
        return True
    if isinstance(left, Made) and isinstance(right, Made):
        return False if left.site != right.site or _differ(left, right) else None
    if isinstance(left, Part) and isinstance(right, Part) and left.name == right.name == "id":
        return _same(left.of, right.of)
    for one, other in ((left, right), (right, left)):
        if one == NONE and isinstance(other, Made | Listed | Code | Kind | Joined):
            return False
        if one == NONE and isinstance(other, Result) and is_moment(other):
            return False
    return None


def _differ(left: Made, right: Made) -> bool:
    for name, value in left.fields:
        other = right.get(name)
        if isinstance(value, Const) and isinstance(other, Const) and value != other:
            return True
    return False


def _inside(item: Value, container: Value) -> bool | None:
    if isinstance(container, Listed):
        answers = [_same(item, it) for it in container.values]
        if True in answers:
            return True
        return False if all(it is False for it in answers) else None
    match container, item:
        case Made("", _, ()), Const(name):
            return container.get(str(name)) is not None
        case Const(str() as text), Const(str() as piece):
            return piece in text
        case _:
            return None


def _joined(parts: tuple[Value, ...]) -> Value:
    if all(isinstance(it, Const) for it in parts):
        values = [it.value for it in parts if isinstance(it, Const)]
        if all(isinstance(it, int | float) and not isinstance(it, bool) for it in values):
            return Const(sum(it for it in values if isinstance(it, int | float)))
        return Const("".join(str(it) for it in values))
    return Joined(parts)


def _part(value: Part, of: Value, name: str) -> Value:
    if isinstance(of, Listed) and name.isdigit():
        return of.values[int(name)] if int(name) < len(of.values) else NONE
    if isinstance(of, Made):
        return of.get(name) or (value if of.rest or of.class_ else NONE)
    if isinstance(of, Listed) and name == "length":
        return Const(len(of.values))
    if isinstance(of, Const) and isinstance(of.value, str) and name == "length":
        return Const(len(of.value))
    if isinstance(of, Const) and name == "value":  # of an enum's member
        return of
    if of == NONE:
        return NONE
    return Part(of, name)


def _builtin(value: Result, origin: str, argument: Value) -> Value:
    name = origin.rpartition(".")[2]
    if name in {"len"}:
        if isinstance(argument, Listed):
            return Const(len(argument.values))
        if isinstance(argument, Const) and isinstance(argument.value, str):
            return Const(len(argument.value))
    if name in {"bool", "Boolean"}:
        answer = truth(argument)
        return value if answer is None else Const(answer)
    if name in {"set", "list", "tuple", "frozenset", "sorted"} and isinstance(argument, Listed):
        return argument
    if isinstance(argument, Const):
        return _converted(value, name, argument)
    return Result(value.function, (argument,))


def _converted(value: Result, name: str, argument: Const) -> Value:
    if name in {"str", "String"}:
        return Const("" if argument.value is None else str(argument.value))
    if name in {"int", "Number", "parseInt", "float", "parseFloat"}:
        text = str(argument.value)
        if re.fullmatch(r"-?\d+", text):
            return Const(int(text))
    return Result(value.function, (argument,))


def _method(value: Result, of: Value, method: str, arguments: tuple[Value, ...]) -> Value:
    plain = [it.value for it in arguments if isinstance(it, Const)]
    if isinstance(of, Listed) and method in {"includes", "has", "__contains__"} and arguments:
        return _test("in", (arguments[0], of))
    if of == NONE and (method in _STRINGS or method in {"get", "split", "replace", "slice"}):
        return NONE
    if isinstance(of, Const) and of.value == "" and method == "replace":
        return of
    match method, of, plain:
        case "split" | "partition", Const(str() as text), [str() as by] if by:
            cut = text.split(by) if method == "split" else text.partition(by)
            return Listed(tuple(Const(it) for it in cut))
        case _:
            pass
    if isinstance(of, Const) and isinstance(of.value, str) and len(plain) == len(arguments):
        change = _STRINGS.get(method)
        if change is not None:
            try:
                return Const(change(of.value, *plain))
            except (TypeError, ValueError, IndexError):
                pass
    return Result(Part(of, method), arguments)


_COMPARISONS: dict[str, Callable[..., object]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC: dict[str, Callable[..., int | float]] = {
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": operator.mod,
}
_STRINGS: dict[str, Callable[..., str | bool]] = {
    "strip": str.strip,
    "trim": str.strip,
    "lower": str.lower,
    "toLowerCase": str.lower,
    "upper": str.upper,
    "toUpperCase": str.upper,
    "removeprefix": str.removeprefix,
    "startswith": str.startswith,
    "startsWith": str.startswith,
    "endswith": str.endswith,
    "endsWith": str.endswith,
    "includes": str.__contains__,
    "isdigit": str.isdigit,
}
