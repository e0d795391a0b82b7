"""What the tests of a resource send and expect, for the templates of tests in Python."""

from __future__ import annotations

import json

from backwright.recipes.brief.brief import Field
from backwright.recipes.rest_api.resources import Api, Resource
from backwright.recipes.rest_api.samples import changed_field, invalid, other_sample, sample


def bodies(api: Api) -> dict[str, list[tuple[str, str]]]:
    """For each resource its fields, each with the expression of a value."""
    return {it.name: [(field.name, value(field)) for field in it.fields] for it in api.resources}


def value(field: Field) -> str:
    return _varying(field) if field.unique else literal(sample(field))


def of_resource(it: Resource) -> dict[str, object]:
    """The values that the test template needs."""
    changed = changed_field(it)
    seen = [field for field in it.fields if field.type != "password" and not field.unique]
    return {
        "secrets": [field for field in it.fields if field.type == "password"],
        "seen": seen[:2],
        "shown": {field.name: literal(sample(field)) for field in it.fields},
        "changed": changed,
        "other": literal(other_sample(changed)) if changed is not None else "",
        "invalid": _invalid(it),
    }


def _invalid(it: Resource) -> list[str]:
    """Changes to a valid body that make it invalid."""
    found = []
    for field in it.fields:
        if field.required and field.default is None and field.type != "json":
            found.append(f'{{"{field.name}": None}}')
            break
    found += [
        f'{{"{field.name}": {literal(invalid(field))}}}'
        for field in it.fields
        if field.type != "json"
    ]
    for field in it.fields:
        if field.type in {"string", "text"} and field.required and field.default is None:
            found.append(f'{{"{field.name}": ""}}')
            break
    if bounded := next((f for f in it.fields if f.minimum is not None and _is_number(f)), None):
        found.append(f'{{"{bounded.name}": {(bounded.minimum or 0) - 1}}}')
    return found


def _varying(field: Field) -> str:
    """The Python expression of a value that differs each time, for a field that is unique."""
    value = sample(field)
    if field.type == "email":
        return 'f"someone{next(_numbers)}@example.com"'
    if field.type == "url":
        return 'f"https://example.com/{next(_numbers)}"'
    if field.type == "phone":
        return 'f"+1 555 {next(_numbers):04}"'
    if field.type == "uuid":
        return "str(uuid.uuid4())"
    if field.type in {"integer", "bigint", "float"}:
        return "next(_numbers)"
    if field.type in {"string", "slug", "text"}:
        start = str(value).rstrip(".")[: max((field.maximum or 40) - 5, 1)]
        return f'f"{start}-{{next(_numbers)}}"'
    return literal(value)


def literal(value: object) -> str:
    """A value as Python writes it."""
    if isinstance(value, dict):
        inner = ", ".join(f"{literal(key)}: {literal(it)}" for key, it in value.items())
        return f"{{{inner}}}"
    if value is None or isinstance(value, bool):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def _is_number(field: Field) -> bool:
    return field.type in {"integer", "bigint", "decimal", "float"}
