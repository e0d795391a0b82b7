"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from backwright.facts.backend import Backend, Place

Severity = Literal["note", "warning", "error"]
Found = Iterator[tuple[str, Place]]
"""Messages, each with the place that it is about."""


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is missing. `recipe` is the id of the recipe that would add it."""

    kind: str
    message: str
    file: str
    line: int
    recipe: str
    severity: Severity
    place: Place


def gap_json(gap: Gap) -> dict[str, object]:
    """The JSON of `backwright gaps --json`."""
    return {
        "kind": gap.kind,
        "message": gap.message,
        "file": gap.file,
        "line": gap.line,
        "recipe": gap.recipe,
    }


@dataclass(frozen=True, slots=True)
class Rule:
    """`id` is the kind of its gaps; `why` says what may happen, for people who see one."""

    id: str
    title: str
    why: str
    severity: Severity
    recipe: str
    find: Callable[[Backend], Found]
