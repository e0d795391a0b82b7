"""Fields of a request where nothing declares them: those that the handler reads and checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.fields import Field, Scalar
from backwright.recipes.generate_tests.values import (
    BODY,
    Const,
    Given,
    Listed,
    Outside,
    Part,
    Result,
    Test,
    Value,
    mentioned,
)

_TEXTUAL = frozenset(
    {"strip", "trim", "lower", "upper", "toLowerCase", "toUpperCase", "split", "startswith"}
    | {"startsWith", "endswith", "endsWith", "encode", "title", "replace"}
)
_NUMERIC = frozenset({"int", "float", "Number", "parseInt", "parseFloat", "isInteger", "isFinite"})


def derived_fields(exits: Sequence[Exit], place: str) -> tuple[Field, ...]:
    """The fields of the body or the query in the order in which they are read first."""
    found: dict[str, Field] = {}
    for end in exits:
        for value in _values(end):
            for part in mentioned(value):
                name = _name(part, place)
                if name is not None and not name.isdigit():
                    found.setdefault(name, Field(name=name, required=place == "body"))
    optional = {name for end in exits for it in _values(end) for name in _defaulted(it, place)}
    found = {
        name: replace(it, required=it.required and name not in optional)
        for name, it in found.items()
    }
    for end in exits:
        for condition in end.conditions:
            for part in mentioned(condition.value):
                _learn(found, part, place)
        if end.failed and end.conditions:
            _require(found, end, place)
    return tuple(found.values())


def _name(value: Value, place: str) -> str | None:
    match value:
        case Part(of, name) if of == BODY and place == "body":
            return name
        case Given("query", name) if place == "query":
            return name
        case _:
            return None


def _values(end: Exit) -> Iterator[Value]:
    yield from (it.value for it in end.conditions)
    if end.body is not None:
        yield end.body
    for owner, _, value in end.writes:
        yield owner
        yield value


def _defaulted(value: Value, place: str) -> Iterator[str]:
    """The fields that are replaced by something where they are not sent."""
    for part in mentioned(value):
        if isinstance(part, Test) and part.operator in {"??", "or"}:
            name = _name(part.operands[0], place)
            if name is not None:
                yield name


def _require(found: dict[str, Field], end: Exit, place: str) -> None:
    """A request fails without the field: it is required."""
    last = end.conditions[-1]
    if last.holds or end.status in {401, 403, 404, 409}:
        return
    for part in _asked(last.value):
        name = _name(part, place)
        if name in found:
            found[name] = replace(found[name], required=True)


def _asked(value: Value) -> Iterator[Value]:
    """The value whose absence is asked for: `x`, `x.trim()`, `"x" in body`."""
    yield value
    match value:
        case Result(Part(of, _), ()):
            yield from _asked(of)
        case Test("in", (Const(str() as name), container)) if container == BODY:
            yield Part(BODY, name)
        case Test("or" | "and" | "??", operands):
            for operand in operands:
                yield from _asked(operand)
        case _:
            pass


def _learn(found: dict[str, Field], value: Value, place: str) -> None:
    """What a condition says of a field's type and limits."""
    match value:
        case Test("in", (item, Listed(values))):
            name = _name(item, place)
            choices: tuple[Scalar, ...] = tuple(it.value for it in values if isinstance(it, Const))
            if name in found and choices:
                found[name] = replace(found[name], type="string", choices=choices)
        case Test("isinstance", (item, kind)) | Test("==", (Result(Outside(), (item,)), kind)):
            _typed(found, _name(item, place), kind)
        case Test(operator, (left, Const(int() | float() as limit))) if operator in _LIMITS:
            _limited(found, left, operator, limit, place)
        case Result(Part(of, method), _) if method in _TEXTUAL:
            _typed(found, _name(of, place), Const("string"))
        case Result(Outside(origin), (item,)) if origin.rpartition(".")[2] in _NUMERIC:
            _typed(found, _name(item, place), Const("number"))
        case Result(Outside(origin), (item, kind)) if origin.endswith("isinstance"):
            _typed(found, _name(item, place), kind)
        case Part(of, "length"):
            _typed(found, _name(of, place), Const("string"))
        case _:
            pass


_LIMITS = frozenset({"<", ">", "<=", ">="})


def _limited(found: dict[str, Field], left: Value, operator: str, limit: float, place: str) -> None:
    name = _name(left, place)
    if name in found and found[name].type in {"any", "number"}:
        field = replace(found[name], type="number")
        if operator in {"<", "<="}:  # what is asked for is what is refused, mostly
            field = replace(field, minimum=limit, exclusive_minimum=operator == "<=")
        found[name] = field


def _typed(found: dict[str, Field], name: str | None, kind: Value) -> None:
    if name is None or name not in found or found[name].type != "any":
        return
    text = ""
    if isinstance(kind, Const):
        text = str(kind.value)
    elif isinstance(kind, Outside):
        text = kind.origin.rpartition(".")[2]
    elif isinstance(kind, Listed) and kind.values:
        _typed(found, name, kind.values[0])
        return
    if text in {"string", "str"}:
        found[name] = replace(found[name], type="string")
    elif text in {"number", "int", "float"}:
        found[name] = replace(found[name], type="number" if text != "int" else "integer")
    elif text in {"boolean", "bool"}:
        found[name] = replace(found[name], type="boolean")
    elif text in {"list", "array"}:
        found[name] = replace(found[name], type="array")
