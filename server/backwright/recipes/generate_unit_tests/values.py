"""What a run on paper works with besides plain values of Python."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Symbol:
    """Something that a mock holds: the expression by which a test gets at it."""

    text: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A name from another module, as the code writes it: `stripe.Charge.create`."""

    path: str


@dataclass(slots=True, eq=False)
class Own:
    """An instance of the class that is tested."""

    class_: str
    fields: dict[str, object] = field(default_factory=dict)


class Unread(Exception):
    """The run came to something that reading does not decide."""


class Thrown(Exception):
    """An error that the code raises; `made` is the text of one that a mock raises."""

    def __init__(self, name: str, arguments: tuple[object, ...] = (), made: str = "") -> None:
        super().__init__(name)
        self.name, self.arguments, self.made = name, arguments, made


def written(value: object) -> str:
    """The value as a test writes it."""
    match value:
        case Symbol(text):
            return text
        case str() if (text := repr(value)).startswith("'") and '"' not in text:
            return f'"{text[1:-1]}"'
        case None | bool() | int() | str():
            return repr(value)
        case float() if math.isfinite(value):
            return repr(value)
        case list():
            return "[" + ", ".join(written(it) for it in value) + "]"
        case tuple():
            inside = ", ".join(written(it) for it in value)
            return f"({inside},)" if len(value) == 1 else f"({inside})"
        case dict():
            return (
                "{" + ", ".join(f"{written(key)}: {written(it)}" for key, it in value.items()) + "}"
            )
        case _:
            raise Unread


def mocks(value: object) -> list[str]:
    """The names of the mocks that an argument is."""
    return [value.text] if isinstance(value, Symbol) else []
