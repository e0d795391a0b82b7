"""Fields with their limits from zod, joi and express-validator."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from backwright.recipes.generate_tests.fields import Field, Scalar, Type
from backwright.recipes.generate_tests.values import (
    Const,
    Listed,
    Made,
    Outside,
    Part,
    Result,
    Value,
)

_TYPES: dict[str, Type] = {
    "string": "string",
    "number": "number",
    "int": "integer",
    "integer": "integer",
    "boolean": "boolean",
    "bool": "boolean",
    "email": "email",
    "url": "url",
    "uri": "url",
    "uuid": "uuid",
    "date": "date",
    "datetime": "datetime",
    "isISO8601": "datetime",
    "isEmail": "email",
    "isInt": "integer",
    "isFloat": "number",
    "isNumeric": "number",
    "isBoolean": "boolean",
    "isString": "string",
    "isUUID": "uuid",
    "isURL": "url",
    "isArray": "array",
    "isDate": "date",
}
_OBJECTS = frozenset({"object", "strictObject", "looseObject"})


def schema_fields(schema: Value) -> Field | None:
    """The object that a schema describes; None where it is none or can't be read."""
    found = _read(Field(name=""), schema)
    return found if found is not None and found.type == "object" else None


def rule(value: Value) -> tuple[str, Field] | None:
    """The place and field of a rule of express-validator, such as `body('name').isString()`."""
    steps = _steps(value)
    if not steps or not isinstance(steps[0][0], Outside):
        return None
    origin = steps[0][0].origin
    place = origin.removeprefix("express-validator.")
    if not origin.startswith("express-validator.") or place not in _PLACES or not steps[0][1]:
        return None
    name = steps[0][1][0]
    if not isinstance(name, Const):
        return None
    field = Field(name=str(name.value), loose=True)
    for method, arguments, _ in steps[1:]:
        field = _ruled(field, str(method), arguments)
    return _PLACES[place], field


_PLACES = {"body": "body", "check": "body", "query": "query", "param": "path"}
_Step = tuple[Value | str, tuple[Value, ...], tuple[tuple[str, Value], ...]]


def _steps(value: Value) -> list[_Step]:
    """A chain of calls, the first one first."""
    found: list[_Step] = []
    while isinstance(value, Result):
        if isinstance(value.function, Part):
            found.append((value.function.name, value.arguments, value.keywords))
            value = value.function.of
            if isinstance(value, Part):  # `z.iso.date()`
                value = value.of
        else:
            found.append((value.function, value.arguments, value.keywords))
            break
    return found[::-1]


def _read(field: Field, schema: Value) -> Field | None:
    steps = _steps(schema)
    if not steps:
        return None
    first, arguments, _ = steps[0]
    name = first.origin.rpartition(".")[2] if isinstance(first, Outside) else str(first)
    coerced = isinstance(first, Outside) and ".coerce." in first.origin
    if coerced:
        field = replace(field, loose=True)
    if name in _OBJECTS or name == "object":
        field = _object(field, arguments, closed=name == "strictObject")
    elif name in {"enum", "nativeEnum", "literal", "valid"}:
        field = replace(field, type="string", choices=_choices(arguments))
    elif name == "array":
        items = _read(Field(name=""), arguments[0]) if arguments else None
        field = replace(field, type="array", items=items)
    elif name in _TYPES:
        field = replace(field, type=_TYPES[name])
    for method, given, _ in steps[1:]:
        field = _chained(field, str(method), given)
    return field


def _object(field: Field, arguments: tuple[Value, ...], *, closed: bool) -> Field:
    table = arguments[0] if arguments else None
    if not isinstance(table, Made):
        return replace(field, type="object")
    return replace(field, type="object", fields=_entries(table), closed=closed)


def _entries(table: Made) -> tuple[Field, ...]:
    found = []
    for name, value in table.fields:
        inner = _read(Field(name=name), value)
        found.append(inner if inner is not None else Field(name=name))
    return tuple(found)


def _chained(field: Field, method: str, given: tuple[Value, ...]) -> Field:
    """The field after one more call of the chain."""
    first = given[0] if given else None
    number = _number(first)
    match method:
        case "optional" | "nullish":
            return replace(field, required=False)
        case "nullable":
            return replace(field, nullable=True)
        case "required":
            return replace(field, required=True)
        case "default" | "prefault" | "catch":
            value = first.value if isinstance(first, Const) else None
            known = isinstance(first, Const)
            return replace(field, required=False, default=value, has_default=known)
        case "regex" | "pattern":
            return replace(field, pattern=_pattern(first))
        case "transform" | "refine" | "superRefine" | "preprocess" | "custom" | "pipe":
            return replace(field, changed=True)
        case "valid":
            return replace(field, choices=_choices(given))
        case _ if method in _RESHAPING:
            return _reshaped(field, method, first)
        case _ if method in _TYPES:
            return replace(field, type=_TYPES[method])
        case _:
            return _limited(field, method, number)


_RESHAPING = frozenset(
    {"strict", "partial", "extend", "merge", "keys", "append", "and", "pick", "omit"}
)


def _limited(field: Field, method: str, number: int | float | None) -> Field:
    match method:
        case "min" | "gte":
            return _bounded(field, low=number)
        case "max" | "lte":
            return _bounded(field, high=number)
        case "length":
            return _bounded(_bounded(field, low=number), high=number)
        case "gt" | "greater":
            return replace(_bounded(field, low=number), exclusive_minimum=True)
        case "lt" | "less":
            return replace(_bounded(field, high=number), exclusive_maximum=True)
        case "positive":
            return replace(field, minimum=0, exclusive_minimum=True)
        case "nonnegative":
            return replace(field, minimum=0)
        case "nonempty":
            return _bounded(field, low=1)
        case "multipleOf" | "step" | "multiple":
            return replace(field, multiple_of=number)
        case _:
            return field


def _reshaped(field: Field, method: str, first: Value | None) -> Field:
    """An object with other fields than before."""
    fields = field.fields
    if method == "strict":
        return replace(field, closed=True)
    if method == "partial":
        return replace(field, fields=tuple(replace(it, required=False) for it in fields))
    if method in {"pick", "omit"} and isinstance(first, Made):
        names = {name for name, _ in first.fields}
        kept = tuple(it for it in fields if (it.name in names) is (method == "pick"))
        return replace(field, fields=kept)
    more: tuple[Field, ...] = ()
    if isinstance(first, Made):
        more = _entries(first)
    elif first is not None and (other := schema_fields(first)) is not None:
        more = other.fields
    return replace(field, fields=tuple({it.name: it for it in (*fields, *more)}.values()))


def _bounded(field: Field, low: Any = None, high: Any = None) -> Field:
    long = field.type in {"string", "email", "array", "url"}
    if isinstance(low, int | float):
        field = replace(field, min_length=int(low)) if long else replace(field, minimum=low)
    if isinstance(high, int | float):
        field = replace(field, max_length=int(high)) if long else replace(field, maximum=high)
    return field


def _ruled(field: Field, method: str, given: tuple[Value, ...]) -> Field:
    first = given[0] if given else None
    options = dict(first.fields) if isinstance(first, Made) else {}
    low, high = _number(options.get("min")), _number(options.get("max"))
    match method:
        case "optional":
            return replace(field, required=False)
        case "isLength":
            kind: Type = "string" if field.type == "any" else field.type
            return _bounded(replace(field, type=kind), low, high)
        case "isInt" | "isFloat" | "isArray" | "isNumeric":
            return _bounded(replace(field, type=_TYPES[method]), low, high)
        case "isIn":
            return replace(field, type="string", choices=_choices(given))
        case "matches":
            return replace(field, pattern=_pattern(first), type="string")
        case "notEmpty" | "exists":
            kind = "string" if field.type == "any" else field.type
            return _bounded(replace(field, type=kind), low=1) if method == "notEmpty" else field
        case "custom" | "customSanitizer" | "toInt" | "escape" | "normalizeEmail":
            return replace(field, changed=True)
        case "isString":
            return replace(field, type="string", loose=False)
        case _ if method in _TYPES:
            return replace(field, type=_TYPES[method])
        case _:
            return field


def _number(value: Value | None) -> int | float | None:
    if isinstance(value, Const) and isinstance(value.value, int | float):
        return value.value
    return None


def _choices(given: tuple[Value, ...]) -> tuple[Scalar, ...]:
    found: list[Scalar] = []
    for value in given:
        if isinstance(value, Listed):
            found += _choices(value.values)
        elif isinstance(value, Made):
            found += _choices(tuple(it for _, it in value.fields))
        elif isinstance(value, Const):
            found.append(value.value)
    return tuple(found)


def _pattern(value: Value | None) -> str:
    if isinstance(value, Result) and value.function == Outside("builtins.RegExp"):
        first = value.arguments[0]
        return str(first.value) if isinstance(first, Const) else ""
    return ""
