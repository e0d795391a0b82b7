"""Ties a limiter to its app: beside the other extensions, where the configuration is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backwright.edits.units import Unit
from backwright.facts import code, walk
from backwright.facts.backend import Made, Place
from backwright.facts.code import FileFacts
from backwright.recipes.add_rate_limiting.python_limiter import (
    Limiter,
    before_app,
    below,
    imported_above,
    use_of,
)
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project
from backwright.text.lines import Lines


def bound_to(project: Project, app: Made, limiter: Limiter) -> list[Unit]:
    """A new limiter in the module of the app itself."""
    if limiter.new is None:
        return []
    file = app.place.file
    source = project.source(file)
    if app.scope:
        edits = [
            before_app(project, app, limiter.new.body),
            below(project, _settled(project, app), [f"{limiter.name}.init_app({app.name})"]),
        ]
    else:
        body = limiter.new.body.replace("(key_func", f"(app={app.name}, key_func", 1)
        body = body.replace("(\n    key_func", f"(\n    app={app.name},\n    key_func", 1)
        edits = [below(project, _settled(project, app), body.rstrip("\n").split("\n"))]
    imports = [Unit(file, "imports", text=limiter.new.imports)]
    return [*edited_lines(file, source, edits), *imported_above(project, app.place, imports)]


def wiring(project: Project, app: Made, limiter: Limiter) -> list[Unit]:
    """`limiter.init_app(app)`, unless the limiter has been given an app already."""
    if limiter.new is None and _has_app(project, limiter):
        return []
    spot = _beside_extensions(project, app, limiter) or _Spot(_settled(project, app), app.name)
    file = spot.place.file
    name, imports = use_of(project, file, limiter)
    edit = below(project, spot.place, [f"{name}.init_app({spot.app})"])
    return [
        *edited_lines(file, project.source(file), [edit]),
        *imported_above(project, spot.place, imports),
    ]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A statement to stand below, where the app is called `app`."""

    place: Place
    app: str


def _has_app(project: Project, limiter: Limiter) -> bool:
    made = limiter.made
    if made is None:
        return False
    for path in project.sources((".py",)):
        for it in _initialised(project, path):
            found = project.definitions.find(path, it.owner)
            if found is not None and found.place == made.place:
                return True
    statement = project.source(made.place.file)[made.place.start : made.place.end]
    return b"app" in statement.partition(b"(")[2]


def _beside_extensions(project: Project, app: Made, limiter: Limiter) -> _Spot | None:
    """Below the last of the other extensions: of the limiter's module, else of the app's file."""
    reached = project.reached_from(app.place.file)
    every = [it for path in sorted(reached) for it in _initialised(project, path)]
    for it in reversed(every):
        found = project.definitions.find(it.place.file, it.owner)
        if found is not None and found.place.file == limiter.file:
            return _Spot(it.place, it.app)
    own = [it for it in every if it.place.file == app.place.file and it.app == app.name]
    outside = [it for it in own if project.definitions.find(app.place.file, it.owner)]
    return _Spot(outside[-1].place, outside[-1].app) if outside else None


@dataclass(frozen=True, slots=True)
class _Initialised:
    """`owner.init_app(app)` as a statement."""

    owner: str
    app: str
    place: Place


def _initialised(project: Project, path: str) -> Iterator[_Initialised]:
    facts = project.facts(path)
    for step in walk.every_step(facts) if facts is not None else ():
        if isinstance(step, code.Do) and isinstance(step.value, code.Call):
            owner, _, name = walk.dotted(step.value.function).rpartition(".")
            arguments = step.value.arguments
            if name == "init_app" and owner and arguments:
                app = walk.dotted(arguments[0].value)
                yield _Initialised(owner, app, Place(path, step.line, step.start, step.end))


def _settled(project: Project, app: Made) -> Place:
    """The statement that makes the app, or the last one that configures it where it is made."""
    facts = project.facts(app.place.file)
    found = app.place
    for step in _beside(facts, app) if facts is not None else ():
        whole = _whole(project, app.place.file, step)
        if whole is not None and whole.start > found.start and _configures(step, app):
            found = whole
    return found


def _configures(step: code.Step, app: Made) -> bool:
    """Whether a statement, or one of those in its blocks, is about the app's configuration."""
    for inner in walk.steps([step]):
        if isinstance(inner, code.Do | code.Assign):
            value = inner.value if isinstance(inner, code.Do) else inner.target
            if walk.dotted(value).startswith(f"{app.name}.config"):
                return True
    return False


def _whole(project: Project, file: str, step: code.Step) -> Place | None:
    """The place of a statement with its blocks; None where it is not known how far it goes."""
    if isinstance(step, code.Do | code.Assign):
        return Place(file, step.line, step.start, step.end)
    if not isinstance(step, code.Branch):
        return None
    inner = list(walk.steps([step]))[1:]
    placed = [it for it in inner if isinstance(it, code.Do | code.Assign)]
    if len(placed) < len(inner):
        return None
    source = project.source(file)
    start = Lines.of(source).start_of(step.line)
    start += len(source[start:]) - len(source[start:].lstrip(b" \t"))
    return Place(file, step.line, start, max(it.end for it in placed))


def _beside(facts: FileFacts, app: Made) -> list[code.Step]:
    """The statements of the body in which the app is made."""
    for function in facts.functions:
        if function.qualname == app.scope and function.start <= app.place.start < function.end:
            return function.steps
    return facts.steps
