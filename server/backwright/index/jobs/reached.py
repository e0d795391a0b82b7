"""Which jobs a route asks for: its handler itself, or what that calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts.backend import Job, Route
from backwright.index.calls import CallAt, Calls
from backwright.index.scopes import Scopes
from backwright.index.values import FunctionValue

HOPS = 2
"""How many calls deep it is looked for."""

_Key = tuple[str, int]
"""A function: its file and where it starts."""


def with_jobs(
    routes: Sequence[Route],
    jobs: Sequence[Job],
    calls: Calls,
    calls_of: Callable[[frozenset[str]], Calls],
    scopes: Scopes,
) -> list[Route]:
    """The routes, each with the names of the jobs that it asks for. The jobs were found in
    `calls`; `calls_of` gives the calls of functions with some names."""
    asking = _Asking(calls_of, scopes)
    asking.start(jobs, calls)
    for _ in range(HOPS):
        asking.widen()
    return [_with(route, asking.by_function) for route in routes]


def _with(route: Route, by_function: Mapping[_Key, list[str]]) -> Route:
    place = route.handler_place
    found = by_function.get((place.file, place.start))
    return replace(route, jobs=list(dict.fromkeys(found))) if found else route


@dataclass(slots=True)
class _Asking:
    """The jobs that each function asks for. It grows from the calls that do so backwards, so that
    only calls of functions which matter are resolved."""

    calls_of: Callable[[frozenset[str]], Calls]
    scopes: Scopes
    by_function: dict[_Key, list[str]] = field(default_factory=dict)
    _fresh: dict[_Key, str] = field(default_factory=dict)
    """The functions that were added last, with their names."""

    def start(self, jobs: Sequence[Job], calls: Calls) -> None:
        names: dict[tuple[str, int, int], list[str]] = {}
        for job in jobs:
            for site in job.enqueued_at:
                names.setdefault((site.file, site.start, site.end), []).append(job.name)
        every = [at for listed in calls.by_name.values() for at in listed]
        for at in sorted(every, key=lambda it: (it.where.file, it.call.start)):
            self._add(at, names.get((at.where.file, at.call.start, at.call.end), []))

    def widen(self) -> None:
        """Adds the functions that call one of those added last."""
        before, self._fresh = self._fresh, {}
        names = frozenset(before.values())
        for at in self.calls_of(names).named(sorted(names)):
            value = self.scopes.value(at.call.function, at.where)
            if isinstance(value, FunctionValue):
                key = (value.file, value.facts.start)
                if key in before:
                    self._add(at, self.by_function[key])

    def _add(self, at: CallAt, names: Sequence[str]) -> None:
        for function in at.where.functions:
            key = (at.where.file, function.start)
            known = self.by_function.setdefault(key, [])
            fresh = [name for name in names if name not in known]
            known += fresh
            if fresh and function.name:
                self._fresh[key] = function.name
