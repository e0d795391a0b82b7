"""Adds models of SQLAlchemy and SQLModel."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import replace

from backwright.edits.units import Unit
from backwright.facts.backend import Model
from backwright.recipes.add_model.python_file import (
    Home,
    base_imports,
    home_of,
    import_text,
    with_attributes,
)
from backwright.recipes.declaring.entity_plan import Declared
from backwright.recipes.declaring.sqlalchemy_model import Manner, Writer, manner_of
from backwright.recipes.local_imports import python_import
from backwright.recipes.project import Project

_EXTENSION = re.compile(rb"^(\w+)(?:\s*:\s*\w+)?\s*=\s*SQLAlchemy\(", re.MULTILINE)
_BASE = "class Base(DeclarativeBase):\n    pass\n"


def units_for(
    project: Project, models: Sequence[Model], entities: Sequence[Declared], orm: str
) -> list[Unit]:
    situation = project.situation
    near = [h.target.model.place.file for it in entities for h in it.held if h.target.model]
    home = home_of(situation, models, entities[0].entity.name, near)
    manner, made = _manner(project, home, orm)
    here = home.path if not home.is_new else ""
    writer = Writer(replace(manner, file=here))
    written = writer.declaration(list(entities))
    text = f"{made}\n\n{written.text}" if made else written.text
    if made:
        written.imports.setdefault("sqlalchemy.orm", set()).add("DeclarativeBase")
    if not home.is_new:
        source = situation.source(home.path)
        imports = import_text(written.imports)
        units = [Unit(home.path, "imports", text=imports)] if imports else []
        units += with_attributes(home.path, source, written.backs)
        return [*units, *_checking(project, home, entities), Unit(home.path, "append", text=text)]
    return _new_file(project, home, manner, written.imports, text, entities)


def _manner(project: Project, home: Home, orm: str) -> tuple[Manner, str]:
    """How models are declared here, and the base class where there is none yet."""
    situation = project.situation
    if home.sibling is not None:
        header = home.sibling.header
        return manner_of(situation.source(home.shown), home.sibling, header), ""
    if orm == "sqlmodel":
        return Manner("sqlmodel", None, "SQLModel, table=True"), ""
    if (found := _extension(project)) is not None:
        name = found[1]
        return Manner("mapped", None, f"{name}.Model", f"{name}.", f"{name}."), ""
    return Manner("mapped", None, "Base"), "" if _base_of(project) else _BASE


def _extension(project: Project) -> tuple[str, str] | None:
    """The file and name of the object of Flask-SQLAlchemy, None where that is not used."""
    if "flask-sqlalchemy" not in project.situation.stack.dependencies:
        return None
    for path in project.sources((".py",)):
        if (match := _EXTENSION.search(project.source(path))) is not None:
            return path, match[1].decode()
    return None


def _base_of(project: Project) -> str:
    """The file that has a declarative base called Base, "" for none."""
    for path in project.sources((".py",)):
        if re.search(rb"^class Base\(.*DeclarativeBase", project.source(path), re.MULTILINE):
            return path
    return ""


def _new_file(
    project: Project,
    home: Home,
    manner: Manner,
    imports: dict[str, set[str]],
    text: str,
    entities: Sequence[Declared],
) -> list[Unit]:
    own = _base_imports(project, home, manner, text, imports)
    others = _foreign(project, home, entities)
    if others:
        imports.setdefault("typing", set()).add("TYPE_CHECKING")
    block = import_text(imports, apart=own)
    if others:
        block += "\nif TYPE_CHECKING:\n" + "".join(f"    {it}" for it in others)
    units = [Unit(home.path, "create", text=f"{block}\n\n{text}")]
    package = posixpath.join(posixpath.dirname(home.path), "__init__.py")
    shown = posixpath.basename(home.shown).removesuffix(".py")
    listed = project.situation.source(package)
    if home.shown and re.search(rf"^from [\w.]*\b{re.escape(shown)} import ", listed, re.MULTILINE):
        lines = "".join(
            python_import(project, package, home.path, it.class_name) for it in entities
        )
        units.append(Unit(package, "imports", text=lines))
        names = re.search(r"__all__\s*=\s*\[[^\]]*\]", listed)
        if names is not None:
            added = "".join(f', "{it.class_name}"' for it in entities)
            changed = re.sub(r",?\s*\]$", f"{added}]", names[0])
            units.append(Unit(package, "edit", text=changed, search=names[0]))
    return units


def _base_imports(
    project: Project, home: Home, manner: Manner, text: str, imports: dict[str, set[str]]
) -> list[str]:
    if home.shown:
        names = [part.split("=")[0].strip() for part in manner.header.split(",") if "=" not in part]
        names += [it for it in (manner.prefix.split(".")[0], manner.orm.split(".")[0]) if it]
        kept = "\n".join(home.sibling.lines.values()) if home.sibling else ""
        used = set(re.findall(r"\b[A-Za-z_]\w*\b", text))
        given = {it for names_ in imports.values() for it in names_}
        names += [it for it in re.findall(r"\b[a-zA-Z_]\w*\b", kept) if it in used - given]
        return base_imports(project, home, list(dict.fromkeys(names)))
    if (found := _extension(project)) is not None:
        return [python_import(project, home.path, *found)]
    base = _base_of(project)
    own = base and manner.header == "Base"
    return [python_import(project, home.path, base, "Base")] if own else []


def _foreign(project: Project, home: Home, entities: Sequence[Declared]) -> list[str]:
    """Imports, for annotations alone, of models that other files declare."""
    found = []
    for it in entities:
        for held in it.held:
            if held.target.model is not None and held.target.model.place.file != home.path:
                file = held.target.model.place.file
                found.append(python_import(project, home.path, file, held.target.name))
    return list(dict.fromkeys(found))


def _checking(project: Project, home: Home, entities: Sequence[Declared]) -> list[Unit]:
    """The same for a file that is there: a model of another file is imported as such."""
    lines = _foreign(project, home, entities)
    return [Unit(home.path, "imports", text="".join(lines))] if lines else []
