"""What a handler takes in, however that was found."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.facts.backend import RouteParameter
from backwright.index.checks import Source
from backwright.index.values import Value

Checked = tuple[Value, Source]
"""Something that stands before a handler, and how it comes to be there."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """`model` is the type of the body; `checked` is what runs to fill a parameter."""

    parameters: list[RouteParameter]
    model: str = ""
    checked: tuple[Checked, ...] = ()


def unique(parameters: list[RouteParameter]) -> list[RouteParameter]:
    return list({(it.name, it.location): it for it in reversed(parameters)}.values())[::-1]
