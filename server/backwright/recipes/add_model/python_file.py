"""Puts models of Python where the project has its own."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.facts.backend import Model
from backwright.recipes.declaring.python_classes import ModelClass, imported_names, model_classes
from backwright.recipes.local_imports import python_module
from backwright.recipes.outcome import Situation
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project
from backwright.text.lines import Lines
from backwright.text.span import Span

_STANDARD = frozenset({"datetime", "decimal", "typing", "uuid", "enum"})


@dataclass(frozen=True, slots=True)
class Home:
    """Where new models go: the file, whether it is new, and the model that they are made after."""

    path: str
    is_new: bool
    sibling: ModelClass | None
    shown: str = ""
    """The file of the sibling."""


def home_of(situation: Situation, models: Sequence[Model], name: str, near: Sequence[str]) -> Home:
    """The home of a model called `name`, with the models of the files `near` if it can be."""
    counts = Counter(it.place.file for it in models)
    files = [it for it in near if it in counts] or [it for it, _ in counts.most_common(1)]
    if not files:
        return Home(posixpath.join(_package(situation), "models.py"), True, None)
    shown = files[0]
    sibling = _sibling(situation.source(shown), [it for it in models if it.place.file == shown])
    folder = posixpath.dirname(shown)
    beside = [it for it in counts if posixpath.dirname(it) == folder]
    alone = len(beside) > 1 and sum(counts[it] for it in beside) <= 2 * len(beside)
    if alone:
        return Home(posixpath.join(folder, f"{name}.py"), True, sibling, shown)
    return Home(shown, False, sibling, shown)


def _package(situation: Situation) -> str:
    """The folder of the application's own code."""
    root = situation.stack.root.strip("/").removeprefix(".")
    inner = [
        posixpath.dirname(it)
        for it in situation.paths
        if it.endswith("/__init__.py")
        and it.startswith(f"{root}/" if root else "")
        and it.removeprefix(f"{root}/" if root else "").count("/") == 1
        and not it.removeprefix(f"{root}/" if root else "").startswith(("test", "migrations"))
    ]
    return sorted(inner)[0] if inner else root


def _sibling(source: str, models: Sequence[Model]) -> ModelClass | None:
    """The class that shows best how it is done: the last one that has a key and columns."""
    classes = model_classes(source)
    found = [classes[it.name] for it in models if it.name in classes]
    found = [it for it in found if len(it.lines) > 1]
    return max(found, key=lambda it: it.last, default=None)


def base_imports(project: Project, home: Home, names: Sequence[str]) -> list[str]:
    """The imports of the sibling's file that a new file needs as well."""
    text = project.situation.source(home.shown)
    known, local = imported_names(text), model_classes(text)
    plain: list[str] = []
    modules: dict[str, set[str]] = {}
    for name in dict.fromkeys(it.split(".")[0] for it in names):
        if name not in known:
            if name in local or re.search(rf"^{name}\s*=", text, re.MULTILINE):
                module = python_module(project, home.path, home.shown)
                modules.setdefault(module, set()).add(name)
            continue
        module = known[name]
        if re.search(rf"^import {re.escape(module)} as {name}\b", text, re.MULTILINE):
            plain.append(f"import {module} as {name}\n")
        elif module == name:
            plain.append(f"import {module}\n")
        else:
            modules.setdefault(module, set()).add(name)
    return [*plain, *_statements(modules)]


def with_attributes(path: str, source: str, added: dict[str, list[str]]) -> list[Unit]:
    """The units that put lines at the end of the attributes of classes."""
    classes = model_classes(source)
    data = source.encode()
    lines = Lines.of(data)
    edits = []
    for name, attributes in added.items():
        it = classes.get(name)
        if it is not None:
            end = lines.end_of(it.last)
            text = "".join(
                f"{'' if line.startswith(chr(10)) else '    '}{line}\n" for line in attributes
            )
            edits.append(Edit(Span(end, end), text))
    return edited_lines(path, data, edits) if edits else []


def import_text(imports: dict[str, set[str]], apart: Sequence[str] = ()) -> str:
    """Statements for names by their module, with those in `apart`: first what the language has,
    then packages, then the project's own."""
    made = _statements(imports)
    standard = [it for it in [*made, *apart] if _module_of(it) in _STANDARD]
    packages = [it for it in made if it not in standard]
    shared = {_module_of(it) for it in packages}
    packages += [it for it in apart if it not in standard and _module_of(it) in shared]
    own = [it for it in apart if it not in standard and it not in packages]
    blocks = [sorted(standard, key=_plain_first), packages, own]
    return "\n".join("".join(it) for it in blocks if it)


def _module_of(statement: str) -> str:
    return statement.split()[1].split(".")[0]


def _plain_first(statement: str) -> tuple[bool, str]:
    return not statement.startswith("import "), statement


def _statements(modules: dict[str, set[str]]) -> list[str]:
    return [
        f"from {module} import {', '.join(sorted(names, key=_order))}\n"
        for module, names in sorted(modules.items())
    ]


def _order(name: str) -> tuple[int, str]:
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2), name
