"""What a handler takes in, however that was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from backwright.facts.backend import RouteParameter
from backwright.index.values import Value

Source = Literal["dependency", "decorator", "middleware"]

Checked = tuple[Value, Source]
"""Something that stands before a handler, and how it comes to be there."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """`model` is the type of the body; `checked` is what runs to fill a parameter."""

    parameters: list[RouteParameter]
    model: str = ""
    checked: tuple[Checked, ...] = ()
    parsers: tuple[str, ...] = ()
    """Parsers that the handler runs, which refuse what is not as they were told."""


def unique(parameters: list[RouteParameter]) -> list[RouteParameter]:
    return list({(it.name, it.location): it for it in reversed(parameters)}.values())[::-1]
