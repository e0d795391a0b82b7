"""Values for the fields of a request: valid ones, and ones that each break one limit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backwright.recipes.generate_tests.fields import Field
from backwright.recipes.generate_tests.patterns import text_for
from backwright.recipes.generate_tests.world import Json

_UUID = "00000000-0000-4000-8000-000000000001"
_MATCHING = ("sample", "sample-value", "Sample", "ABC-123", "123456", "user@example.com")
_WRONG: dict[str, Json] = {
    "string": ["not", "a", "string"],
    "integer": "not-a-number",
    "number": "not-a-number",
    "boolean": "not-a-boolean",
    "datetime": "not-a-datetime",
    "date": "not-a-date",
    "time": "not-a-time",
    "email": "not-an-email",
    "url": "not-a-url",
    "uuid": "not-a-uuid",
    "array": "not-a-list",
    "object": "not-an-object",
}


class NoSample(Exception):
    """A valid value can't be made up."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A value that a field refuses, and why; `missing` leaves the field out."""

    path: tuple[str, ...]
    why: str
    value: Json = None
    missing: bool = False


def valid(field: Field, number: int = 0) -> Json:
    """A value that the field takes; `number` tells values of one request apart."""
    if field.choices:
        others = [it for it in field.choices if it != field.default or not field.has_default]
        return (others or list(field.choices))[0]
    match field.type:
        case "string" | "any":
            return _text(field)
        case "integer" | "number":
            return _number(field, number)
        case "boolean":
            return not field.default if isinstance(field.default, bool) else True
        case "array":
            return _array(field)
        case "object":
            return body(field.fields)
        case _:
            return _formatted(field, number)


def _formatted(field: Field, number: int) -> str:
    """A text of a certain form; times are later the greater the number is, and far ahead."""
    hour = 10 + number % 12
    name = "sample" if field.name in {"", "email"} else _word(field.name).replace(" ", "-")
    return {
        "datetime": f"2035-01-15T{hour:02d}:00:00Z",
        "date": f"2035-01-{hour + 5:02d}",
        "time": f"{hour:02d}:00:00",
        "email": f"{name}@example.com",
        "url": "https://example.com/sample",
        "uuid": _UUID,
    }[field.type]


def others(field: Field) -> list[Json]:
    """Further values that a field takes, for when the first one is not what is wanted."""
    found: list[Json] = list(field.choices)
    match field.type:
        case "date":
            found += ["2020-01-15", "2045-01-15"]
        case "datetime":
            found += ["2020-01-15T10:00:00Z", "2045-01-15T10:00:00Z"]
        case "integer" | "number":
            found += [it for it in (1, 2, 10, 50, 100, 1000, 0) if _in_range(field, it)]
        case "boolean":
            found += [True, False]
        case "any":
            found += [1, True, "sample@example.com", "Sample-Passw0rd", ["sample"], "2035-01-15"]
        case "string":
            found += ["sample@example.com", "Sample-Passw0rd", "x" * 12, "sample", "Abc123!xyz"]
        case _:
            pass
    return [it for it in found if it != valid(field)]


def _in_range(field: Field, value: float) -> bool:
    low, high = field.minimum, field.maximum
    return (low is None or value > low) and (high is None or value < high)


def wrong(field: Field) -> list[tuple[str, Json]]:
    """Values that handlers refuse often, with a word for each."""
    found: list[tuple[str, Json]] = [("empty", ""), ("unknown choice", "not-a-choice")]
    found += [("wrong type", 12345), ("not a number", "not-a-number"), ("wrong type", [])]
    found += [("negative", -1), ("zero", 0), ("huge", 1_000_000), ("too short", "x")]
    found += [("too long", "x" * 300), ("blank", "   "), ("null", None)]
    return found


def body(fields: tuple[Field, ...], *, whole: bool = True) -> dict[str, Json]:
    """A valid object; without `whole` only what is required."""
    return {
        it.name: valid(it, number)
        for number, it in enumerate(fields)
        if it.required or (whole and worth_sending(it))
    }


def worth_sending(field: Field) -> bool:
    """Whether an optional field is sent: one that names another thing, or whose type is not
    known, is left out."""
    if field.name.endswith(("_id", "Id")) or field.type in {"uuid", "object", "any"}:
        return False
    return not (field.type == "string" and field.pattern and not _fitting(field))


def violations(fields: tuple[Field, ...], within: tuple[str, ...] = ()) -> Iterator[Violation]:
    """What the fields refuse: one value for each limit."""
    for field in (it for it in fields if not it.unchecked):
        path = (*within, field.name)
        if field.required:
            yield Violation(path, "missing", missing=True)
        for why, value in refused(field):
            yield Violation(path, why, value)
        if field.type == "object" and field.fields and len(path) < 3 and field.required:
            yield from violations(field.fields, path)


def refused(field: Field) -> Iterator[tuple[str, Json]]:
    """Values of one field that break one limit each, with the limit's name."""
    if field.choices:
        yield "unknown choice", "not-a-choice"
        return
    if field.type in _WRONG and not (field.loose and field.type in {"string", "boolean"}):
        yield "wrong type", _WRONG[field.type]
    if field.type == "integer":
        yield "no whole number", _number(field, 0) + 0.5
    if field.minimum is not None:
        step = 0 if field.exclusive_minimum else 1
        yield "too small", _whole(field.minimum - step)
    if field.maximum is not None:
        step = 0 if field.exclusive_maximum else 1
        yield "too large", _whole(field.maximum + step)
    if field.multiple_of and field.multiple_of > 1:
        yield "no multiple", _whole(field.multiple_of + 1)
    yield from _wrong_lengths(field)
    if field.pattern and (other := _unfitting(field)) is not None:
        yield "wrong pattern", other


def _wrong_lengths(field: Field) -> Iterator[tuple[str, Json]]:
    if field.type == "array":
        item = valid(field.items) if field.items is not None else "sample"
        if field.min_length:
            yield "too few", [item] * (field.min_length - 1)
        if field.max_length is not None and field.max_length < 200:
            yield "too many", [item] * (field.max_length + 1)
        return
    if field.type == "email" and field.max_length is not None and field.max_length < 1000:
        yield "too long", f"{'x' * field.max_length}@example.com"
    if field.type not in {"string", "any"}:
        return
    if field.min_length:
        yield "too short", _stretched("x", field.min_length - 1)
    if field.max_length is not None and field.max_length <= 20_000:
        yield "too long", _long(field, field.max_length + 1)


def _long(field: Field, length: int) -> str:
    """A text of at least that length, which fits the pattern where there is one."""
    if not field.pattern:
        return _stretched("x", length)
    for more in range(1, length + 1):
        text = text_for(field.pattern, more)
        if text is not None and len(text) >= length:
            return text
    sample = _fitting(field) or ""
    grown = (sample[:at] + "x" * length + sample[at:] for at in range(len(sample) + 1))
    return next((it for it in grown if re.search(field.pattern, it)), _stretched("x", length))


def _text(field: Field) -> str:
    if field.pattern:
        found = _fitting(field)
        if found is None:
            raise NoSample(f"no value fits the pattern of `{field.name}`")
        return found
    text = {
        "email": "sample@example.com",
        "password": "Sample-Passw0rd",
        "url": "https://example.com/sample",
        "phone": "+15551234567",
        "currency": "EUR",
        "country": "DE",
    }.get(field.name.lower(), f"sample {_word(field.name)}".strip())
    if field.min_length is not None and len(text) < field.min_length:
        text = _stretched(text, field.min_length)
    if field.max_length is not None and len(text) > field.max_length:
        text = text[: field.max_length].strip()
        text = _stretched(text, field.min_length or 0)
    return text


def _number(field: Field, number: int) -> int | float:
    low, high = field.minimum, field.maximum
    value: float = 3 + number
    if low is not None:
        value = max(value, low + 1)
    if high is not None and value > high:
        value = high if not field.exclusive_maximum else high - 1
        if low is not None and value < low:
            value = (low + high) / 2
    if field.multiple_of:
        value = -(-value // field.multiple_of) * field.multiple_of
    if value == field.default and (high is None or value + 1 <= high):
        value += field.multiple_of or 1
    return _whole(value)


def _array(field: Field) -> list[Json]:
    item = field.items
    if item is None:
        return []
    count = max(field.min_length or 0, 1)
    if item.type == "any" and not field.min_length:
        return []
    return [valid(item, number) for number in range(count)]


def _fitting(field: Field) -> str | None:
    made = (text for size in range(4) if (text := text_for(field.pattern, size)) is not None)
    return next((it for it in (*_MATCHING, *made) if _fits(field, it)), None)


def _unfitting(field: Field) -> str | None:
    for text in ("?!", "?", "not valid?!", "x", "?!" * 8):
        low, high = field.min_length or 0, field.max_length or 10_000
        if low <= len(text) <= high and not re.search(field.pattern, text):
            return text
    return None


def _fits(field: Field, text: str) -> bool:
    low, high = field.min_length or 0, field.max_length or 10_000
    try:
        return low <= len(text) <= high and re.search(field.pattern, text) is not None
    except re.error:
        return False


def _stretched(text: str, length: int) -> str:
    if len(text) >= length:
        return text[:length]
    return text + "x" * (length - len(text))


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value


def _word(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").replace("-", " ").lower()
