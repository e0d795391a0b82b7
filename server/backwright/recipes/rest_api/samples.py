"""Values that tests send: something valid for each field, and what is invalid."""

from __future__ import annotations

from backwright.recipes.brief.brief import Field
from backwright.recipes.rest_api.resources import Resource

_VALUES = {
    "text": "A few words.", "email": "someone@example.com", "url": "https://example.com/",
    "phone": "+1 555 0100", "password": "correct horse battery",
    "uuid": "8f14e45f-ceea-467f-a0e6-1b3d5c7e9a10", "integer": 3, "bigint": 3, "decimal": "9.50",
    "float": 1.5, "boolean": True, "date": "2024-05-01", "datetime": "2024-05-01T12:00:00Z",
}  # fmt: skip


def sample(field: Field) -> object:
    """A valid value as JSON has it."""
    if field.type == "choice":
        return field.choices[0]
    if field.type == "json":
        return {"key": "value"}
    if field.type in {"string", "slug"}:
        return _text(field)
    value = _VALUES[field.type]
    if field.type in {"integer", "bigint", "decimal", "float"}:
        return _number(field, value)
    if isinstance(value, str) and field.type in {"text", "password"} and field.minimum:
        return value.ljust(field.minimum, ".")
    return value


def other_sample(field: Field) -> object:
    """A second valid value, where there is one."""
    value = sample(field)
    if field.type == "choice":
        return field.choices[-1]
    if field.type in {"text", "string"} and isinstance(value, str):
        return value.replace("Some", "Other", 1).replace("A few", "Other")[: field.maximum or 255]
    return value


def invalid(field: Field) -> object:
    """A value that no field of the type takes."""
    return {"not": "valid"} if field.type != "json" else None


def changed_field(resource: Resource) -> Field | None:
    """A field whose change a test can see."""
    candidates = [it for it in resource.fields if it.type not in {"password", "json"}]
    seen = [it for it in candidates if not it.unique and sample(it) != other_sample(it)]
    return next(iter([*seen, *candidates]), None)


def _text(field: Field) -> str:
    if field.type == "slug":
        return "a-slug"
    text = f"Some {field.name.replace('_', ' ')}"
    if field.minimum and len(text) < field.minimum:
        text = text.ljust(field.minimum, "x")
    return text[: field.maximum] if field.maximum else text


def _number(field: Field, value: object) -> object:
    low = field.minimum if field.minimum is not None else None
    high = field.maximum
    number = 3
    if low is not None and number < low:
        number = low
    if high is not None and number > high:
        number = high
    if number == 3:
        return value
    return f"{number}.00" if field.type == "decimal" else number
