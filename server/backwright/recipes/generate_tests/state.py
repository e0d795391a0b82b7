"""Where a run through a handler stands, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from backwright.recipes.generate_tests.fold import folded, truth
from backwright.recipes.generate_tests.values import (
    NONE,
    Each,
    Given,
    Result,
    Test,
    Value,
)


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold (or not) for a run to take its way; `line` is where the handler asks."""

    value: Value
    holds: bool
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """One run so far. `writes` are attributes that were set: object, name, value."""

    names: Mapping[str, Value] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    writes: tuple[tuple[Value, str, Value], ...] = ()
    thrown: Value | None = None

    def bind(self, name: str, value: Value) -> State:
        return replace(self, names={**self.names, name: value})

    def write(self, owner: Value, name: str, value: Value) -> State:
        return replace(self, writes=(*self.writes, (owner, name, value)))

    def throw(self, value: Value) -> State:
        return replace(self, thrown=value)

    def assume(self, condition: Condition) -> State | None:
        """The run in which the condition holds; None when it can't."""
        known = truth(condition.value)
        if known is not None:
            return self if known is condition.holds else None
        value, holds = _plain(condition.value, condition.holds)
        for other in self.conditions:
            if other.value == value:
                return self if other.holds is holds else None
        plain = replace(condition, value=value, holds=holds)
        return replace(self, conditions=(*self.conditions, plain))


@dataclass(frozen=True, slots=True)
class Flow:
    """How some steps ended: they go on, return a value, or throw (see the state)."""

    state: State
    kind: Literal["next", "return", "throw"] = "next"
    value: Value | None = None


def _plain(value: Value, holds: bool) -> tuple[Value, bool]:
    """The condition without negations: `x is not None` asks the same as `x is None`."""
    value = folded(value)
    while isinstance(value, Test) and value.operator in _NEGATED:
        if value.operator == "not":
            value, holds = value.operands[0], not holds
        else:
            value, holds = Test(_NEGATED[value.operator], value.operands), not holds
    if isinstance(value, Test) and value.operator in {"is", "=="} and value.operands[1] == NONE:
        subject = value.operands[0]
        if isinstance(subject, Result | Each) or _is_credential(subject):
            return subject, not holds  # what is found is no empty value
    return value, holds


def _is_credential(value: Value) -> bool:
    return isinstance(value, Given) and value.where == "credential"


_NEGATED = {"not": "not", "is not": "is", "!=": "==", "not in": "in", "instanceof!": "instanceof"}
