"""What the checks look at: the project before and after a change, in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import msgspec

from backwright.facts.backend import Backend, Route, Stack
from backwright.facts.code import FileFacts
from backwright.facts.extract import extract, unreadable
from backwright.index.definitions import Definitions
from backwright.index.workspace import Workspace
from backwright.syntax.language import language_of

Status = Literal["passed", "failed", "skipped"]


class Check(msgspec.Struct, frozen=True):
    """The result of one check; `detail` says what was found, for a person and for a model."""

    name: str
    status: Status
    detail: str = ""


@dataclass(frozen=True)
class Review:
    """A change as the checks see it. None stands for a document that is not there.

    `gains` names the fact that the target's route must have afterwards, `cures` the flaw of which
    it must have less, if that was promised.
    """

    before: Mapping[str, bytes | None]
    after: Mapping[str, bytes | None]
    was: Backend
    now: Backend
    stack: Stack
    definitions: Definitions
    exists: Callable[[str], bool]
    target: Route | None = None
    gains: str = ""
    cures: str = ""
    known_packages: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def sources(self) -> dict[str, tuple[bytes, bytes]]:
        """The changed source files that remain: their bytes before (empty if new) and after."""
        return {
            path: (self.before.get(path) or b"", after)
            for path, after in self.after.items()
            if after is not None and language_of(path) is not None
        }

    @cached_property
    def facts(self) -> dict[str, tuple[FileFacts | None, FileFacts]]:
        """The facts of those files before and after."""
        found = {}
        for path, (before, after) in self.sources.items():
            now = _facts(path, after)
            if now is not None:
                found[path] = (_facts(path, before) if before else None, now)
        return found


def review_of(
    workspace: Workspace,
    after: Mapping[str, bytes | None],
    stack: Stack,
    *,
    target: Route | None = None,
    gains: str = "",
    cures: str = "",
) -> Review:
    """The review of a change to `workspace` that would give its documents the bytes in `after`."""
    before: dict[str, bytes | None] = {}
    for path in after:
        document = workspace.snapshot(path)
        before[path] = document.source if document is not None else None

    def exists(path: str) -> bool:
        return after[path] is not None if path in after else (workspace.root / path).exists()

    now = workspace.preview(after)
    if not stack.manifest:  # a change that brings the first manifest is judged by that one
        stack = next((it for it in now.stacks if it.root == stack.root), stack)
    return Review(
        before,
        after,
        workspace.backend,
        now,
        stack,
        workspace.definitions(after),
        exists,
        target,
        gains,
        cures,
    )


def _facts(path: str, source: bytes) -> FileFacts | None:
    return extract(path, source) if unreadable(path, source) is None else None
