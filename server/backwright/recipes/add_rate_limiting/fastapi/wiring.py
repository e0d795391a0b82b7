"""What an app needs once for slowapi: the limiter in its state, and an answer with 429."""

from __future__ import annotations

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.facts import code, walk
from backwright.facts.backend import Made, Place
from backwright.recipes.add_rate_limiting.python_limiter import (
    Limiter,
    before_app,
    below,
    imported_above,
    use_of,
)
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project

_HTTP_ERRORS = frozenset(
    {"starlette.exceptions.HTTPException", "fastapi.exceptions.StarletteHTTPException"}
)


def wiring(project: Project, app: Made, limiter: Limiter) -> list[Unit]:
    """The units that make a new limiter beside the app, if it stands there, and wire it."""
    file = app.place.file
    edits: list[Edit] = []
    imports = ""
    if limiter.new is not None and limiter.file == file:
        edits.append(before_app(project, app, limiter.new.body))
        imports += limiter.new.imports
    statements = []
    reached = project.reached_from(file)
    name, local_imports = use_of(project, file, limiter)
    kept = [place for path in sorted(reached) if (place := _kept(project, path)) is not None]
    if kept:
        local_imports = []
    else:
        statements.append(f"{app.name}.state.limiter = {name}")
    if not any(_answers(project, path) for path in reached):
        statements.append(
            f"{app.name}.add_exception_handler(RateLimitExceeded, _rate_limit_exceeded_handler)"
        )
        imports += "from slowapi import _rate_limit_exceeded_handler\n"
        imports += "from slowapi.errors import RateLimitExceeded\n"
    if statements:
        beside = next((it for it in kept if it.file == file), app.place)
        edits.append(below(project, beside, statements))
    units = edited_lines(file, project.source(file), edits)
    library = [Unit(file, "imports", text=imports)] if imports else []
    return [*units, *imported_above(project, app.place, [*library, *local_imports])]


def _kept(project: Project, path: str) -> Place | None:
    """Where the module puts a limiter into the state of an app."""
    facts = project.facts(path)
    for step in walk.every_step(facts) if facts is not None else ():
        if isinstance(step, code.Assign) and walk.dotted(step.target).endswith(".state.limiter"):
            return Place(path, step.line, step.start, step.end)
    return None


def _answers(project: Project, path: str) -> bool:
    """Whether the module has an answer of its own to a limit that is exceeded.

    slowapi raises an HTTPException of Starlette's, so a handler for these answers in the shape of
    the project's other errors.
    """
    if any(it.name == "RateLimitExceeded" for it in project.imports(path)):
        return True
    return any(project.origin(path, it) in _HTTP_ERRORS for it in _handled(project, path))


def _handled(project: Project, path: str) -> list[str]:
    """The names of the exceptions that the module registers handlers for."""
    facts = project.facts(path)
    if facts is None:
        return []
    calls = [it for function in facts.functions for it in function.decorators]
    for step in walk.every_step(facts):
        for whole in walk.own_expressions(step):
            calls += walk.inner(whole)
    return [
        walk.dotted(call.arguments[0].value)
        for call in calls
        if isinstance(call, code.Call)
        and call.arguments
        and walk.dotted(call.function).endswith((".exception_handler", ".add_exception_handler"))
    ]
