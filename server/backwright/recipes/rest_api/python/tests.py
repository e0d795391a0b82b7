"""What the tests of a resource send and expect, for the templates of tests in Python."""

from __future__ import annotations

from backwright.recipes.brief.brief import Field
from backwright.recipes.rest_api.python.bodies import (
    changed_field,
    invalid,
    literal,
    other_sample,
    sample,
    varying,
)
from backwright.recipes.rest_api.resources import Api, Resource


def bodies(api: Api) -> dict[str, list[tuple[str, str]]]:
    """For each resource its fields, each with the expression of a value."""
    return {it.name: [(field.name, value(field)) for field in it.fields] for it in api.resources}


def value(field: Field) -> str:
    return varying(field) if field.unique else literal(sample(field))


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
    for field in it.fields:
        if field.type != "json":
            found.append(f'{{"{field.name}": {literal(invalid(field))}}}')
    for field in it.fields:
        if field.type in {"string", "text"} and field.required and field.default is None:
            found.append(f'{{"{field.name}": ""}}')
            break
    if bounded := next((f for f in it.fields if f.minimum is not None and _is_number(f)), None):
        found.append(f'{{"{bounded.name}": {(bounded.minimum or 0) - 1}}}')
    return found


def _is_number(field: Field) -> bool:
    return field.type in {"integer", "bigint", "decimal", "float"}
