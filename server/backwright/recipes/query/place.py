"""Where a project keeps its queries, and the units that put one there."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from backwright.edits.units import Unit
from backwright.facts.backend import Model
from backwright.recipes.local_imports import python_module
from backwright.recipes.outcome import AlreadyDone, Refused
from backwright.recipes.project import Project
from backwright.recipes.query.plan import Plan
from backwright.recipes.query.sqlalchemy import Written

_PYTHON_NAMES = (
    "queries.py",
    "selectors.py",
    "reports.py",
    "reporting.py",
    "repository.py",
    "crud.py",
)
_MODEL_FOLDERS = frozenset({"models", "model", "entities", "entity", "domain"})


@dataclass(frozen=True, slots=True)
class Placed:
    path: str
    units: tuple[Unit, ...]


def sql_file(project: Project, plan: Plan, text: str) -> Placed | AlreadyDone | Refused:
    """A file of its own in the folder of queries."""
    situation = project.situation
    folders = sorted(
        {
            posixpath.dirname(it)
            for it in situation.paths
            if it.endswith(".sql") and posixpath.basename(posixpath.dirname(it)) == "queries"
        }
    )
    root = situation.stack.root if situation.stack.root != "." else ""
    folder = folders[0] if folders else posixpath.join(root, "queries")
    path = posixpath.join(folder, f"{plan.name}.sql")
    old = situation.source(path)
    if old == text:
        return AlreadyDone(f"{path} is that query already")
    if old.strip():
        return Refused(f"{path} is there already and holds another query")
    return Placed(path, (Unit(path, "create", text=text),))


def python_function(
    project: Project, plan: Plan, written: Written
) -> Placed | AlreadyDone | Refused:
    """A function in the module of queries beside the models."""
    path = _module_beside(project, plan.root.model.place.file, _PYTHON_NAMES)
    facts = project.facts(path)
    if facts is not None and any(it.qualname == plan.name for it in facts.functions):
        if written.text.strip() in project.situation.source(path):
            return AlreadyDone(f"{path} has {plan.name} already")
        return Refused(f"{path} has another {plan.name} already")
    imports = _imports(project, path, written)
    if facts is None:
        title = plan.root.many.replace("_", " ")
        text = f'"""Queries about {title}."""\n\n{imports}\n\n{written.text}'
        return Placed(path, (Unit(path, "create", text=text),))
    units = (Unit(path, "imports", text=imports), Unit(path, "append", text=written.text))
    return Placed(path, units)


def _module_beside(project: Project, models: str, names: tuple[str, ...]) -> str:
    folder = posixpath.dirname(models)
    if posixpath.basename(folder) in _MODEL_FOLDERS:
        folder = posixpath.dirname(folder)
    there = set(project.situation.paths)
    beside = [posixpath.join(folder, it) for it in names]
    return next((it for it in beside if it in there), beside[0])


def _imports(project: Project, path: str, written: Written) -> str:
    """The statements that import what a function needs, those of the standard library first."""
    own: dict[str, set[str]] = {}
    for table in written.models:
        module = _module(project, path, table.model)
        own.setdefault(module, set()).add(table.model.name)
    for name in written.imports.pop("", set()):
        model = next(it for it in project.situation.backend.models if it.name == name)
        own.setdefault(_module(project, path, model), set()).add(name)
    standard = {
        k: v for k, v in written.imports.items() if k in {"collections.abc", "datetime", "typing"}
    }
    others = {k: v for k, v in written.imports.items() if k not in standard}
    blocks = [_block(it) for it in (standard, others, own) if it]
    return "\n".join(blocks)


def _module(project: Project, path: str, model: Model) -> str:
    """The module of a model; apps of Django are packages whether or not their folder says so."""
    file = model.place.file
    if model.kind == "django" and posixpath.dirname(file) == posixpath.dirname(path):
        return f".{posixpath.basename(file).removesuffix('.py')}"
    return python_module(project, path, file)


def _block(modules: dict[str, set[str]]) -> str:
    return "".join(
        f"from {module} import {', '.join(sorted(names, key=_constants_first))}\n"
        for module, names in sorted(modules.items())
    )


def _constants_first(name: str) -> tuple[int, str]:
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, name
