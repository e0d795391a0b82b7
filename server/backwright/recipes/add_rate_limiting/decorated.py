"""Where among the decorators of a Python handler a limit goes."""

from __future__ import annotations

from functools import cache

from backwright.facts import code, walk
from backwright.facts.backend import Route
from backwright.facts.code import Function
from backwright.index.frameworks import frameworks
from backwright.recipes.project import Project


def place_among(project: Project, route: Route, function: Function) -> int:
    """How many decorators stand above the limit: those that register the function, and no more.

    Requests that a guard turns away count, too. A decorator that hides the function's name
    has to stand above as well, for the libraries know limits by that name.
    """
    decorators = function.decorators
    if any(_hides_name(project, route.handler_place.file, it) for it in decorators):
        return len(decorators)
    registering = [n for n, it in enumerate(decorators) if registers(it, route.framework)]
    if registering:
        return registering[-1] + 1
    # Registered elsewhere, or by a decorator of the project's own that may be any of these.
    return len(decorators) if route.place == route.handler_place else 0


def exemption(function: Function) -> str:
    """The decorator that takes a handler out of all limits, such as `limiter.exempt`; else ""."""
    names = (walk.dotted(it).removesuffix("()") for it in function.decorators)
    return next((it for it in names if it.endswith(".exempt")), "")


def registers(decorator: code.Expr, framework: str) -> bool:
    name = walk.dotted(decorator.function) if isinstance(decorator, code.Call) else ""
    return name.rpartition(".")[2] in _registering_names(framework)


@cache
def _registering_names(framework: str) -> frozenset[str]:
    found = (it for it in frameworks() if it.name == framework)
    return frozenset(name for it in found for register in it.register for name in register.names)


def _hides_name(project: Project, path: str, decorator: code.Expr) -> bool:
    """Whether a decorator of the project returns a function that doesn't pass for the first."""
    name = walk.dotted(decorator).removesuffix("()")
    found = project.definitions.find(path, name) if name else None
    if found is None or found.kind != "function":
        return False
    body = project.source(found.place.file)[found.place.start : found.place.end]
    return b"def " in body.partition(b"\n")[2] and b"wraps(" not in body
