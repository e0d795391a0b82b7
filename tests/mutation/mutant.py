"""A small change that breaks an endpoint, and how it is put into a copy of a project."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mutant:
    """The bytes from `start` to `end` of a file become `text`; `operator` says what that breaks."""

    file: str
    start: int
    end: int
    text: str
    operator: str
    line: int

    def __str__(self) -> str:
        return f"{self.operator} at {self.file}:{self.line} -> {self.text[:40]!r}"

    @contextmanager
    def inside(self, project: Path) -> Iterator[None]:
        """The project with the change in it, for as long as the block runs."""
        path = project / self.file
        source = path.read_bytes()
        path.write_bytes(source[: self.start] + self.text.encode() + source[self.end :])
        try:
            yield
        finally:
            path.write_bytes(source)
