"""Facts that note what is read of them, so that it is known what an edit can change.

Whoever evaluates a project reads the top of many files and the bodies of few functions. Bodies are
noted as they are read, and so are the names that a file was searched for; nobody who reads needs
to know. What is derived from one file alone (`unwatched`, `body_of`) is not noted: it is derived
again from the file as it becomes, and compared.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from msgspec import structs

from backwright.facts.code import FileFacts, Function, Step


@dataclass(slots=True)
class Notes:
    """Of one file: where the functions start whose bodies were read, and the names that it was
    asked for; `every_name` when somebody went through all that it calls.

    They are never taken back: who remembers what it has read does not read it again."""

    bodies: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    every_name: bool = False


class _WatchedFunction(Function, frozen=True, kw_only=True, gc=False):
    notes: Notes

    @property  # type: ignore[misc]  # a struct's field is only read, so that a property can take its place
    def steps(self) -> list[Step]:
        self.notes.bodies.add(self.start)
        return body_of(self)


class WatchedFile(FileFacts, frozen=True, kw_only=True, gc=False):
    notes: Notes
    plain: FileFacts

    @property  # type: ignore[misc]
    def called(self) -> list[str]:
        self.notes.every_name = True
        return self.plain.called

    def may_call(self, names: Collection[str]) -> bool:
        self.notes.names.update(names)
        return self.plain.may_call(names)


def watched(facts: FileFacts) -> WatchedFile:
    notes = Notes()
    values = structs.asdict(facts)
    values["functions"] = [
        _WatchedFunction(**structs.asdict(it), notes=notes) for it in facts.functions
    ]
    return WatchedFile(**values, notes=notes, plain=facts)


def unwatched(facts: FileFacts) -> FileFacts:
    """The facts themselves, to be read for what depends on nothing else."""
    return facts.plain if isinstance(facts, WatchedFile) else facts


def body_of(function: Function) -> list[Step]:
    """The steps of a function, without a note that they were read."""
    steps: list[Step] = _STEPS(function)
    return steps


_STEPS = Function.__dict__["steps"].__get__
