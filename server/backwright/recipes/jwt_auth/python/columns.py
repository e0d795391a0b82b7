"""The fields of an account as Python keeps, checks and tests them."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.recipes.brief.brief import Field, FieldType

_PLAIN: dict[FieldType, tuple[str, str, str]] = {
    # type, column, an example
    "integer": ("int", "sa.Integer", "7"),
    "bigint": ("int", "sa.BigInteger", "7"),
    "float": ("float", "sa.Float", "1.5"),
    "boolean": ("bool", "sa.Boolean", "True"),
    "decimal": ("Decimal", "sa.Numeric(12, 2)", '"12.50"'),
    "date": ("dt.date", "sa.Date", '"1990-05-17"'),
    "datetime": ("dt.datetime", "UtcDateTime", '"2024-05-17T12:00:00Z"'),
}
_LENGTHS: dict[FieldType, int] = {"email": 254, "url": 2048, "phone": 32, "uuid": 36}
_SAMPLES: dict[FieldType, str] = {
    "email": "other@example.com",
    "url": "https://example.com/ada",
    "phone": "+49 30 1234567",
}


@dataclass(frozen=True, slots=True)
class Column:
    """`type` and `column` are what Python and SQLAlchemy call it, `schema` is what a request is
    checked by; `sample` is a value in a request, `shown` what comes back of it."""

    name: str
    type: str
    column: str
    schema: str
    sample: str
    required: bool
    unique: bool

    @property
    def shown(self) -> str:
        return f'PERSON["{self.name}"]'


def column(it: Field) -> Column:
    type_, kept, schema, sample = _parts(it)
    return Column(it.name, type_, kept, schema, sample, it.required, it.unique)


def _parts(it: Field) -> tuple[str, str, str, str]:
    if it.type in _PLAIN:
        type_, kept, sample = _PLAIN[it.type]
        bounds = _bounds(it, "ge", "le")
        schema = f"Annotated[{type_}, Field({bounds})]" if bounds else type_
        if it.minimum is not None and type_ in {"int", "float"}:
            sample = str(it.minimum)
        return type_, kept, schema, sample
    if it.type == "choice" and it.choices:
        listed = ", ".join(f'"{choice}"' for choice in it.choices)
        longest = max(map(len, it.choices))
        return "str", f"sa.String({longest})", f"Literal[{listed}]", f'"{it.choices[0]}"'
    if it.type == "email":
        return "str", "sa.String(254)", "Email", '"other@example.com"'
    length = it.maximum or _LENGTHS.get(it.type, 10_000 if it.type == "text" else 200)
    least = it.minimum if it.minimum is not None else int(it.required)
    shortest = f"min_length={least}, " if least else ""
    sample = _SAMPLES.get(it.type, it.name.replace("_", " ").title())[:length]
    kept = "sa.Text" if it.type == "text" else f"sa.String({length})"
    schema = f"Annotated[str, Field({shortest}max_length={length})]"
    return "str", kept, schema, f'"{sample.ljust(least, "x")}"'


def _bounds(it: Field, least: str, most: str) -> str:
    told = [(least, it.minimum), (most, it.maximum)]
    return ", ".join(f"{name}={value}" for name, value in told if value is not None)
