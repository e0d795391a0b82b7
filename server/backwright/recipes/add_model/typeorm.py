"""Adds entities of TypeORM."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Sequence

from backwright.edits.units import Unit
from backwright.facts.backend import Model
from backwright.recipes.declaring.entity_plan import Declared, camel
from backwright.recipes.declaring.typeorm_model import TypeormWriter
from backwright.recipes.local_imports import script_specifier
from backwright.recipes.project import Project
from backwright.recipes.script_style import style_of
from backwright.recipes.sql.dialect import dialect_of

_KEY = re.compile(r"(@PrimaryGeneratedColumn\([^)]*\))\s*(?:public |readonly )*id[!?]?:\s*(\w+)")


def units_for(
    project: Project, models: Sequence[Model], entities: Sequence[Declared]
) -> list[Unit]:
    situation = project.situation
    counts = Counter(posixpath.dirname(it.place.file) for it in models)
    folder = counts.most_common(1)[0][0] if counts else "src/entities"
    shown = next((it for it in models if posixpath.dirname(it.place.file) == folder), None)
    source = situation.source(shown.place.file) if shown is not None else ""
    style = style_of(source) if source else style_of('import "a";\n')
    key = _KEY.search(source)
    dialect = dialect_of(situation.stack)
    paths = {it.class_name: _path(folder, it, shown) for it in entities}
    units = []
    for it in entities:
        writer = TypeormWriter(
            style.quote,
            style.semicolon,
            (key[1], key[2]) if key else ("@PrimaryGeneratedColumn()", "number"),
            "timestamptz" if dialect is None or dialect.name == "postgresql" else "datetime",
            not source or "CreateDateColumn" in source,
            not source or "!:" in source,
        )
        text = writer.text(it)
        names = ", ".join(sorted(writer.used))
        lines = [f"import {{ {names} }} from {style.quoted('typeorm')}{style.semicolon}\n"]
        for name in sorted(writer.targets - {it.class_name}):
            file = paths.get(name) or next(m.place.file for m in models if m.name == name)
            where = script_specifier(project, paths[it.class_name], file)
            lines.append(f"import {{ {name} }} from {style.quoted(where)}{style.semicolon}\n")
        units.append(Unit(paths[it.class_name], "create", text=f"{''.join(lines)}\n{text}"))
    return [*units, *_registered(project, models, entities, paths)]


def _path(folder: str, it: Declared, shown: Model | None) -> str:
    """The file of an entity, named as those beside it are."""
    if shown is None:
        return posixpath.join(folder, f"{it.entity.name.replace('_', '-')}.entity.ts")
    base = posixpath.basename(shown.place.file)
    stem, dot, rest = base.partition(".")
    if stem == shown.name:
        made = it.class_name
    elif stem == camel(_snake(shown.name)):
        made = camel(it.entity.name)
    else:
        made = it.entity.name.replace("_", "_" if "_" in stem else "-")
    return posixpath.join(folder, f"{made}{dot}{rest}")


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _registered(
    project: Project,
    models: Sequence[Model],
    entities: Sequence[Declared],
    paths: dict[str, str],
) -> list[Unit]:
    """The new entities among those that a data source lists one by one."""
    units = []
    names = {it.name for it in models}
    for path in project.sources((".ts", ".js")):
        text = project.situation.source(path)
        match = re.search(r"entities:\s*\[([^\]]*)\]", text)
        if match is None or not names & set(re.findall(r"\w+", match[1])):
            continue
        style = style_of(text)
        added = ", ".join(it.class_name for it in entities)
        inner = match[1].rstrip().rstrip(",")
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        rows = text[start : end if end >= 0 else len(text)]
        changed = rows.replace(match[1], f"{inner}, {added}", 1)
        units.append(Unit(path, "edit", text=changed, search=rows))
        lines = []
        for it in entities:
            where = style.quoted(script_specifier(project, path, paths[it.class_name]))
            lines.append(f"import {{ {it.class_name} }} from {where}{style.semicolon}\n")
        units.append(Unit(path, "imports", text="".join(lines)))
    return units
