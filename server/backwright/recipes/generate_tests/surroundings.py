"""What a project's tests have at hand: who may sign in, what exists, how requests are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from backwright.facts.backend import Route
from backwright.recipes.generate_tests.behaviour import Behaviour
from backwright.recipes.generate_tests.execute import Execution
from backwright.recipes.generate_tests.values import Made, Value

FORGED = "forged"
"""The name of a credential that nobody gave out."""
SPELLED = "sends:"
"""What the name of a credential begins with that is a table of headers, written out behind it."""


@dataclass(frozen=True, slots=True)
class Credential:
    """Someone whom the tests can be. `name` is what the renderer knows it by."""

    name: str
    value: Value
    hint: str = ""
    weight: int = 0
    """Lower ones are tried first."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a fixture puts there."""

    name: str
    kind: str
    value: Made


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`behaviour` reads another endpoint of the same application; `budget` is how many requests a
    rate limit leaves for one, None where there is none."""

    execution: Execution
    routes: Sequence[Route]
    behaviour: Callable[[Route], Behaviour | None]
    credentials: Sequence[Credential] = ()
    things: Sequence[Thing] = ()
    taken: frozenset[str] = frozenset()
    """Names that variables of a test must not have."""
    camel: bool = False
    budget: Callable[[Route], int | None] = field(default=lambda _: None)
