"""How a request to an endpoint can end."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.recipes.generate_tests.state import Condition
from backwright.recipes.generate_tests.values import Value


@dataclass(frozen=True, slots=True)
class Exit:
    """One end: its status and body, and what must hold for a request to come to it.

    `status` 0 is one that could not be read. `failed` is an answer that was raised or that a guard
    gave, in contrast to what the handler returns when all is well.
    """

    status: int
    body: Value | None
    conditions: tuple[Condition, ...]
    writes: tuple[tuple[Value, str, Value], ...] = ()
    failed: bool = False
