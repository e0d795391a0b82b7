"""What a request has to look like: the fields of its parts, with their limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal[
    "string",
    "integer",
    "number",
    "boolean",
    "datetime",
    "date",
    "time",
    "email",
    "url",
    "uuid",
    "array",
    "object",
    "any",
]
Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. Limits are those that the code states; None where it states none.

    `exclusive` marks limits that are not reached themselves.
    """

    name: str
    type: Type = "any"
    required: bool = True
    nullable: bool = False
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: bool = False
    exclusive_maximum: bool = False
    multiple_of: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str = ""
    choices: tuple[Scalar, ...] = ()
    items: Field | None = None
    fields: tuple[Field, ...] = ()
    default: Scalar = None
    has_default: bool = False
    changed: bool = False
    """What is sent is not what is kept: it is trimmed, lowered or checked by own code."""
    loose: bool = False
    """A value of another type is converted rather than refused."""
    unchecked: bool = False
    """Nothing holds it against its limits before the handler runs."""
    closed: bool = False
    """An object that refuses fields it does not know."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that an endpoint reads of a request; `body` is None where it reads none."""

    path: tuple[Field, ...] = ()
    query: tuple[Field, ...] = ()
    header: tuple[Field, ...] = ()
    body: Field | None = None
    form: bool = False
    opaque: str = ""
    """Why a valid request can't be made up, "" when it can."""
