"""Values for path parameters: ones that are valid, ones that name nothing."""

from __future__ import annotations

from backwright.recipes.generate_tests import samples
from backwright.recipes.generate_tests.fields import Field


def free_value(field: Field) -> str | int:
    """A valid value of a path parameter that need not name anything."""
    if field.type in {"any", "string"} and not field.pattern and not field.choices:
        return "sample"
    value = samples.valid(field)
    return value if isinstance(value, str | int) else str(value)


def absent_value(field: Field) -> str | int:
    """A valid value that surely names nothing."""
    match field.type:
        case "uuid":
            return "00000000-0000-4000-8000-00000000dead"
        case "integer" | "number":
            return 999_999 if field.maximum is None else int(field.maximum)
        case "any" | "string" if not field.pattern:
            return "999999" if field.name.lower().endswith("id") else "no-such-thing"
        case _:
            return free_value(field)
