"""A small change that breaks an endpoint, and how it is put into a copy of a project."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cut:
    """The bytes from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """What becomes of a file; `operator` says what that breaks."""

    file: str
    operator: str
    line: int
    cuts: tuple[Cut, ...]

    @classmethod
    def one(cls, file: str, start: int, end: int, text: str, operator: str, line: int) -> Mutant:
        return cls(file, operator, line, (Cut(start, end, text),))

    def __str__(self) -> str:
        return f"{self.operator} at {self.file}:{self.line} -> {self.cuts[0].text[:40]!r}"

    @contextmanager
    def inside(self, project: Path) -> Iterator[None]:
        """The project with the change in it, for as long as the block runs."""
        path = project / self.file
        source = path.read_bytes()
        changed = source
        for cut in sorted(self.cuts, key=lambda it: it.start, reverse=True):
            changed = changed[: cut.start] + cut.text.encode() + changed[cut.end :]
        path.write_bytes(changed)
        try:
            yield
        finally:
            path.write_bytes(source)


def let_through(found: list[Mutant]) -> list[Mutant]:
    """The branches of a guard taken away together: whoever asks may pass."""
    if not found:
        return []
    cuts = tuple(dict.fromkeys(cut for it in found for cut in it.cuts))
    return [Mutant(found[0].file, "guard removed", found[0].line, cuts)]
