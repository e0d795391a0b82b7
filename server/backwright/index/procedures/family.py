"""The family of procedures: what routers hold, under names that dots make of their keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from backwright.facts.backend import Location
from backwright.facts.code import FileFacts
from backwright.index.evaluation.runner import Runner
from backwright.index.frameworks import Framework, frameworks
from backwright.index.makers import run_makers
from backwright.index.mounting.events import Endpoint, Registered
from backwright.index.mounting.registrars import flat
from backwright.index.procedures.vocabulary import ProcedureTable
from backwright.index.schema_fields import fields_of
from backwright.index.values import (
    Arguments,
    FunctionValue,
    Map,
    ModuleValue,
    Object,
    Site,
    Value,
)

MAX_DEPTH = 12
"""How many routers may stand in each other."""


@dataclass(slots=True)
class Procedures:
    """`files` are all files by their path, `paths` those that are no tests."""

    files: Mapping[str, FileFacts]
    paths: list[str]
    routers: list[Object] = field(default_factory=list)

    # What the evaluator tells

    def method_called(
        self, object_: Object, name: str, arguments: Arguments, site: Site
    ) -> Object | None:
        """A router that a builder makes, itself or of others."""
        for _, table in tables():
            if name in (*table.router, *table.merge) and _is_builder(object_, table):
                made = Object(f"{object_.origin}().{name}", arguments, site, receiver=object_)
                self.routers.append(made)
                return made
        return None

    # What it comes to

    def endpoints(self, runner: Runner) -> list[Endpoint]:
        return [it for framework, table in tables() for it in self._of(framework, table, runner)]

    def _of(
        self, framework: Framework, table: ProcedureTable, runner: Runner
    ) -> Iterator[Endpoint]:
        packages = set(table.packages)
        if all(packages.isdisjoint(self.files[path].imports) for path in self.paths):
            return
        names = {*table.operations, *table.router, *table.merge}
        for path in self.paths:
            if self.files[path].language != "python":
                run_makers(runner, self.files[path], names)
        reader = _Reader(framework, table, runner)
        own = [it for it in self.routers if _is_router(it, table)]
        held = [inner for it in own for inner in reader.inside(it)]
        # What one call of a factory makes is no root where that of another call has its place.
        places = {it.site for it in held}
        for router in own:
            if router.site not in places:
                yield from reader.endpoints(router)


@cache
def tables() -> tuple[tuple[Framework, ProcedureTable], ...]:
    return tuple((it, it.procedures) for it in frameworks() if it.procedures is not None)


@dataclass(frozen=True, slots=True)
class _Reader:
    framework: Framework
    table: ProcedureTable
    runner: Runner

    def inside(self, router: Object, depth: int = 0) -> Iterator[Object]:
        """The routers that one holds, directly or not."""
        for value in self._parts(router):
            if isinstance(value, Object) and _is_router(value, self.table) and depth < MAX_DEPTH:
                yield value
                yield from self.inside(value, depth + 1)

    def endpoints(self, root: Object) -> Iterator[Endpoint]:
        for name, chain in self._procedures(root, "", 0):
            verb = self.table.operations[chain.origin.rpartition(".")[2]]
            event = self._event(name, verb, chain)
            yield Endpoint(event, self.framework, name, name, True, event.before, root)

    def _parts(self, router: Value) -> Iterator[Value]:
        """What stands in a router, of a table in it and of those it is merged from too."""
        if isinstance(router, Map):
            for value in router.items.values():
                inner = self._meant(value)
                yield inner
                if isinstance(inner, Map):
                    yield from self._parts(inner)
        elif isinstance(router, Object):
            for value in flat(router.arguments.positional):
                inner = self._meant(value)
                if isinstance(inner, Map):
                    yield from self._parts(inner)
                else:
                    yield inner

    def _procedures(self, holder: Value, prefix: str, depth: int) -> Iterator[tuple[str, Object]]:
        """The procedures under `holder` by their whole names."""
        if depth > MAX_DEPTH:
            return
        if isinstance(holder, Map):
            for key, value in holder.items.items():
                yield from self._procedures(self._meant(value), f"{prefix}{key}.", depth + 1)
        elif isinstance(holder, Object) and _is_router(holder, self.table):
            for value in flat(holder.arguments.positional):
                yield from self._procedures(self._meant(value), prefix, depth + 1)
        elif isinstance(holder, Object) and self._is_procedure(holder):
            yield prefix.removesuffix("."), holder

    def _meant(self, value: Value) -> Value:
        """The router itself, where a function imports it or a module stands for it."""
        value = self.runner.settled(value)
        if isinstance(value, Object) and value.origin in self.table.lazy:
            given = value.arguments.get((0,))
            if isinstance(given, FunctionValue):
                value = self.runner.settled(self.runner.call_function(given, Arguments()))
        if isinstance(value, ModuleValue):
            exported = [self.runner.settled(it) for it in value.exported.values()]
            routers = [
                it for it in exported if isinstance(it, Object) and _is_router(it, self.table)
            ]
            return routers[0] if len(routers) == 1 else value
        return value

    def _is_procedure(self, value: Object) -> bool:
        last = value.origin.rpartition(".")[2]
        base = _chain(value)[0]
        return last in self.table.operations and base.origin.endswith(f".{self.table.procedure}")

    def _event(self, name: str, verb: str, chain: Object) -> Registered:
        layers = _chain(chain)
        handler: Value = chain.arguments.get((0,)) or chain
        if isinstance(handler, FunctionValue) and not (handler.facts.name or handler.maker):
            handler.maker = name.rpartition(".")[2]
        location: Location = "query" if verb == "QUERY" else "body"
        schemas = [
            schema
            for it in layers
            if it.origin.rpartition(".")[2] in self.table.inputs
            and (schema := it.arguments.get((0,))) is not None
        ]
        fields = [it for schema in schemas for it in fields_of(schema, location)]
        return Registered(
            owner=Object("", Arguments(), chain.site),
            targets=((verb, handler),),
            path=Map(),
            before=(*self._before(layers), *(self._input(it, chain.site) for it in schemas)),
            response_model=None,
            status=None,
            protocol="rpc",
            site=chain.site,
            order=0,
            declared=(),
            bare=True,
            parameters=tuple(fields),
        )

    def _before(self, layers: list[Object]) -> Iterator[Value]:
        """The functions that run before, called as the procedure that has them is, if it is."""
        waiting: list[Value] = []
        for layer in layers:
            if layer.origin.rpartition(".")[2] in self.table.before:
                waiting += [self._function(it) for it in layer.arguments.positional]
            if layer.name:
                yield from (_called(it, layer.name) for it in waiting)
                waiting = []
        yield from waiting

    def _function(self, value: Value) -> Value:
        value = self.runner.settled(value)
        made = isinstance(value, Object) and value.origin.endswith(f".{self.table.middleware}")
        if isinstance(value, Object) and made:
            return value.arguments.get((0,)) or value
        return value

    def _input(self, schema: Value, site: Site) -> Object:
        name = schema.name if isinstance(schema, Object) and schema.name else "input"
        return Object(self.table.input, Arguments([schema]), site, name=name)


def _chain(value: Object) -> list[Object]:
    """The calls that lead to a value, from what they begin with."""
    layers = [value]
    while (receiver := layers[0].receiver) is not None:
        layers.insert(0, receiver)
    return layers


def _called(value: Value, name: str) -> Value:
    return replace(value, maker=name) if isinstance(value, FunctionValue) else value


def _is_builder(value: Object, table: ProcedureTable) -> bool:
    began = any(value.origin.startswith(it) for it in table.makers)
    return began and value.origin.endswith(f".{table.made}")


def _is_router(value: Object, table: ProcedureTable) -> bool:
    owner, _, name = value.origin.rpartition("().")
    made = value.receiver is not None and _is_builder(value.receiver, table)
    return bool(owner) and made and name in (*table.router, *table.merge)
