"""Schemas that code makes of classes: methods with decorators, and classes whose fields are those
of a root type."""

from __future__ import annotations

from collections.abc import Iterator

from backwright.facts import code, walk
from backwright.index.checks import name_of
from backwright.index.controllers.decorations import decorations, methods, of_class
from backwright.index.evaluation.runner import Frame, Runner
from backwright.index.frameworks import Framework
from backwright.index.graphql.objects import KINDS
from backwright.index.graphql.operation import Operation
from backwright.index.graphql.vocabulary import GraphqlTable, Kind
from backwright.index.mounting.registrars import flat
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    FunctionValue,
    Map,
    Object,
    Site,
    Str,
    Value,
)

_KNOWN_ARGUMENTS = frozenset(
    {
        "description",
        "required",
        "default_value",
        "deprecation_reason",
        "name",
        "resolver",
        "of_type",
    }
)
_ARGUMENTS = "Arguments"
"""The class inside that of a mutation whose attributes are its inputs."""


# Methods with decorators


def of_methods(
    framework: Framework, table: GraphqlTable, runner: Runner, class_: ClassValue
) -> Iterator[Operation]:
    """`@Query(() => [Book]) books() { … }`, as Nest and TypeGraphQL have it."""
    for name, method in methods(class_).items():
        for origin, kind in table.operations.items():
            for given in decorations(method, (origin,), ()):
                yield Operation(
                    framework,
                    kind,
                    _called(given) or name,
                    method.site,
                    method,
                    tuple(_arguments(table, runner, method)),
                    tuple(_guards(table, runner, class_, method)),
                )


def _called(given: Arguments) -> str:
    """The name that a decorator gives: a text, or an entry of its settings."""
    for value in given.positional:
        if isinstance(value, Str) and value.known:
            return value.text
        if isinstance(value, Map) and isinstance(name := value.items.get("name"), Str):
            return name.text
    return ""


def _arguments(
    table: GraphqlTable, runner: Runner, method: FunctionValue
) -> Iterator[tuple[str, str, bool]]:
    module = runner.module(method.file)
    if module is None:
        return
    frame = Frame(module, method.scope)
    for parameter in method.facts.parameters:
        for decorator in parameter.decorators:
            value = runner.eval(decorator, frame)
            if isinstance(value, Object) and value.origin in table.arguments:
                name = _called(value.arguments) or parameter.name
                kind = walk.type_text(parameter.annotation)
                yield name, kind, parameter.default is None


def _guards(
    table: GraphqlTable, runner: Runner, class_: ClassValue, method: FunctionValue
) -> Iterator[Value]:
    used = [*of_class(class_, table.guards, ()), *decorations(method, table.guards, ())]
    for value in (runner.settled(it) for one in used for it in flat(one.positional)):
        named = name_of(value) or "(anonymous)"
        yield Object(table.guard, Arguments([value]), method.site, name=named)


# Classes of fields


def of_schema(
    framework: Framework, table: GraphqlTable, runner: Runner, schema: Object
) -> Iterator[Operation]:
    """The fields of the classes that a schema begins with."""
    camel = _is_camel(table, schema.arguments)
    for at, (keyword, kind) in enumerate(KINDS.items()):
        value = schema.arguments.get((keyword, at))
        for class_ in _classes(table, runner, value):
            reader = _Fields(framework, table, runner, kind, camel=camel)
            yield from reader.of(class_)


def _classes(table: GraphqlTable, runner: Runner, value: Value | None) -> Iterator[ClassValue]:
    value = runner.settled(value) if value is not None else None
    if isinstance(value, ClassValue):
        yield value
    elif isinstance(value, Object) and value.origin in table.merging:
        for inner in flat(value.arguments.positional):
            yield from _classes(table, runner, inner)


def _is_camel(table: GraphqlTable, arguments: Arguments) -> bool:
    given = arguments.get((table.camel,))
    config = arguments.get(("config",))
    if isinstance(config, Object):
        given = given or config.arguments.get((table.camel,))
    return not (isinstance(given, Const) and given.value is False)


def _annotated(class_: ClassValue) -> Iterator[tuple[str, Site]]:
    """The names of a class that have a type, and where they stand."""
    for step in class_.facts.steps:
        if not isinstance(step, code.Assign) or step.annotation is None:
            continue
        if isinstance(step.target, code.Name) and not step.target.name.startswith("_"):
            yield step.target.name, Site(class_.file, step.start, step.end, step.line)


class _Fields:
    def __init__(
        self, framework: Framework, table: GraphqlTable, runner: Runner, kind: Kind, *, camel: bool
    ) -> None:
        self.framework, self.table, self.runner = framework, table, runner
        self.kind, self.camel = kind, camel

    def of(self, class_: ClassValue) -> Iterator[Operation]:
        seen: set[str] = set()
        for base in class_.lineage():
            if not isinstance(base, ClassValue):
                continue
            for name, value in base.scope.names.items():
                operation = self._field(base, name, value) if not name.startswith("_") else None
                if operation is not None and operation.name not in seen:
                    seen.add(operation.name)
                    yield operation
            for name, site in _annotated(base) if self.table.annotated else ():
                if self._written(name) not in seen:
                    seen.add(self._written(name))
                    yield Operation(self.framework, self.kind, self._written(name), site)

    def _field(self, class_: ClassValue, name: str, value: Value) -> Operation | None:
        value = self.runner.settled(value)
        if isinstance(value, FunctionValue):
            for given in decorations(value, self.table.fields, ()):
                return self._made(given, name, value, value.site)
            return None
        if not isinstance(value, Object) or not self._is_field(value):
            return None
        handler = self._handler(class_, name, value)
        site = handler.site if isinstance(handler, FunctionValue) else value.site
        return self._made(value.arguments, name, handler, site)

    def _is_field(self, value: Object) -> bool:
        """A call of the library that makes a field, or of a class that is one."""
        made = value.origin in self.table.fields
        packages = tuple(f"{it}." for it in self.table.packages)
        return made or (bool(self.table.resolving) and value.origin.startswith(packages))

    def _handler(self, class_: ClassValue, name: str, value: Object) -> Value | None:
        given = value.arguments.get(("resolver",))
        if given is not None:
            return self.runner.settled(given)
        inner = value.receiver.class_ if value.receiver is not None else None
        for owner, wanted in (
            (inner, self.table.mutate),
            (class_, (f"{self.table.resolving}{name}",) if self.table.resolving else ()),
        ):
            known = methods(owner) if owner is not None else {}
            found = next((known[it] for it in wanted if it in known), None)
            if found is not None:
                return found
        return None

    def _made(self, given: Arguments, name: str, handler: Value | None, site: Site) -> Operation:
        named = given.get(("name",))
        text = named.text if isinstance(named, Str) and named.known else self._written(name)
        guards = flat([given.get((it,)) for it in self.table.guards])
        arguments = self._signature(handler) or tuple(
            (self._written(it), "", False)
            for it, value in given.keywords.items()
            if it not in _KNOWN_ARGUMENTS and isinstance(value, Object)
        )
        return Operation(self.framework, self.kind, text, site, handler, arguments, tuple(guards))

    def _signature(self, handler: Value | None) -> tuple[tuple[str, str, bool], ...]:
        """The parameters with a type, which clients give."""
        if not isinstance(handler, FunctionValue):
            return ()
        held = handler.owner.scope.names.get(_ARGUMENTS) if handler.owner is not None else None
        if isinstance(held, ClassValue) and handler.facts.name in self.table.mutate:
            given = [it for it, value in held.scope.names.items() if isinstance(value, Object)]
            return tuple((self._written(it), "", False) for it in given)
        return tuple(
            (self._written(it.name), walk.type_text(it.annotation), it.default is None)
            for it in handler.facts.parameters
            if it.annotation is not None and it.name not in {"self", "root", "info", "_"}
        )

    def _written(self, name: str) -> str:
        if not self.camel:
            return name
        first, *rest = name.split("_")
        return first + "".join(it.capitalize() if it else "_" for it in rest)
