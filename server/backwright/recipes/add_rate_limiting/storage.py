"""Where a Python limiter keeps its counts: a Redis that the project has, else its own memory."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.code import Class
from backwright.recipes.local_imports import python_import
from backwright.recipes.project import Project

_SETTING = re.compile(r"^redis_?(?:url|uri|dsn)$", re.IGNORECASE)
_VARIABLE = re.compile(r"^(?:[A-Z0-9]+_)?REDIS_(?:URL|URI)$")


@dataclass(frozen=True, slots=True)
class Storage:
    """An expression for the limiter's `storage_uri`, with the imports that it needs."""

    uri: str
    imports: str


def shared_storage(project: Project, importer: str) -> Storage | None:
    """The project's Redis as a module at `importer` names it; None when none is set up."""
    if "redis" not in project.situation.stack.dependencies:
        return None
    return _from_settings(project, importer) or _from_environment(project)


def _from_settings(project: Project, importer: str) -> Storage | None:
    """An attribute of a settings object, or a constant: what exists once its module is loaded."""
    for path in project.sources((".py",)):
        if importer in project.reached_from(path, early=True):
            continue
        facts = project.facts(path)
        for step in walk.steps(facts.steps) if facts is not None else ():
            if not isinstance(step, code.Assign) or not isinstance(step.target, code.Name):
                continue
            name = step.target.name
            if _SETTING.match(name):
                return Storage(name, python_import(project, importer, path, name))
            class_ = _class_made(project, path, step.value)
            if class_ is not None and (found := _attribute(class_)):
                return Storage(
                    found.replace("@", name, 1), python_import(project, importer, path, name)
                )
    return None


def _class_made(project: Project, path: str, value: code.Expr | None) -> Class | None:
    """The class of the project that `value` makes an instance of, called without arguments."""
    if not isinstance(value, code.Call) or value.arguments:
        return None
    found = project.definitions.find(path, walk.dotted(value.function))
    facts = project.facts(found.place.file) if found is not None else None
    if found is None or facts is None or found.kind != "class":
        return None
    return next((it for it in facts.classes if it.start == found.place.start), None)


def _attribute(class_: Class) -> str:
    """How its Redis URL is read, `@` standing for the object."""
    for step in class_.steps:
        if isinstance(step, code.Assign) and _SETTING.match(walk.dotted(step.target)):
            name = f"@.{walk.dotted(step.target)}"
            return f"str({name})" if "Dsn" in walk.type_text(step.annotation) else name
    return ""


def _from_environment(project: Project) -> Storage | None:
    names = sorted(it for it in project.situation.stack.env if _VARIABLE.match(it))
    if not names:
        return None
    return Storage(f'os.environ.get("{names[0]}", "memory://")', "import os\n")
