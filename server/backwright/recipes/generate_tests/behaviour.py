"""What an endpoint does, as far as its code tells: the same for every framework."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.facts.backend import Route
from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.fields import Field, Inputs

DENIED = -1
"""A status of 401 or 403: which one depends on the version of the framework."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """`invalid` is the status of a request that the declared limits refuse, 0 if there is none.

    `response` are the fields of a successful answer as declared, where they are: they hold
    whatever the handler returns.
    """

    route: Route
    inputs: Inputs
    exits: tuple[Exit, ...]
    success: int
    invalid: int = 0
    response: Field | None = None
    routed: bool = False
    """The router itself holds path parameters against their types: others are not found."""
    partial: bool = False
    """Some ways through the handler were not followed."""

    @property
    def fine(self) -> tuple[Exit, ...]:
        """The ends that a client would call a success."""
        return tuple(it for it in self.exits if not it.failed and 200 <= it.status < 400)

    @property
    def faults(self) -> tuple[Exit, ...]:
        return tuple(it for it in self.exits if it.failed or it.status >= 400)
