"""What happens at some calls, for every function that leads there: itself, or by what it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from backwright.facts.backend import Place
from backwright.index.calls import CallAt, Calls
from backwright.index.scopes import Scopes
from backwright.index.values import FunctionValue

HOPS = 2
"""How many calls deep it is looked for."""

T = TypeVar("T")
Site = tuple[str, int, int]
"""A call: its file and where it begins and ends."""

_Key = tuple[str, int]
"""A function: its file and where it starts."""


@dataclass(slots=True)
class Reach(Generic[T]):
    """It grows from the calls backwards, so that only calls of functions which matter are
    resolved. `calls_of` gives the calls of functions with some names."""

    calls_of: Callable[[frozenset[str]], Calls]
    scopes: Scopes
    by_function: dict[_Key, list[T]] = field(default_factory=dict)
    _fresh: dict[_Key, str] = field(default_factory=dict)
    """The functions that were added last, with their names."""

    def look(self, sites: Mapping[Site, Sequence[T]], calls: Calls) -> None:
        """Looks for what happens at `sites`, which are among `calls`."""
        every = [at for listed in calls.by_name.values() for at in listed]
        for at in sorted(every, key=lambda it: (it.where.file, it.call.start)):
            self._add(at, sites.get((at.where.file, at.call.start, at.call.end), ()))
        for _ in range(HOPS):
            self._widen()

    def at(self, place: Place) -> list[T]:
        """What the function leads to whose definition is at `place`, each once."""
        return self.by_function.get((place.file, place.start), [])

    def _widen(self) -> None:
        """Adds the functions that call one of those added last."""
        before, self._fresh = self._fresh, {}
        names = frozenset(before.values())
        for at in self.calls_of(names).named(sorted(names)):
            value = self.scopes.value(at.call.function, at.where)
            if isinstance(value, FunctionValue):
                key = (value.file, value.facts.start)
                if key in before:
                    self._add(at, self.by_function[key])

    def _add(self, at: CallAt, found: Sequence[T]) -> None:
        for function in at.where.functions:
            key = (at.where.file, function.start)
            known = self.by_function.setdefault(key, [])
            fresh = [it for it in found if it not in known]
            known += fresh
            if fresh and function.name:
                self._fresh[key] = function.name
