"""What a recipe makes of a situation, without a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from backwright.context.target import Target
from backwright.edits.units import Unit
from backwright.facts.backend import Backend, Model, Route, Stack
from backwright.facts.code import FileFacts
from backwright.facts.extract import extract, unreadable
from backwright.text.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a template may look at.

    `of_several` is True where the same is done at other endpoints too. `document` gives any
    document as it is now, open buffers first; `paths` are those of every source and configuration
    file that is known.
    """

    target: Target
    backend: Backend
    stack: Stack
    document: Callable[[str], Snapshot | None]
    request: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    of_several: bool = False

    def source(self, path: str) -> str:
        """The text of a document, with LF line ends; "" when there is none."""
        found = self.document(path)
        return found.text.replace("\r\n", "\n") if found is not None else ""

    def facts(self, path: str) -> FileFacts | None:
        """The facts of a document as it is now; None when it can't be read."""
        found = self.document(path)
        if found is None or unreadable(path, found.source) is not None:
            return None
        return extract(path, found.source)


@dataclass(frozen=True, slots=True)
class Draft:
    """The units that do what was asked.

    `summary` is one sentence for a person. `unserved` are parts of the request that were not done,
    `next_steps` commands that a person still has to run (packages are added to the manifest by the
    checks, which say so themselves), `review` what deserves a second look.
    """

    units: tuple[Unit, ...]
    summary: str
    unserved: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    review: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlreadyDone:
    """Nothing is left to do, and why: that is success."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The recipe does not fit here, and what it would need."""

    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a request that is served in parts: a recipe with a request of its own.

    `subject` is the endpoint or model that it is about, as it was before the first step; None for
    the project. `covers` is a pattern of what it sees to in a request: other steps need not.
    """

    recipe: str
    title: str
    request: str = ""
    subject: Route | Model | None = None
    covers: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Steps:
    """The parts of a request, in order. Where they are `chained`, each builds on the one before,
    and none is tried after one that fails."""

    steps: tuple[Step, ...]
    chained: bool
    unserved: tuple[str, ...] = ()


Outcome = Draft | AlreadyDone | Refused | Steps
