"""Tests before they are written down: requests and what is expected of their answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from backwright.recipes.generate_tests.world import Json

Key: TypeAlias = "str | int"


@dataclass(frozen=True, slots=True)
class Ref:
    """A value that is there only when the test runs: a part of an answer or of a fixture.

    `name` is the request whose answer it is, or the fixture; `fixture` tells which.
    """

    name: str
    keys: tuple[Key, ...] = ()
    fixture: bool = False


Sent: TypeAlias = "Json | Ref | dict[str, Sent] | list[Sent]"


@dataclass(frozen=True, slots=True)
class Expect:
    """What holds of an answer. `status` 0 says nothing of it; several mean that one of them is it.

    `keys` are the names that the object at `at` has, `within` where it may have more; `equal` are
    places with their values; `holds` are objects of which one must be in the list at `at`: the key
    and the value it has.
    """

    status: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()
    more_keys: bool = False
    at: tuple[Key, ...] = ()
    nested: tuple[tuple[Key, tuple[str, ...]], ...] = ()
    """The names of the fields of objects inside, by their key."""
    equal: tuple[tuple[tuple[Key, ...], Sent], ...] = ()
    lists: tuple[str, Sent] | None = None
    alike: bool = False
    """The object in the list has the same fields as the one that was created."""
    is_list: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Send:
    """One request. `name` is what its answer is called; `path` has `Ref`s for its parameters."""

    name: str
    method: str
    path: tuple[str | Ref, ...]
    query: tuple[tuple[str, Sent], ...] = ()
    body: Sent = None
    has_body: bool = False
    form: bool = False
    credential: str = ""
    expect: Expect = Expect()


def unique(sends: Iterable[Send]) -> tuple[Send, ...]:
    """Each request once, in order."""
    found: list[Send] = []
    for send in sends:
        if send not in found:
            found.append(send)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Rows:
    """Values that a test is run with, one after the other.

    `place` is where they go: into the `body`, the `query`, or the `path` parameter of a name.
    Each row is a name of the field and its value; one that is missing is left out.
    """

    place: str
    rows: tuple[tuple[str, str, Json, bool], ...]
    """Field (dotted where nested), why, value, missing."""


@dataclass(frozen=True, slots=True)
class Case:
    """One test. `what` is what it shows, in words that make its name: `without credentials`."""

    what: str
    sends: tuple[Send, ...]
    fixtures: tuple[str, ...] = ()
    rows: Rows | None = None

    @property
    def last(self) -> Send:
        return self.sends[-1]
