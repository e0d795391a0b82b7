"""Schemas of Pydantic."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Sequence

from backwright.edits.units import Unit
from backwright.facts.backend import Model
from backwright.recipes.add_model.python_file import import_text
from backwright.recipes.generate_schemas.model_fields import SchemaField, is_answered, sent
from backwright.recipes.project import Project

_TYPES = {
    "integer": "int", "bigint": "int", "decimal": "Decimal", "float": "float", "boolean": "bool",
    "date": "date", "datetime": "datetime", "json": "dict[str, Any]", "uuid": "UUID",
}  # fmt: skip
_MODULES = {
    "Decimal": "decimal", "date": "datetime", "datetime": "datetime", "Any": "typing",
    "UUID": "uuid",
}  # fmt: skip
_ANSWERS = ("Read", "Out", "Response", "Public")


def names_of(project: Project, model: Model) -> tuple[str, str, str]:
    """How the three schemas are called: for what is answered as the project does."""
    known = [it.name for it in project.situation.backend.models if it.kind == "pydantic"]
    ends = Counter(end for end in _ANSWERS for name in known if name.endswith(end))
    return f"{model.name}Create", f"{model.name}Update", model.name + _most(ends)


def _most(ends: Counter[str]) -> str:
    return ends.most_common(1)[0][0] if ends else _ANSWERS[0]


def units_for(project: Project, model: Model, fields: Sequence[SchemaField]) -> list[Unit]:
    create, update, read = names_of(project, model)
    imports: dict[str, set[str]] = {"pydantic": {"BaseModel", "ConfigDict"}}
    own = sent(fields)
    parts = [
        _class(create, [_line(it, imports) for it in own]),
        _class(update, [_line(it, imports, optional=True) for it in own]),
        _class(
            read,
            [
                "model_config = ConfigDict(from_attributes=True)",
                "",
                *(_line(it, imports, answered=True) for it in fields if is_answered(it)),
            ],
        ),
    ]
    text = "\n\n".join(parts)
    path, is_new = _place(project, model)
    if is_new:
        return [Unit(path, "create", text=f"{import_text(imports)}\n\n{text}")]
    return [Unit(path, "imports", text=import_text(imports)), Unit(path, "append", text=text)]


def _class(name: str, lines: Sequence[str]) -> str:
    body = "".join(f"    {it}\n" if it else "\n" for it in lines) or "    pass\n"
    return f"class {name}(BaseModel):\n{body}"


def _line(
    it: SchemaField,
    imports: dict[str, set[str]],
    *,
    optional: bool = False,
    answered: bool = False,
) -> str:
    type_ = _type(it)
    for name, module in _MODULES.items():
        if re.search(rf"\b{name}\b", type_):
            imports.setdefault(module, set()).add(name)
    if it.name == "date" and type_ == "date":  # which the field of that name hides
        imports["datetime"].discard("date")
        imports["datetime"].add("date as date_type")
        type_ = "date_type"
    is_none = it.nullable or (not answered and (optional or it.may_lack))
    type_ = f"{type_} | None" if is_none else type_
    arguments = []
    if not answered and (optional or it.may_lack):
        arguments.append("default=None")
    if it.size and not answered:
        arguments.append(f"max_length={it.size}")
    if not arguments:
        return f"{it.name}: {type_}"
    if arguments == ["default=None"]:
        return f"{it.name}: {type_} = None"
    imports["pydantic"].add("Field")
    return f"{it.name}: {type_} = Field({', '.join(arguments)})"


def _type(it: SchemaField) -> str:
    if it.key:
        lower = it.key.lower()
        if "uuid" in lower:
            return "UUID"
        return "str" if any(word in lower for word in ("char", "str", "text")) else "int"
    return _TYPES.get(it.type, "str")


def _place(project: Project, model: Model) -> tuple[str, bool]:
    """The file, and whether it is new: where schemas of the project are, else beside the model."""
    paths = set(project.situation.paths)
    files = Counter(
        it.place.file
        for it in project.situation.backend.models
        if it.kind == "pydantic" and project.is_own(it.place.file)
    )
    module = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", model.name).lower()
    for path, _ in files.most_common():
        if posixpath.basename(posixpath.dirname(path)) in {"schemas", "schema", "dto"}:
            new = posixpath.join(posixpath.dirname(path), f"{module}.py")
            return new, new not in paths
        if posixpath.basename(path) in {"schemas.py", "schema.py", "dto.py"}:
            return path, False
    folder = posixpath.dirname(model.place.file)
    if posixpath.basename(folder) == "models":
        folder = posixpath.dirname(folder)
    path = posixpath.join(folder, "schemas.py")
    return path, path not in paths
