"""A statement as it is put together in code: what is written of it, and the holes for values."""

from __future__ import annotations

from dataclasses import dataclass, field

from backwright.text.span import Span


@dataclass(frozen=True, slots=True)
class Literal:
    """A string literal: what opens it (`f"`, `'`, a backtick) and what closes it, by its bytes."""

    opening: Span
    closing: Span
    opener: str

    @property
    def is_formatted(self) -> bool:
        """Whether it is an f-string, so that braces in it are doubled."""
        return "f" in self.opener.rstrip("\"'").lower()

    @property
    def quote(self) -> str:
        return self.opener.lstrip("rRbBuUfF")


@dataclass(frozen=True, slots=True)
class Char:
    """A character of the statement; its bytes may be more, as with an escape or `{{`."""

    value: str
    span: Span
    literal: int


@dataclass(frozen=True, slots=True)
class Hole:
    """An expression within the statement. `spec` is how it is formatted, such as `:.2f`.

    `literal` is the number of the literal that it stands in, -1 for an operand of `+`.
    """

    code: str
    span: Span
    literal: int
    spec: str = ""


Part = Char | Hole


@dataclass(slots=True)
class Built:
    """`rest` is what formats a literal from behind (` % name`, `.format(name)`), which goes once
    its holes are bound; `doubles_percent` says that `%` is written `%%` in it."""

    literals: list[Literal] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    rest: Span | None = None
    doubles_percent: bool = False


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why a statement can't be given parameters, and what that would need."""

    reason: str
