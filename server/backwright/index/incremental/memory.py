"""What is derived from each file alone, remembered for as long as the file stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from backwright.facts.backend import Made
from backwright.facts.code import FileFacts
from backwright.index.calls import CallMemory
from backwright.index.conventions.uses import UseMemory
from backwright.index.drawing.notes import NoteMemory
from backwright.index.incremental.watched import unwatched
from backwright.index.made import made_in
from backwright.index.relevance import Relevance

T = TypeVar("T")


@dataclass(slots=True)
class PerFile(Generic[T]):
    derive: Callable[[FileFacts], Iterable[T]]
    _known: dict[str, tuple[FileFacts, list[T]]] = field(default_factory=dict)

    def of(self, files: Mapping[str, FileFacts], paths: Iterable[str]) -> list[T]:
        """What the files at `paths` have, in order. What is known of others is forgotten."""
        before, self._known = self._known, {}
        for path in paths:
            facts = unwatched(files[path])
            known = before.get(path)
            same = known is not None and known[0] is facts
            self._known[path] = known if known and same else (facts, list(self.derive(facts)))
        return [it for _, found in self._known.values() for it in found]

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that were asked about last."""
        return tuple(self._known)


@dataclass(frozen=True, slots=True)
class Memory:
    relevance: Relevance = field(default_factory=Relevance)
    calls: CallMemory = field(default_factory=CallMemory)
    uses: UseMemory = field(default_factory=UseMemory)
    notes: NoteMemory = field(default_factory=NoteMemory)
    made: PerFile[Made] = field(default_factory=lambda: PerFile(made_in))
