"""What runs before a controller's method: guards, limits and pipes, as values of checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backwright.index.checks import name_of
from backwright.index.controllers.decorations import decorations, of_class, origin_of
from backwright.index.controllers.vocabulary import ControllerTable
from backwright.index.evaluation.runner import Frame, Runner
from backwright.index.frameworks import roles
from backwright.index.mounting.registrars import flat
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    External,
    FunctionValue,
    Map,
    Object,
    Site,
    Value,
)

_MILLISECONDS = {"seconds": 1_000, "minutes": 60_000, "hours": 3_600_000, "days": 86_400_000}


@dataclass(frozen=True, slots=True)
class Before:
    """`guards` and `pipes` are those of the whole app, `limit` the settings of its limiter."""

    runner: Runner
    table: ControllerTable
    guards: list[Value]
    pipes: list[Value]
    limit: Map | None

    def of(self, class_: ClassValue, method: FunctionValue) -> Iterator[Value]:
        table = self.table
        for guard in (*self.guards, *self._used(table.guards, class_, method)):
            if origin_of(guard) in roles().limiters:
                yield from self._limit(origin_of(guard), class_, method)
            else:
                yield _counted(guard, table.guard, method.site)
        yield from self._pipes(class_, method)

    def _used(
        self, origins: tuple[str, ...], class_: ClassValue, method: FunctionValue
    ) -> list[Value]:
        """What is used on the class and on the method."""
        found = of_class(class_, origins, self.table.together)
        found += decorations(method, origins, self.table.together)
        return [self.runner.settled(it) for one in found for it in flat(one.positional)]

    def _limit(self, origin: str, class_: ClassValue, method: FunctionValue) -> Iterator[Value]:
        table = self.table
        own = decorations(method, table.throttled, table.together)
        if decorations(method, table.unthrottled, table.together):
            return
        if not own and of_class(class_, table.unthrottled, table.together):
            return
        own = own or of_class(class_, table.throttled, table.together)
        settings = _limit_of(own[0]) if own else self.limit
        yield Object(origin, Arguments([_in_milliseconds(settings or Map())]), method.site)

    def _pipes(self, class_: ClassValue, method: FunctionValue) -> Iterator[Value]:
        """Pipes that check the types of inputs, where one is a class, and those of parameters."""
        table = self.table
        used = [*self.pipes, *self._used(table.pipes, class_, method)]
        checking = [it for it in used if origin_of(it) in table.checking]
        module = self.runner.module(method.file)
        if module is None:
            return
        frame = Frame(module, method.scope)
        for parameter in method.facts.parameters:
            given = [self.runner.eval(it, frame) for it in parameter.decorators]
            inputs = [it for it in given if isinstance(it, Object) and it.origin in table.inputs]
            annotation = parameter.annotation
            type_ = self.runner.eval(annotation, frame) if annotation is not None else None
            if inputs and isinstance(type_, ClassValue):
                yield from (_counted(it, table.pipe, method.site) for it in checking)
            for value in (it for one in inputs for it in one.arguments.positional):
                if _is_pipe(value) and origin_of(value) not in table.filling:
                    yield _counted(value, table.pipe, method.site)


def _counted(value: Value, origin: str, site: Site) -> Object:
    """A guard or pipe of whatever kind, under its own name."""
    return Object(origin, Arguments([value]), site, name=name_of(value) or "(anonymous)")


def _is_pipe(value: Value) -> bool:
    return isinstance(value, ClassValue | External | Object)


def _limit_of(given: Arguments) -> Map:
    """`@Throttle({ default: { limit: 3, ttl: 60000 } })`; of old `@Throttle(3, 60)`."""
    first, second = given.get((0,)), given.get((1,))
    if isinstance(first, Map):
        return next((it for it in first.items.values() if isinstance(it, Map)), Map())
    settings = Map({"limit": first} if first is not None else {})
    if isinstance(second, Const) and isinstance(second.value, int | float):
        settings.items["ttl"] = Const(second.value * 1_000)
    return settings


def _in_milliseconds(settings: Map) -> Map:
    """With the number that `seconds(30)` stands for."""
    ttl = settings.items.get("ttl")
    if not isinstance(ttl, Object):
        return settings
    count = ttl.arguments.get((0,))
    unit = _MILLISECONDS.get(ttl.origin.rpartition(".")[2])
    if unit is None or not isinstance(count, Const) or not isinstance(count.value, int | float):
        return settings
    return Map({**settings.items, "ttl": Const(count.value * unit)})
