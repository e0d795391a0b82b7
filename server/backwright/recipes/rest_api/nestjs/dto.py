"""DTOs of NestJS with the decorators of class-validator."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.recipes.brief.brief import Field
from backwright.recipes.rest_api.resources import Link, Resource
from backwright.recipes.rest_api.script.entities import script_type
from backwright.recipes.rest_api.script.source import literal, quoted
from backwright.recipes.rest_api.spelling import camel, pascal

_LONGEST = 128  # of a password: hashing takes its time
_PLAIN = {
    "email": ["@IsEmail()", "@MaxLength(320)"],
    "url": ["@IsUrl({ require_tld: false })", "@MaxLength(2048)"],
    "uuid": ["@IsUUID()"],
    "boolean": ["@IsBoolean()"],
    "date": ["@Matches(/^\\d{4}-\\d{2}-\\d{2}$/)", "@IsISO8601({ strict: true })"],
    "datetime": ["@Type(() => Date)", "@IsDate()"],
    "json": ["@IsDefined()"],
    "slug": ["@Matches(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)", "@MaxLength(255)"],
    "phone": [r"@Matches(/^\+?[0-9][0-9 ().-]{3,30}$/)"],
}


@dataclass(frozen=True, slots=True)
class Dto:
    """The text of a class with the names it takes from class-validator and class-transformer."""

    text: str
    validators: tuple[str, ...]
    transformers: tuple[str, ...]


def create_dto(resource: Resource) -> Dto:
    rows = [_key(it) for it in resource.links] + [_field(it) for it in resource.fields]
    return _dto(f"export class Create{resource.kind}Dto", rows)


def nested_name(resource: Resource) -> str:
    """The name of the DTO of what is made below its owner; "" where there is no owner."""
    if resource.owner is None:
        return ""
    return f"Create{resource.kind}In{pascal(resource.owner.name)}Dto"


def list_dto(resource: Resource) -> Dto:
    """What a list may be narrowed by."""
    rows = [
        "  @IsOptional()\n  @Type(() => Number)\n  @IsInt()\n  @Max(2_147_483_647)\n"
        f"  {camel(it.key)}?: number;"
        for it in resource.links
    ]
    return _dto(f"export class List{resource.kinds}Dto extends PageDto", rows)


def unsent(resource: Resource) -> list[str]:
    """The values of fields that a full update may leave out."""
    found = [f"{camel(it.key)}: null" for it in resource.links if not it.required]
    for it in resource.fields:
        if it.default is not None:
            value = literal(it.default)
            as_const = " as const" if it.type == "choice" else ""
            found.append(f"{camel(it.name)}: {value}{as_const}")
        elif not it.required:
            found.append(f"{camel(it.name)}: null")
    return found


def _dto(head: str, rows: list[str]) -> Dto:
    body = "\n\n".join(rows)
    text = f"{head} {{\n{body}\n}}" if rows else f"{head} {{}}"
    used = {it.strip().partition("(")[0][1:] for it in body.splitlines() if it.startswith("  @")}
    return Dto(text, tuple(sorted(used - {"Type"})), tuple(used & {"Type"}))


def _key(link: Link) -> str:
    return _property(
        camel(link.key), "number", ["@IsInt()", "@Min(1)", "@Max(2_147_483_647)"], link.required
    )


def _field(field: Field) -> str:
    has_default = field.default is not None
    name, type_ = camel(field.name), script_type(field)
    if has_default:
        rows = "".join(f"  {it}\n" for it in ["@IfSent()", *_rules(field)])
        return f"{rows}  {name}?: {type_};"
    return _property(name, type_, _rules(field), field.required)


def _property(name: str, type_: str, rules: list[str], required: bool) -> str:
    given = [] if required else ["@IsOptional()"]
    rows = "".join(f"  {it}\n" for it in [*given, *rules])
    return f"{rows}  {name}{'!' if required else '?'}: {type_}{'' if required else ' | null'};"


def _rules(field: Field) -> list[str]:
    if field.type == "choice":
        return [f"@IsIn([{', '.join(quoted(it) for it in field.choices)}])"]
    if field.type == "password":
        return ["@IsString()", f"@Length({field.minimum or 8}, {field.maximum or _LONGEST})"]
    if field.type in {"string", "text"}:
        least = field.minimum or (1 if field.required and field.default is None else 0)
        most = field.maximum or (255 if field.type == "string" else 0)
        low = [f"@MinLength({least})"] if least else []
        return ["@IsString()", *low, *([f"@MaxLength({most})"] if most else [])]
    if field.type in {"integer", "bigint"}:
        return ["@IsInt()", *_range(field)]
    if field.type in {"decimal", "float"}:
        places = "{ maxDecimalPlaces: 2 }" if field.type == "decimal" else ""
        return [f"@IsNumber({places})", *_range(field)]
    return _PLAIN[field.type]


def _range(field: Field) -> list[str]:
    whole = field.type == "integer"  # a column of 32 bits
    least = field.minimum if field.minimum is not None else ("-2_147_483_648" if whole else None)
    most = field.maximum if field.maximum is not None else ("2_147_483_647" if whole else None)
    bounds = [] if least is None else [f"@Min({least})"]
    return bounds + ([] if most is None else [f"@Max({most})"])
