"""Schemas of Pydantic: what may be sent to make or change a resource, and what is answered."""

from __future__ import annotations

import re

from backwright.recipes.brief.brief import Field
from backwright.recipes.rest_api.python.columns import (
    Piece,
    default_text,
    max_length,
    python_type,
    type_imports,
)
from backwright.recipes.rest_api.python.source import call
from backwright.recipes.rest_api.resources import Link, Resource

OWN_TYPES = {
    "url": "Url", "phone": "Phone", "slug": "Slug", "integer": "Integer", "bigint": "BigInteger",
}  # fmt: skip
"""Fields whose types are the project's own, by name."""
_TEXTS = frozenset({"string", "text"})
_LONGEST = 128  # of a password: hashing takes its time


def plain_schemas(resource: Resource, *, moments: tuple[str, ...]) -> Piece:
    """The classes of a resource in a project that has no module of shared types."""
    piece = schemas(resource)
    text = piece.text
    for name in ("created_at", "updated_at"):
        if name not in moments:
            text = text.replace(f"    {name}: dt.datetime\n", "")
            text = text.removesuffix(f"    {name}: dt.datetime").rstrip()
    text = re.sub(r"^(    \w+: )(?:Id|Integer|BigInteger)\b", r"\1int", text, flags=re.MULTILINE)
    text = re.sub(r"^(    \w+: )(?:Url|Slug|Phone)\b", r"\1str", text, flags=re.MULTILINE)
    imports = [it for it in piece.imports if not it.startswith("import datetime") or "dt." in text]
    return Piece(text, tuple(imports))


def schemas(resource: Resource, home: str = "") -> Piece:
    """The classes of a resource. `home` is the module of the types that are shared."""
    owner = resource.owner
    keys = [it for it in resource.links if it is not owner]
    rows = [_key(it) for it in keys] + [_row(it) for it in resource.fields if not _secret(it)]
    secrets = [_row(it) for it in resource.fields if _secret(it)]
    create = [_key(owner)] if owner is not None else []
    read = [*([_key(owner)] if owner is not None else [])]
    base = f"{resource.kind}Base"
    nested = f"{resource.kind}Input" if secrets and owner is not None else base
    text = [_class(base, "BaseModel", rows)]
    if nested != base:
        text.append(_class(nested, base, secrets))
        secrets = []
    text.append(_class(f"{resource.kind}Create", nested, [*create, *secrets]))
    text.append(_update(resource))
    text.append(
        _class(
            f"{resource.kind}Read",
            base,
            [
                "    model_config = ConfigDict(from_attributes=True)\n",
                "    id: int",
                *read,
                "    created_at: dt.datetime",
                "    updated_at: dt.datetime",
            ],
        )
    )
    body = "\n\n\n".join(text)
    return Piece(body, tuple(_imports(resource, body, home)))


def nested_schema(resource: Resource) -> str:
    """The schema of what is sent to make one below its owner."""
    secret = any(_secret(it) for it in resource.fields)
    return f"{resource.kind}Input" if secret else f"{resource.kind}Base"


def _class(name: str, base: str, rows: list[str]) -> str:
    return "\n".join([f"class {name}({base}):", *(rows or ["    pass"])])


def _update(resource: Resource) -> str:
    rows = [
        _declared(it.key, "Id", it.required, [], changed=True, default="") for it in resource.links
    ]
    rows += [_row(it, changed=True) for it in resource.fields]
    needed = [it.key for it in resource.links if it.required]
    needed += [it.name for it in resource.fields if it.required or it.default is not None]
    if needed:
        rows += [
            "",
            call("    @field_validator", [f'"{it}"' for it in needed]),
            "    @classmethod",
            "    def not_null(cls, value: object) -> object:",
            "        if value is None:",
            '            raise ValueError("may be left out, but not be null")',
            "        return value",
        ]
    return _class(f"{resource.kind}Update", "BaseModel", rows)


def _row(field: Field, *, changed: bool = False) -> str:
    type_ = OWN_TYPES.get(field.type) or {"email": "EmailStr"}.get(field.type)
    if _is_bounded_integer(field):
        type_ = "int"
    has_default = field.default is not None
    default = default_text(field) if has_default else ""
    required = field.required and not has_default
    optional = not field.required and not has_default
    return _declared(
        field.name,
        (type_ or python_type(field)) + (" | None" if optional and not changed else ""),
        required or has_default,
        _bounds(field),
        changed=changed,
        default=default,
    )


def _declared(
    name: str, type_: str, required: bool, bounds: list[str], *, changed: bool, default: str
) -> str:
    if changed:
        type_, default = f"{type_} | None", "None"
    elif not required:
        type_ = type_ if type_.endswith(" | None") else f"{type_} | None"
        default = default or "None"
    if bounds:
        given = [f"default={default}"] if default else []
        return call(f"    {name}: {type_} = Field", [*given, *bounds])
    return f"    {name}: {type_}" + (f" = {default}" if default else "")


def _key(link: Link) -> str:
    return _declared(link.key, "Id", link.required, [], changed=False, default="")


def _bounds(field: Field) -> list[str]:
    if field.type == "password":
        return [f"min_length={field.minimum or 8}", f"max_length={field.maximum or _LONGEST}"]
    if field.type in _TEXTS:
        bounds = []
        least = field.minimum or (1 if field.required and field.default is None else None)
        if least:
            bounds.append(f"min_length={least}")
        most = field.maximum or max_length(field)
        return bounds + ([f"max_length={most}"] if most else [])
    if _is_bounded_integer(field):
        bits = 31 if field.type == "integer" else 63
        return [
            f"ge={f'-(2**{bits})' if field.minimum is None else field.minimum}",
            f"le={f'2**{bits} - 1' if field.maximum is None else field.maximum}",
        ]
    if field.type in {"decimal", "float"}:
        bounds = [] if field.minimum is None else [f"ge={field.minimum}"]
        bounds += [] if field.maximum is None else [f"le={field.maximum}"]
        bounds += ["max_digits=12", "decimal_places=2"] if field.type == "decimal" else []
        return bounds + (["allow_inf_nan=False"] if field.type == "float" else [])
    return []


def _is_bounded_integer(field: Field) -> bool:
    return field.type in {"integer", "bigint"} and (
        field.minimum is not None or field.maximum is not None
    )


def _secret(field: Field) -> bool:
    return field.type == "password"


def _imports(resource: Resource, body: str, home: str) -> list[str]:
    names = ["BaseModel", "ConfigDict"]
    names += ["EmailStr"] if "EmailStr" in body else []
    names += ["Field"] if "= Field(" in body else []
    names += ["field_validator"] if "@field_validator" in body else []
    own = {it for it in [*OWN_TYPES.values(), "Id"] if re.search(rf": {it}\b", body)}
    return [
        "import datetime as dt",
        f"from pydantic import {', '.join(names)}",
        *type_imports(resource.fields),
        *(f"from {home} import {it}" for it in sorted(own) if home),
    ]
