"""What runs before a handler, in order, as the index has evaluated it."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.facts.backend import Route
from backwright.facts.code import FileFacts
from backwright.index import values as found
from backwright.index.mounting.events import Endpoint
from backwright.index.resolve import endpoints
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.values import (
    Code,
    Const,
    Kind,
    Listed,
    Made,
    Module,
    Outside,
    Part,
    Result,
    Unknown,
    Value,
)

_MAX_NESTED = 30


@dataclass(frozen=True, slots=True)
class Chain:
    """`before` are the values that run before the handler; `wrappers` those it is wrapped in, the
    outermost first, as they were called."""

    before: tuple[Value, ...]
    handler: Code | None
    wrappers: tuple[Value, ...] = ()


class Chains:
    """The chains of all endpoints of a project, evaluated once."""

    def __init__(self, project: Project) -> None:
        files: dict[str, FileFacts] = {
            path: facts for path in project.paths if (facts := project.facts(path)) is not None
        }
        self._endpoints = endpoints(files, project.modules)

    def of(self, route: Route) -> Chain | None:
        for endpoint in self._endpoints:
            for method, answering in endpoint.event.targets:
                if method in {route.method, "ANY"} and _path_of(endpoint) == route.path:
                    return _chain(endpoint, answering, route)
        return None


def _path_of(endpoint: Endpoint) -> str:
    return endpoint.path


def _chain(endpoint: Endpoint, answering: found.Value, route: Route) -> Chain | None:
    wrappers: list[Value] = []
    at: found.Value = answering
    depth = 0
    while isinstance(at, found.Object) and depth < 5:
        inner = [
            it
            for it in at.arguments.positional
            if isinstance(it, found.FunctionValue | found.Object)
        ]
        if not inner:
            break
        wrappers.append(converted(at))
        at, depth = inner[-1], depth + 1
    if not isinstance(at, found.FunctionValue):
        return Chain(tuple(converted(it) for it in endpoint.before), None)
    wrappers += [converted(it) for it in at.decorators]
    handler = converted(at)
    assert isinstance(handler, Code)
    return Chain(tuple(converted(it) for it in endpoint.before), handler, tuple(wrappers))


def converted(value: found.Value, depth: int = 0) -> Value:
    """A value of the index as a symbol."""
    if depth > _MAX_NESTED:
        return Unknown()
    deeper = depth + 1
    match value:
        case found.Str():
            return Const(value.text) if value.known else Unknown()
        case found.Const(inner):
            return Const(inner)
        case found.Seq(items):
            return Listed(tuple(converted(it, deeper) for it in items))
        case found.Map():
            fields = tuple((name, converted(it, deeper)) for name, it in value.items.items())
            return Made("", fields)
        case found.External(origin):
            return Outside(origin)
        case _:
            return _defined(value, deeper)


def _defined(value: found.Value, depth: int) -> Value:
    """Functions, classes and what is made of them."""
    match value:
        case found.FunctionValue():
            this = converted(value.this, depth) if value.this is not None else None
            return Code(value.facts, value.file, _scope(value.scope, depth), this)
        case found.ClassValue():
            return Kind(value.facts.name, value.file, value.facts)
        case found.ModuleValue():
            return Module(value.file)
        case found.Method():
            return Part(converted(value.object, depth), value.name)
        case found.Object():
            return _object(value, depth)
        case _:
            return Unknown()


def _object(value: found.Object, depth: int) -> Value:
    if value.class_ is not None and not value.origin:
        fields = tuple((name, converted(it, depth)) for name, it in value.attributes.items())
        return Made(f"{value.class_.file}:{value.class_.facts.name}", fields, site=value.site.start)
    function: Value = Outside(value.origin)
    if value.receiver is not None:
        function = Part(converted(value.receiver, depth), value.origin.rpartition(".")[2])
    arguments = tuple(converted(it, depth) for it in value.arguments.positional)
    keywords = sorted(value.arguments.keywords.items())
    return Result(function, arguments, tuple((name, converted(it, depth)) for name, it in keywords))


def _scope(scope: found.Scope, depth: int) -> dict[str, Value]:
    """The names that a function closes over; those of its module it finds itself."""
    names: dict[str, Value] = {}
    at: found.Scope | None = scope
    while at is not None and at.parent is not None:
        for name, value in at.names.items():
            if name not in names:
                names[name] = converted(value, depth)
        at = at.parent
    return names
