"""What the tests of a resource send and expect, for the templates of tests in scripts."""

from __future__ import annotations

from backwright.recipes.brief.brief import Field
from backwright.recipes.rest_api.resources import Api, Resource
from backwright.recipes.rest_api.samples import changed_field, invalid, other_sample, sample
from backwright.recipes.rest_api.script.source import literal
from backwright.recipes.rest_api.spelling import camel


def bodies(api: Api) -> dict[str, list[tuple[str, str]]]:
    """For each resource its fields, each with the expression of a value."""
    return {
        it.name: [(camel(field.name), value(field)) for field in it.fields] for it in api.resources
    }


def value(field: Field) -> str:
    return _varying(field) if field.unique else literal(_sample(field))


def of_resource(it: Resource) -> dict[str, object]:
    """The values that the test template needs."""
    changed = changed_field(it)
    seen = [
        field
        for field in it.fields
        if field.type not in {"password", "datetime"} and not field.unique
    ]
    return {
        "secrets": [field for field in it.fields if field.type == "password"],
        "seen": seen[:2],
        "shown": {field.name: literal(_sample(field)) for field in it.fields},
        "changed": changed,
        "other": literal(_other(changed)) if changed is not None else "",
        "expected": literal(_answered(changed)) if changed is not None else "",
        "invalid": _invalid(it),
        "needed": next((f for f in it.fields if f.required and f.default is None), None),
    }


def _sample(field: Field) -> object:
    found = sample(field)
    return float(str(found)) if field.type == "decimal" else found


def _other(field: Field) -> object:
    found = other_sample(field)
    return float(str(found)) if field.type == "decimal" else found


def _answered(field: Field) -> object:
    return "2024-05-01T12:00:00.000Z" if field.type == "datetime" else _other(field)


def _varying(field: Field) -> str:
    if field.type == "email":
        return "`someone${next()}@example.com`"
    if field.type == "url":
        return "`https://example.com/${next()}`"
    if field.type == "phone":
        return "`+1 555 ${String(next()).padStart(4, '0')}`"
    if field.type == "uuid":
        return "randomUUID()"
    if field.type in {"integer", "bigint", "float", "decimal"}:
        return "next()"
    if field.type in {"string", "slug", "text"}:
        start = str(sample(field)).rstrip(".")[: max((field.maximum or 40) - 5, 1)]
        return f"`{start}-${{next()}}`"
    return literal(_sample(field))


def _invalid(it: Resource) -> list[str]:
    """Changes to a valid body that make it invalid."""
    found = []
    needed = next((f for f in it.fields if f.required and f.type != "json"), None)
    if needed is not None:
        found.append(f"{{ {camel(needed.name)}: null }}")
    found += [
        f"{{ {camel(field.name)}: {literal(invalid(field))} }}"
        for field in it.fields
        if field.type != "json"
    ]
    empty = next(
        (f for f in it.fields if f.type in {"string", "text"} and f.required and f.default is None),
        None,
    )
    if empty is not None:
        found.append(f"{{ {camel(empty.name)}: '' }}")
    bounded = next((f for f in it.fields if f.minimum is not None and _is_number(f)), None)
    if bounded is not None:
        found.append(f"{{ {camel(bounded.name)}: {(bounded.minimum or 0) - 1} }}")
    return found


def _is_number(field: Field) -> bool:
    return field.type in {"integer", "bigint", "decimal", "float"}
