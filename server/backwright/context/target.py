"""What a request is about: an endpoint, a model, a function, or the project as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.facts.backend import Backend, Model, Route, Stack
from backwright.facts.code import FileFacts, Function


@dataclass(frozen=True, slots=True)
class Target:
    """The place that a recipe works on.

    `file` is "" for the project as a whole. `routes` are those that the handler at the cursor
    answers, the first being the one that is meant; `model` is the one that is declared there, and
    `function` the innermost named function at the cursor.
    """

    file: str = ""
    offset: int = 0
    routes: tuple[Route, ...] = ()
    function: Function | None = None
    model: Model | None = None

    @property
    def route(self) -> Route | None:
        return self.routes[0] if self.routes else None

    @property
    def title(self) -> str:
        if self.route is not None:
            return self.route.title
        if self.model is not None:
            return self.model.name
        return self.function.qualname if self.function is not None else self.file or "the project"


def target_at(
    backend: Backend, file: str, offset: int, line: int, facts: FileFacts | None
) -> Target:
    """What stands at a byte of a file, on its 1-based line; `facts` are the file's, None where no
    language reads it."""
    functions = [
        it
        for it in (facts.functions if facts is not None else ())
        if it.name and it.start <= offset <= it.end
    ]
    function = min(functions, key=lambda it: it.end - it.start, default=None)
    routes = tuple(backend.routes_at(file, offset, line))
    return Target(file, offset, routes, function, backend.model_at(file, offset))


def stack_of(backend: Backend, file: str) -> Stack:
    """The application that `file` belongs to: the one with the deepest folder above it."""
    holding = [it for it in backend.stacks if _within(file, it.root)]
    if holding:
        return max(holding, key=lambda it: len(it.root))
    return backend.stacks[0] if backend.stacks else Stack(app="", root="")


def _within(file: str, folder: str) -> bool:
    return folder in {"", "."} or file.startswith(folder.rstrip("/") + "/")
