"""What a framework's templates are asked for, and what they answer with."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.edits.units import Unit


@dataclass(frozen=True, slots=True)
class File:
    """A file of a new project."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Order:
    """How a new project shall be. `database` is "" where the request leaves it open."""

    title: str
    language: str
    database: str = ""
    request: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """What is added to a project that is there."""

    units: tuple[Unit, ...]
    summary: str
    unserved: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
