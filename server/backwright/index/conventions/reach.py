"""What an action leads to: the models, jobs and statements of the methods that it calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from backwright.facts import code
from backwright.facts.backend import Place
from backwright.facts.code import Expr, FileFacts, Function
from backwright.index.constants import Constants, Found, constant_name
from backwright.index.conventions.uses import class_of
from backwright.index.drawing.notes import NoteMemory

HOPS = 2
_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Led:
    """In the order in which they are met."""

    models: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    sql: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class _Own:
    led: Led
    callees: tuple[Found, ...]


@dataclass(slots=True)
class ActionReach:
    """`models` are the names of classes that are stored; `jobs` and `sql` lie at calls."""

    files: Mapping[str, FileFacts]
    constants: Constants
    models: frozenset[str]
    jobs: Mapping[tuple[str, int, int], str]
    sql: Mapping[tuple[str, int, int], Place]
    notes: NoteMemory
    related: Mapping[str, str] = field(default_factory=dict)
    """The models behind names of associations that lead to one model alone."""
    _known: dict[tuple[str, int, str], _Own] = field(default_factory=dict)

    def of(
        self,
        handler: tuple[str, Function],
        before: Iterable[tuple[str, Function]],
        inside: str,
    ) -> Led:
        """What a handler leads to when it runs in the class `inside`, itself and by what it calls;
        of what runs before it only that itself."""
        models: dict[str, None] = {}
        jobs: dict[str, None] = {}
        sql: dict[Place, None] = {}
        level = [(*handler, inside)]
        seen: set[_Key] = {(handler[0], handler[1].start)}
        for _ in range(HOPS + 1):
            following: list[tuple[str, Function, str]] = []
            for file, function, where in level:
                own = self._own(file, function, where)
                models.update(dict.fromkeys(own.led.models))
                jobs.update(dict.fromkeys(own.led.jobs))
                sql.update(dict.fromkeys(own.led.sql))
                for callee in own.callees:
                    key = (callee.facts.path, callee.function.start)
                    if key not in seen:
                        seen.add(key)
                        inherited = callee.owner in self.constants.ancestors(where)
                        owner = where if inherited else callee.owner
                        following.append((callee.facts.path, callee.function, owner))
            level = following
        for file, function in before:
            own = self._own(file, function, inside)
            models.update(dict.fromkeys(own.led.models))
            jobs.update(dict.fromkeys(own.led.jobs))
            sql.update(dict.fromkeys(own.led.sql))
        return Led(tuple(models), tuple(jobs), tuple(sql))

    def _own(self, file: str, function: Function, inside: str) -> _Own:
        key = (file, function.start, inside)
        if key not in self._known:
            self._known[key] = self._read(file, function, inside)
        return self._known[key]

    def _read(self, file: str, function: Function, inside: str) -> _Own:
        models: dict[str, None] = {}
        jobs: dict[str, None] = {}
        sql: dict[Place, None] = {}
        callees: dict[_Key, Found] = {}
        nesting = class_of(function) or inside
        notes = self.notes.of(function, self.files[file])
        for written in notes.constants:
            name = self.constants.find(written, nesting)
            if name in self.models:
                models[name] = None
        for _, member in notes.members:  # current_user.notes
            if member in self.related:
                models[self.related[member]] = None
        for call in notes.calls:
            at = (file, call.start, call.end)
            if at in self.jobs:
                jobs[self.jobs[at]] = None
            if at in self.sql:
                sql[self.sql[at]] = None
        called = [self.constants.method(inside, it) for it in notes.names] if inside else []
        called += [self._of_owner(owner, it, nesting, inside) for owner, it in notes.members]
        for found in called:
            if found is not None:
                callees[(found.facts.path, found.function.start)] = found
        return _Own(Led(tuple(models), tuple(jobs), tuple(sql)), tuple(callees.values()))

    def _of_owner(self, owner: Expr, name: str, nesting: str, inside: str) -> Found | None:
        if owner == code.Name("self"):
            return self.constants.method(inside, name) if inside else None
        written = constant_name(owner) if not isinstance(owner, code.Call) else ""
        if written:
            class_ = self.constants.find(written, nesting)
            return self.constants.method(class_, name, static=True) if class_ else None
        match owner:  # Checkout.new(order).call
            case code.Call(code.Member(made, "new"), _) | code.Member(made, "new"):
                class_ = self.constants.find(constant_name(made), nesting)
                return self.constants.method(class_, name) if class_ else None
            case _:
                return None
