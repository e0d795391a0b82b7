"""What a FastAPI project has for roles to stand on: users, a session, and what tells who calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.backend import Model
from backwright.facts.code import Function
from backwright.index.definitions import Definition
from backwright.recipes.guarding.fastapi import usages
from backwright.recipes.guarding.usage import guarded, usual
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project
from backwright.recipes.python_code import function_in
from backwright.syntax.tree import text

_DEPENDS = re.compile(r"\b(?:Depends|Security)\(\s*([\w.]+)")
_FORBIDDEN = re.compile(rb"class (?:Forbidden|PermissionDenied|NotAllowed)")


@dataclass(frozen=True, slots=True)
class Written:
    """Code as `file` writes it: what follows the name of a parameter."""

    code: str
    file: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`user` and `session` are parameters, without their names; `guard` and `opens` are the
    functions that they depend on. `forbidden` is the project's own error for 403."""

    model: Model
    key: str
    user: Written
    guard: Definition
    session: Written
    opens: Definition
    is_async: bool
    base: Definition
    forbidden: Definition | None


def surroundings_of(project: Project) -> Surroundings | Refused:
    found = _guard(project)
    if isinstance(found, Refused):
        return found
    guard, function, model = found
    key = next((it.name for it in model.fields if it.primary_key), "")
    if not key:
        return Refused(f"{model.name} has no primary key that is known")
    session = _session(project, guard, function)
    if session is None:
        return Refused("nothing here depends on a session of SQLAlchemy; roles are kept with one")
    written, opens = session
    opening = project.function_at(opens.place.file, opens.place.start)
    base = _base(project, model)
    if base is None:
        return Refused(f"the class that {model.name} extends is not found in this project")
    return Surroundings(
        model,
        key,
        _user(project, guard, model),
        guard,
        written,
        opens,
        opening is not None and opening.is_async,
        base,
        _forbidden(project),
    )


def _guard(project: Project) -> tuple[Definition, Function, Model] | Refused:
    """What tells who calls: a guard that answers with a stored model."""
    stored = {it.name: it for it in project.situation.backend.models if it.table}
    names = {guard.name for route in guarded(project, "fastapi") for guard in route.guards}
    seen: list[str] = []
    needed = [b"def get_current", *(f"def {it}(".encode() for it in names)]
    for path in project.sources((".py",)):
        # Parsing every file would take seconds.
        if not any(it in project.source(path) for it in needed):
            continue
        facts = project.facts(path)
        for function in facts.functions if facts is not None else ():
            told = [it for it in _names(function.returns) if it in stored]
            is_guard = function.name in names or function.name.startswith("get_current")
            if told and is_guard and function.qualname == function.name:
                found = project.definitions.find(path, function.name)
                if found is not None and stored[told[0]].kind == "sqlalchemy":
                    return found, function, stored[told[0]]
            elif is_guard:
                seen.append(function.name)
    if seen:
        return Refused(
            f"{seen[0]} tells who calls, but not by a model of SQLAlchemy that is kept in a table:"
            " roles are given to such users"
        )
    return Refused(
        "nothing here tells who calls: roles need a dependency that answers with the user; run"
        " jwt-auth first"
    )


def _names(annotation: code.Expr | None) -> Iterator[str]:
    for it in walk.inner(annotation) if annotation is not None else ():
        if isinstance(it, code.Name | code.Member):
            yield it.name
        elif isinstance(it, code.Text):
            yield it.value


def _user(project: Project, guard: Definition, model: Model) -> Written:
    """The parameter by which handlers have the user, as most of them write it."""
    every = [it for it in usages(project) if it.guard == guard.name and not it.is_of_role]
    shown = usual([it for it in every if it.form in {"annotation", "default"}], guard.place.file)
    if shown is None:
        return Written(f": Annotated[{model.name}, Depends({guard.name})]", guard.place.file)
    if shown.form == "default":
        typed = f": {shown.type}" if shown.type else ""
        return Written(f"{typed} = {shown.code}", shown.file)
    return Written(f": {shown.code}", shown.file)


def _session(
    project: Project, guard: Definition, function: Function
) -> tuple[Written, Definition] | None:
    """The parameter by which the guard, else any function, has its session."""
    places = [(guard.place.file, function)]
    for path in project.sources((".py",)):
        if b"Depends" not in project.source(path) or b"Session" not in project.source(path):
            continue
        facts = project.facts(path)
        places += [(path, it) for it in facts.functions] if facts is not None else []
    for path, it in places:
        if not any("session" in p.name or p.name in {"db", "conn"} for p in it.parameters):
            continue
        read = function_in(project.source(path), it.start, it.end)
        for parameter in read.parameters if read is not None else ():
            written = text(parameter)
            name, _, rest = written.partition(":")
            if not rest or not ("session" in name or name.strip() in {"db", "conn"}):
                continue
            whole = _expanded(project, path, rest.strip())
            depends = _DEPENDS.search(whole[0])
            opens = project.definitions.find(whole[1], depends[1]) if depends else None
            if opens is not None and "Session" in whole[0]:
                return Written(f": {rest.strip()}", path), opens
    return None


def _expanded(project: Project, file: str, written: str) -> tuple[str, str]:
    """What is written, with what stands behind a name such as `DbSession`, and where."""
    if not re.fullmatch(r"\w+", written):
        return written, file
    found = project.definitions.find(file, written)
    if found is None or found.kind in {"class", "function"}:
        return written, file
    source = project.source(found.place.file)[found.place.start : found.place.end]
    return source.decode(), found.place.file


def _base(project: Project, model: Model) -> Definition | None:
    facts = project.facts(model.place.file)
    class_ = next((it for it in facts.classes if it.name == model.name), None) if facts else None
    for it in class_.bases if class_ is not None else ():
        name = walk.dotted(it.value)
        found = project.definitions.find(model.place.file, name) if name else None
        if found is not None and not it.name:
            return found
    return None


def _forbidden(project: Project) -> Definition | None:
    """The project's error for what is not allowed, where a message is all that it takes."""
    for path in project.sources((".py",)):
        if not _FORBIDDEN.search(project.source(path)):
            continue
        facts = project.facts(path)
        for it in facts.classes if facts is not None else ():
            own = (
                [f for f in facts.functions if f.qualname == f"{it.name}.__init__"] if facts else []
            )
            bases = [walk.dotted(base.value) for base in it.bases]
            is_error = any(base.endswith(("Error", "Exception")) for base in bases)
            if (
                re.match(r"(?:Forbidden|PermissionDenied|NotAllowed)", it.name)
                and is_error
                and not own
            ):
                return project.definitions.find(path, it.name)
    return None
