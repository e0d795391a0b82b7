"""What a front asks of the engine, and whom the engine tells how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from backwright.facts.backend import Route
from backwright.model.provider import Message

Scope = Literal["", "file", "project"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One request.

    `file` is relative to the workspace, "" for the project as a whole; `offset` is a byte in it.
    `scope` widens an endpoint's recipe to all endpoints of the file, or of the project; `routes`
    are those that are meant where there are several.
    `of_several` says that it is one of several requests for the same.
    `text` is free words; `inputs` answer the recipe's questions. `may_run_tests` is the person's
    consent to run tests of the project now. `conversation` precedes a follow-up.
    """

    recipe: str
    file: str = ""
    offset: int = 0
    text: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    may_run_tests: bool = False
    conversation: tuple[Message, ...] = ()
    scope: Scope = ""
    routes: tuple[Route, ...] = ()
    of_several: bool = False


class Listener(Protocol):
    """Told of progress, from the loop that the engine runs on."""

    def stage(self, title: str) -> None:
        """A new stage has begun."""

    def text(self, piece: str) -> None:
        """A model has written some more."""


class Quiet:
    def stage(self, title: str) -> None:
        pass

    def text(self, piece: str) -> None:
        pass
