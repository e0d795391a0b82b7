"""Which files may declare models: they import a library of models, or extend what such files make.

Only these are run for their models, so that a project is not run as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backwright.facts import code, walk
from backwright.facts.code import FileFacts
from backwright.index.calls import CallMemory
from backwright.index.incremental.watched import unwatched
from backwright.index.models.vocabulary import vocabulary

_MIGRATIONS = frozenset({"migrations", "alembic", "migration"})


def candidates(
    files: Mapping[str, FileFacts],
    paths: Iterable[str],
    memory: CallMemory,
    named: frozenset[str] = frozenset(),
) -> list[str]:
    """The files at `paths` that may declare models, in order. `named` are classes that routes name,
    which are models even where they are plain."""
    left = [path for path in paths if not migrates(path)]
    found = [path for path in left if _imports_one(files[path], memory) or _handed(files[path])]
    found += [
        path for path in left if named and any(it.name in named for it in files[path].classes)
    ]
    if found:  # where models are told how they belong together
        joining = vocabulary().joining
        found += [path for path in left if files[path].may_call(joining)]
    chosen, names = set(found), {name for path in found for name in _bound(files[path])}
    fresh: list[str] = found
    while fresh:
        fresh = [
            path
            for path in left
            if path not in chosen and not names.isdisjoint(_extended(files[path]))
        ]
        chosen.update(fresh)
        names.update(name for path in fresh for name in _bound(files[path]))
    return sorted(chosen)


def migrates(path: str) -> bool:
    """Whether the file is a step from one schema to the next, whose classes are of their time."""
    return not _MIGRATIONS.isdisjoint(path.split("/")[:-1])


def _imports_one(facts: FileFacts, memory: CallMemory) -> bool:
    wanted = vocabulary().imports
    if not facts.classes and not any(isinstance(it, code.Assign | code.Do) for it in facts.steps):
        return False
    for module in memory.imports(facts):
        modules = wanted.get(module)
        if modules is None:
            scope = "/".join(module.split("/")[: 2 if module.startswith("@") else 1])
            modules = wanted.get(scope)
        if modules is not None and (not modules or _imports_from(facts, modules)):
            return True
    return False


def _handed(facts: FileFacts) -> bool:
    """Whether a function is handed a library by the name of its parameter."""
    if facts.language == "python":
        return False
    names = vocabulary().parameters
    calls = vocabulary().defining
    return facts.may_call(calls) and any(
        parameter.name in names for it in facts.functions for parameter in it.parameters
    )


def _imports_from(facts: FileFacts, modules: frozenset[str]) -> bool:
    """Whether it imports one of the modules of a package, of which it imports something."""
    for step in walk.every_step(unwatched(facts)):
        if isinstance(step, code.Import):
            whole = f"{step.module}.{step.name}" if step.name else step.module
            if any(f"{whole}.".startswith(f"{it}.") for it in modules):
                return True
    return False


def _bound(facts: FileFacts) -> Iterable[str]:
    """The names that others can extend: classes, and what is made at the top."""
    yield from (it.name for it in facts.classes)
    for step in facts.steps:
        if isinstance(step, code.Assign) and isinstance(step.target, code.Name):
            yield step.target.name


def _extended(facts: FileFacts) -> set[str]:
    """Every part of the names of bases: `db` and `Model` of `class User(db.Model)`."""
    return {
        part
        for class_ in facts.classes
        for base in class_.bases
        for part in walk.dotted(base.value).replace("()", "").split(".")
        if part
    }
