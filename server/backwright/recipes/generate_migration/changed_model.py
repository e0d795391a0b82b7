"""The model of a migration as it is afterwards, so that the two agree."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.facts.backend import Model
from backwright.recipes.add_model.prisma import with_lines
from backwright.recipes.add_model.python_file import import_text, with_attributes
from backwright.recipes.declaring.django_model import field_text
from backwright.recipes.declaring.prisma_model import PrismaWriter
from backwright.recipes.declaring.python_classes import model_classes
from backwright.recipes.declaring.sqlalchemy_model import Writer, manner_of
from backwright.recipes.generate_migration.django import index_title
from backwright.recipes.generate_migration.steps import Add, Drop, Index, Step
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project
from backwright.recipes.sql.ddl import index_name
from backwright.text.span import Span


def model_units(project: Project, model: Model, steps: Sequence[Step]) -> list[Unit]:
    """The units that put added columns into the model and take dropped ones out."""
    path = model.place.file
    source = project.situation.source(path)
    added = [it.field for it in steps if isinstance(it, Add) and it.declared is None]
    dropped = [it.declared.name for it in steps if isinstance(it, Drop)]
    if model.kind == "prisma":
        return _prisma(project, model, source, steps)
    if not path.endswith(".py"):
        return []
    classes = model_classes(source)
    declared = classes.get(model.name)
    if declared is None:
        return []
    indexes = [it for it in steps if isinstance(it, Index)]
    if model.kind == "django":
        lines = [*map(field_text, added), *_django_indexes(model, source, indexes)]
        imports = ""
    else:
        writer = Writer(manner_of(source, declared, declared.header))
        lines = [writer.column_line(it) for it in added]
        if indexes and "__table_args__" not in declared.lines:
            lines.append(_table_arguments(model, indexes))
            writer.imports.setdefault("sqlalchemy", set()).add("Index")
        imports = import_text(writer.imports) if lines else ""
    units = with_attributes(path, source, {model.name: lines}) if lines else []
    data = source.encode()
    edits = []
    for name in dropped:
        text = declared.lines.get(name, "")
        at = source.find(text, source.find(f"class {model.name}")) if text else -1
        if at >= 0:
            start = source.rfind("\n", 0, at) + 1
            end = source.find("\n", at + len(text)) + 1
            edits.append(Edit(Span(len(source[:start].encode()), len(source[:end].encode())), ""))
    removed = edited_lines(path, data, edits) if edits else []
    before = [Unit(path, "imports", text=imports)] if imports else []
    return [*before, *units, *removed]


def _django_indexes(model: Model, source: str, indexes: Sequence[Index]) -> list[str]:
    """The Meta class with the indexes, where the model has none yet."""
    body = source[source.find(f"class {model.name}(") :].partition("\nclass ")[0]
    if not indexes or "class Meta" in body:
        return []
    name = model.name.lower()
    rows = []
    for it in indexes:
        fields = [field.name for field in it.fields]
        listed = ", ".join(f'"{field}"' for field in fields)
        kind = "UniqueConstraint" if it.unique else "Index"
        title = index_title(name, fields)
        rows.append(f'            models.{kind}(fields=[{listed}], name="{title}"),\n')
    word = "constraints" if indexes[0].unique else "indexes"
    return [f"\n    class Meta:\n        {word} = [\n{''.join(rows)}        ]"]


def _table_arguments(model: Model, indexes: Sequence[Index]) -> str:
    rows = []
    for it in indexes:
        columns = [field.column or field.name for field in it.fields]
        listed = ", ".join(f'"{column}"' for column in columns)
        unique = ", unique=True" if it.unique else ""
        rows.append(f'        Index("{index_name(model.table, columns)}", {listed}{unique}),\n')
    return f"__table_args__ = (\n{''.join(rows)}    )"


def _prisma(project: Project, model: Model, source: str, steps: Sequence[Step]) -> list[Unit]:
    writer = PrismaWriter(source)
    added = [it.field for it in steps if isinstance(it, Add) and it.declared is None]
    lines = [writer.field_line(it, model.name) for it in added]
    dropped = [it.declared.name for it in steps if isinstance(it, Drop)]
    for it in steps:
        if isinstance(it, Index):
            kind = "unique" if it.unique else "index"
            named = ", ".join(field.name for field in it.fields)
            lines.append(f"@@{kind}([{named}])")
    units = [with_lines(source, model, lines)] if lines else []
    for name in dropped:
        match = re.search(rf"^\s+{re.escape(name)}\s[^\n]*$", source, re.MULTILINE)
        if match is not None:
            units.append(Unit(model.place.file, "edit", text="", search=match[0].strip("\n")))
    return units
