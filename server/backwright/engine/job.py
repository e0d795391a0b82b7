"""Understands a request: its recipe, its target, and what the recipe's templates make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from backwright.context.target import Target, stack_of, target_at
from backwright.engine.ask import Ask
from backwright.errors import UsageError
from backwright.facts.backend import Place, Route, Stack
from backwright.index.workspace import Workspace
from backwright.recipes.match import Meaning, endpoints_meant, meaning_of, model_place
from backwright.recipes.outcome import Outcome, Refused, Situation, Step, Steps
from backwright.recipes.recipe import Recipe
from backwright.recipes.registry import baseline, recipes, serves


@dataclass(frozen=True, slots=True)
class Job:
    """A request with all that it means in this project."""

    ask: Ask
    recipe: Recipe
    target: Target
    stack: Stack
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Unfit:
    """The request can't be served here, and why."""

    recipe: Recipe
    reason: str


def recipe_by_id(recipe_id: str) -> Recipe:
    """The recipe; raises UsageError with those there are when there is none of that name."""
    found = recipes().get(recipe_id)
    if found is None:
        raise UsageError(f"there is no recipe {recipe_id}; there are {', '.join(recipes())}")
    return found


def understand(workspace: Workspace, ask: Ask, *, with_model: bool) -> Job | Unfit:
    """The job that `ask` means. Raises UsageError for a recipe or file that is not there.

    With a model a job may have no template: its outcome is then a `Refused`.
    """
    meant = _meant(workspace, ask, with_model=with_model)
    if isinstance(meant, Unfit):
        return meant
    ask, recipe = meant
    target = _target(workspace, ask)
    if recipe.at == "endpoint" and ask.routes:
        return _job_of_several(workspace, recipe, ask, target)
    if recipe.at == "endpoint" and target.route is None:
        return Unfit(recipe, _nowhere(workspace, ask))
    if recipe.at == "model" and target.model is None:
        return Unfit(recipe, _no_model(workspace))
    stack = stack_of(workspace.backend, ask.file)
    outcome = _outcome(workspace, recipe, target, stack, ask)
    if isinstance(outcome, Refused) and not with_model:
        return Unfit(recipe, outcome.reason)
    return Job(ask, recipe, target, stack, outcome)


def _meant(workspace: Workspace, ask: Ask, *, with_model: bool) -> tuple[Ask, Recipe] | Unfit:
    """The recipe that is asked for; the place or the endpoints that the words name stand in the
    request then."""
    recipe = recipe_by_id(ask.recipe)
    if recipe.at != "free":
        _check_inputs(recipe, ask)
    elif not ask.conversation:
        meant = meaning_of(ask.text, workspace.backend, ask.file, ask.offset)
        if isinstance(meant, Meaning):
            return _about(ask, meant), meant.recipe
        if not with_model:
            return Unfit(recipe, meant.reason)
    if recipe.at == "endpoint" and ask.text and not (ask.file or ask.scope or ask.routes):
        found = endpoints_meant(ask.text, recipe, workspace.backend, "", 0)
        if isinstance(found, Refused):
            return Unfit(recipe, found.reason)
        return _about(ask, found), recipe
    if recipe.at == "model" and not ask.file:
        ask = _at_place(ask, model_place(ask.text, workspace.backend))
    if ask.scope and not ask.routes:
        ask = replace(ask, routes=tuple(_in_scope(workspace, ask)))
    return ask, recipe


def _about(ask: Ask, meant: Meaning) -> Ask:
    return replace(_at_place(ask, meant.place), routes=meant.routes)


def _in_scope(workspace: Workspace, ask: Ask) -> Iterator[Route]:
    for route in workspace.backend.routes:
        if ask.scope == "project" or route.handler_place.file == ask.file:
            yield route


def _job_of_several(workspace: Workspace, recipe: Recipe, ask: Ask, target: Target) -> Job:
    """A job with a step for each handler of the endpoints that are meant."""
    steps = {it.handler_place: Step(recipe.id, it.title, ask.text, it) for it in ask.routes}
    stack = stack_of(workspace.backend, ask.routes[0].handler_place.file)
    return Job(ask, recipe, target, stack, Steps(tuple(steps.values()), chained=False))


def _nowhere(workspace: Workspace, ask: Ask) -> str:
    """Why there is no endpoint at the place, and where the next ones are."""
    document = workspace.snapshot(ask.file) if ask.file else None
    if document is None:
        return "this recipe needs an endpoint: name a file and a line of one"
    line = document.lines.number_at(ask.offset)
    places = [(route.place, route) for route in workspace.backend.routes]
    near = sorted(
        (abs(place.line - line), route.title, place.line)
        for place, route in places
        if place.file == ask.file
    )[:3]
    shown = ", ".join(f"{title} at line {at}" for _, title, at in near)
    return f"no endpoint at {ask.file}:{line}; " + (
        f"near it: {shown}" if shown else "the file has none"
    )


def _no_model(workspace: Workspace) -> str:
    """Why there is no model at the place, with some of those that the project has."""
    names = sorted({it.name for it in workspace.backend.models})
    if not names:
        return "this recipe needs a model, and the project has none yet"
    shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    return f"this recipe needs a model: name one, or a file and a line of one; there are {shown}"


def example_for(workspace: Workspace, job: Job) -> Route | None:
    """A route of the same framework that already has what the recipe adds, the nearest first."""
    if job.recipe.missing is None or job.target.route is None:
        return None
    target, fact = job.target.route, job.recipe.missing
    having = [
        it
        for it in workspace.backend.routes
        if getattr(it, fact) and it.framework == target.framework and it != target
    ]
    same = [it for it in having if it.handler_place.file == target.handler_place.file]
    return next(iter([*same, *having]), None)


def _check_inputs(recipe: Recipe, ask: Ask) -> None:
    known = [it.name for it in recipe.input]
    for name in ask.inputs:
        if name not in known:
            offered = f"it has {', '.join(known)}" if known else "it has none"
            raise UsageError(f"{recipe.id} has no input {name}; {offered}")


def _at_place(ask: Ask, place: Place | None) -> Ask:
    return replace(ask, file=place.file, offset=place.start) if place is not None else ask


def _target(workspace: Workspace, ask: Ask) -> Target:
    if not ask.file:
        return Target()
    document = workspace.snapshot(ask.file)
    if document is None:
        raise UsageError(f"there is no file {ask.file} in {workspace.root}")
    line = document.lines.number_at(ask.offset)
    return target_at(workspace.backend, ask.file, ask.offset, line, workspace.facts(ask.file))


def _outcome(
    workspace: Workspace, recipe: Recipe, target: Target, stack: Stack, ask: Ask
) -> Outcome:
    situation = Situation(
        target=target,
        backend=workspace.backend,
        stack=stack,
        document=workspace.snapshot,
        request=ask.text,
        inputs=ask.inputs,
        paths=tuple(workspace.paths()),
        of_several=ask.of_several,
    )
    used = [it.name for it in stack.frameworks]
    if target.route is not None:
        named = [target.route.framework]
    elif target.model is not None:
        named = [target.model.kind, *used]
    else:
        named = used
    framework = next((it for it in named if serves(recipe, it)), named[0] if named else "")
    return baseline(recipe, framework, situation)
