"""Schemas of Zod: what may be sent to make or change a resource."""

from __future__ import annotations

from backwright.recipes.brief.brief import Field
from backwright.recipes.rest_api.resources import Resource
from backwright.recipes.rest_api.script.entities import default_of
from backwright.recipes.rest_api.script.source import literal, quoted
from backwright.recipes.rest_api.spelling import camel

_LONGEST = 128  # of a password: hashing takes its time
_PLAIN = {
    "email": "z.email().max(320)",
    "url": "z.url().max(2048)",
    "uuid": "z.uuid()",
    "boolean": "z.boolean()",
    "date": "z.iso.date()",
    "datetime": "z.iso.datetime({ offset: true }).transform((value) => new Date(value))",
    "json": "z.json()",
    "slug": r"z.string().max(255).regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)",
    "phone": r"z.string().max(32).regex(/^\+?[0-9][0-9 ().-]{3,30}$/)",
}


def schemas(resource: Resource) -> str:
    """The constants `…Create` and `…Update`, and how they come to be."""
    rows = []
    changed = []
    for link in resource.links:
        rows.append(f"  {camel(link.key)}: id{'' if link.required else '.nullable()'},")
        if not link.required:
            changed.append(f"  {camel(link.key)}: fields.{camel(link.key)}.default(null),")
    for it in resource.fields:
        name = camel(it.name)
        optional = not it.required and it.default is None
        rows.append(f"  {name}: {_type(it)}{'.nullable()' if optional else ''},")
        if it.default is not None:
            changed.append(f"  {name}: fields.{name}.default({literal(default_of(it))}),")
        elif optional:
            changed.append(f"  {name}: fields.{name}.default(null),")
    one = resource.one
    fields = "\n".join(["const fields = {", *rows, "};"])
    if changed:
        create = "\n".join(
            [f"export const {one}Create = z.object({{", "  ...fields,", *changed, "});"]
        )
    else:
        create = f"export const {one}Create = z.object(fields);"
    text = [fields, f"{create}\n\nexport const {one}Update = z.object(fields).partial();"]
    if resource.owner is not None:
        key = camel(resource.owner.key)
        owner = resource.owner.name
        text.append(
            f"export const {one}CreateIn{owner[:1].upper()}{camel(owner)[1:]}"
            f" = {one}Create.omit({{ {key}: true }});"
        )
    return "\n\n".join(text)


def nested_schema(resource: Resource) -> str:
    """The name of the schema of what is sent to make one below its owner."""
    if resource.owner is None:
        return ""
    owner = camel(resource.owner.name)
    return f"{resource.one}CreateIn{owner[:1].upper()}{owner[1:]}"


def _type(field: Field) -> str:
    if field.type == "choice":
        return f"z.enum([{', '.join(quoted(it) for it in field.choices)}])"
    if field.type == "password":
        return f"z.string().min({field.minimum or 8}).max({field.maximum or _LONGEST})"
    if field.type in {"string", "text"}:
        least = field.minimum or (1 if field.required and field.default is None else 0)
        most = field.maximum or (255 if field.type == "string" else 0)
        bounds = (f".min({least})" if least else "") + (f".max({most})" if most else "")
        return f"z.string(){'.trim()' if field.type == 'string' else ''}{bounds}"
    if field.type in {"integer", "bigint"}:
        return f"z.{'int32' if field.type == 'integer' else 'int'}(){_range(field)}"
    if field.type in {"decimal", "float"}:
        return f"z.number(){_range(field)}"
    return _PLAIN[field.type]


def _range(field: Field) -> str:
    low = f".min({field.minimum})" if field.minimum is not None else ""
    return low + (f".max({field.maximum})" if field.maximum is not None else "")
