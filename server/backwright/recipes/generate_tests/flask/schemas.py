"""The fields of a marshmallow schema with their limits."""

from __future__ import annotations

from dataclasses import replace

from backwright.facts import code
from backwright.recipes.generate_tests.execute import Execution
from backwright.recipes.generate_tests.fields import Field, Type
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.values import Const, Kind, Listed, Outside, Result, Value

_TYPES: dict[str, Type] = {
    "Str": "string",
    "String": "string",
    "Int": "integer",
    "Integer": "integer",
    "Float": "number",
    "Decimal": "number",
    "Bool": "boolean",
    "Boolean": "boolean",
    "Email": "email",
    "Url": "url",
    "URL": "url",
    "UUID": "uuid",
    "DateTime": "datetime",
    "AwareDateTime": "datetime",
    "Date": "date",
    "Time": "time",
    "List": "array",
    "Nested": "object",
    "Dict": "object",
}


def marshmallow_fields(project: Project, execution: Execution, kind: Kind) -> tuple[Field, ...]:
    """What the schema loads; fields that are only dumped are left out."""
    found: dict[str, Field] = {}
    for step, file in project.class_steps(kind):
        if not isinstance(step.target, code.Name) or step.value is None:
            continue
        value = execution.constant(step.value, file)
        if not isinstance(value, Result) or not isinstance(value.function, Outside):
            continue
        name = value.function.origin.rpartition(".")[2]
        options = dict(value.keywords)
        if name not in _TYPES or options.get("dump_only") == Const(True):
            continue
        field = Field(
            name=step.target.name,
            type=_TYPES[name],
            required=options.get("required") == Const(True),
            nullable=options.get("allow_none") == Const(True),
            loose=name in {"Bool", "Boolean"},
        )
        default = options.get("load_default") or options.get("missing")
        if isinstance(default, Const):
            field = replace(field, default=default.value, has_default=True)
        for check in _checks(options.get("validate")):
            field = _limited(field, check)
        found.setdefault(step.target.name, field)
    return tuple(found.values())


def _checks(value: Value | None) -> list[Result]:
    if isinstance(value, Listed):
        return [it for part in value.values for it in _checks(part)]
    return [value] if isinstance(value, Result) else []


def _limited(field: Field, check: Result) -> Field:
    name = check.function.origin.rpartition(".")[2] if isinstance(check.function, Outside) else ""
    options = dict(check.keywords)
    numbers = {
        key: it.value
        for key, it in options.items()
        if isinstance(it, Const) and isinstance(it.value, int | float)
    }
    match name:
        case "Length":
            low, high = numbers.get("min"), numbers.get("max")
            return replace(
                field,
                min_length=int(low) if low is not None else None,
                max_length=int(high) if high is not None else None,
            )
        case "Range":
            return replace(field, minimum=numbers.get("min"), maximum=numbers.get("max"))
        case "OneOf" if check.arguments and isinstance(check.arguments[0], Listed):
            choices = [it.value for it in check.arguments[0].values if isinstance(it, Const)]
            return replace(field, choices=tuple(choices))
        case "Regexp" if check.arguments and isinstance(check.arguments[0], Const):
            return replace(field, pattern=str(check.arguments[0].value))
        case _:
            return field
