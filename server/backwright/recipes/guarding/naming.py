"""The imports that another file needs for what a usage of a guard names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from backwright.edits.units import Unit
from backwright.recipes.guarding.usage import Usage
from backwright.recipes.local_imports import python_import, script_specifier
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Imported, Project

_STRINGS = re.compile(r"\"[^\"]*\"|'[^']*'|`[^`]*`")
_ROOT = re.compile(r"(?<![\w.$])([A-Za-z_$][\w$]*)(?!\s*=[^=>]|\w)")


def imports_of(project: Project, usages: Sequence[Usage], target: str) -> list[Unit] | Refused:
    """Imports by which `target` can say all that the usages say in their files."""
    units: list[Unit] = []
    for usage in usages:
        found = imports_for(project, usage.code, usage.file, target)
        if isinstance(found, Refused):
            return found
        units += found
    return list(dict.fromkeys(units))


def imports_for(project: Project, code: str, source: str, target: str) -> list[Unit] | Refused:
    """Imports by which `target` can say what `source` says with `code`."""
    units = []
    for name in dict.fromkeys(_ROOT.findall(_STRINGS.sub("", code))):
        if source == target:
            break
        found = _import(project, name, source, target)
        if isinstance(found, Refused):
            return found
        if found:
            units.append(Unit(target, "imports", text=found))
    return units


def _import(project: Project, name: str, source: str, target: str) -> str | Refused:
    """The statement; "" where none is needed."""
    origin = next((it for it in project.imports(source) if it.local == name and it.early), None)
    there = next((it for it in project.imports(target) if it.local == name), None)
    if origin is not None and there is not None and _same(origin, there):
        return ""
    if origin is None:
        if name not in project.names(source):
            return ""  # a name of the language
        origin = Imported("", name, name, source, early=True)
        if there is not None and there.file == source and there.name == name:
            return ""
    if origin.file == target and origin.name in project.names(target):
        return ""
    if there is not None or name in project.names(target):
        return Refused(f"{target} means something else by {name} than {source}")
    if origin.file and target in project.reached_from(origin.file, early=True):
        return Refused(f"{target} and {origin.file}, which has {name}, would import each other")
    return (
        _script(project, origin, target)
        if not target.endswith(".py")
        else _python(project, origin, target)
    )


def _same(one: Imported, other: Imported) -> bool:
    if one.file or other.file:
        return (one.file, one.name) == (other.file, other.name)
    return (one.module, one.name) == (other.module, other.name)


def _python(project: Project, origin: Imported, target: str) -> str:
    renamed = f" as {origin.local}" if origin.local != origin.name else ""
    if not origin.file:
        if not origin.name:
            return f"import {origin.module}{renamed if origin.local != origin.module else ''}\n"
        return f"from {origin.module} import {origin.name}{renamed}\n"
    path = PurePosixPath(origin.file)
    if origin.name in {path.stem, path.parent.name} and origin.name not in project.names(
        origin.file
    ):
        package = str(path.parent if path.stem == origin.name else path.parent.parent)
        return python_import(project, target, f"{package}/__init__.py", origin.name, origin.local)
    return python_import(project, target, origin.file, origin.name, origin.local)


def _script(project: Project, origin: Imported, target: str) -> str:
    specifier = script_specifier(project, target, origin.file) if origin.file else origin.module
    if origin.name in {"", "default"}:
        return f"import {origin.local} from '{specifier}';\n"
    if origin.name == "*":
        return f"import * as {origin.local} from '{specifier}';\n"
    renamed = f" as {origin.local}" if origin.local != origin.name else ""
    return f"import {{ {origin.name}{renamed} }} from '{specifier}';\n"
