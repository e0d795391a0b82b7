"""What was read of a backend against what its framework reports."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backwright.facts.backend import Route
from backwright.index.workspace import Workspace
from truth.project import Project
from truth.reported import Routes


@dataclass(frozen=True, slots=True)
class Comparison:
    """Only paths that are known as a whole count as read."""

    name: str
    reported: Routes
    read: dict[tuple[str, str], Route]
    unresolved: int
    seconds: float

    @property
    def missed(self) -> list[tuple[str, str]]:
        return sorted(self.reported - self.read.keys(), key=lambda it: it[::-1])

    @property
    def extra(self) -> list[Route]:
        return [it for key, it in sorted(self.read.items()) if key not in self.reported]

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / max(1, len(self.reported))

    @property
    def precision(self) -> float:
        return 1 - len(self.extra) / max(1, len(self.read))

    def lines(self) -> Iterator[str]:
        yield (
            f"{self.name:14} reported {len(self.reported):4}  read {len(self.read):4}  "
            f"recall {self.recall:6.1%}  precision {self.precision:6.1%}  "
            f"unresolved {self.unresolved:3}  {self.seconds:5.1f} s"
        )
        for method, path in self.missed:
            yield f"  missed {method} {path}"
        for route in self.extra:
            yield f"  extra  {route.title}  {route.place.file}:{route.place.line}"


def compared(project: Project, reported: Routes, sources: Path) -> Comparison:
    began = time.perf_counter()
    routes = Workspace(sources).refresh().routes
    seconds = time.perf_counter() - began
    own = [
        it
        for it in routes
        if it.protocol in {"http", "websocket"}
        and not it.place.file.startswith(tuple(project.elsewhere))
    ]
    read = {(it.method, it.path): it for it in own if it.resolved}
    return Comparison(project.name, reported, read, sum(not it.resolved for it in own), seconds)
