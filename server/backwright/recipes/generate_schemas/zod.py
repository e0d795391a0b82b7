"""Schemas of Zod."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Sequence

from backwright.edits.units import Unit
from backwright.facts.backend import Model
from backwright.recipes.generate_schemas.model_fields import SchemaField, is_answered, sent
from backwright.recipes.local_imports import is_module
from backwright.recipes.project import Project
from backwright.recipes.script_style import style_of

_TYPES = {
    "integer": "z.number().int()", "bigint": "z.number().int()", "decimal": "z.number()",
    "float": "z.number()", "boolean": "z.boolean()", "date": "z.coerce.date()",
    "datetime": "z.coerce.date()", "json": "z.record(z.string(), z.unknown())",
}  # fmt: skip


def names_of(model: Model) -> tuple[str, str, str]:
    name = model.name[:1].upper() + model.name[1:]
    return f"create{name}Schema", f"update{name}Schema", f"{name[:1].lower()}{name[1:]}Schema"


def units_for(project: Project, model: Model, fields: Sequence[SchemaField]) -> list[Unit]:
    create, update, read = names_of(model)
    path, shown = _place(project, model)
    source = project.situation.source(shown) if shown else ""
    style = style_of(source) if source else style_of('import "a";\n')
    semi, indent = style.semicolon, style.indent
    is_typed = path.endswith(".ts")
    is_common = not is_typed and not is_module(project, shown or model.place.file)
    word = "const" if is_common else "export const"
    text = (
        f"{word} {create} = z.object({{\n{_rows(sent(fields), indent)}}}){semi}\n\n"
        f"{word} {update} = {create}.partial(){semi}\n\n"
        f"{word} {read} = z.object({{\n"
        f"{_rows([it for it in fields if is_answered(it)], indent, answered=True)}}}){semi}\n"
    )
    if is_typed:
        for name in (create, update, read):
            type_ = name[:1].upper() + name[1:].removesuffix("Schema")
            text += f"\nexport type {type_} = z.infer<typeof {name}>{semi}\n"
    if is_common:
        text += f"\nmodule.exports = {{ {create}, {update}, {read} }}{semi}\n"
        head = f"const {{ z }} = require({style.quoted('zod')}){semi}\n"
    else:
        head = f"import {{ z }} from {style.quoted('zod')}{semi}\n"
    return [Unit(path, "create", text=f"{head}\n{text}")]


def _rows(fields: Sequence[SchemaField], indent: str, *, answered: bool = False) -> str:
    return "".join(f"{indent}{it.name}: {_type(it, answered=answered)},\n" for it in fields)


def _type(it: SchemaField, *, answered: bool) -> str:
    made = _TYPES.get(it.type, "z.string()")
    if it.key:
        lower = it.key.lower()
        textual = any(word in lower for word in ("uuid", "char", "string", "text"))
        made = "z.string()" if textual else "z.number().int()"
    if it.type == "email" and not answered:
        made = "z.string().email()"
    if it.size and not answered:
        made += f".max({it.size})"
    if it.nullable:
        made += ".nullable()"
    if it.may_lack and not answered:
        made += ".optional()"
    return made


def _place(project: Project, model: Model) -> tuple[str, str]:
    """The new file, and a file of schemas that it is named and written after, "" for none."""
    files = Counter(
        it.place.file
        for it in project.situation.backend.models
        if it.kind == "zod" and project.is_own(it.place.file)
    )
    kebab = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", model.name).lower()
    typed = model.place.file.endswith((".ts", ".prisma"))
    ending = ".ts" if typed and not _is_plain(project) else ".js"
    for shown, _ in files.most_common(1):
        base = posixpath.basename(shown)
        rest = base[base.index(".") :] if base.count(".") > 1 else posixpath.splitext(base)[1]
        return posixpath.join(posixpath.dirname(shown), f"{kebab}{rest}"), shown
    root = "src" if any(it.startswith("src/") for it in project.situation.paths) else ""
    return posixpath.join(root, "schemas", f"{kebab}{ending}"), ""


def _is_plain(project: Project) -> bool:
    return not any(it.endswith("tsconfig.json") for it in project.situation.paths)
