"""What running the tests of a workspace brings to light."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from backwright.facts.backend import Fixture, Test, TestCall
from backwright.index.testing.requests import Request


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A test with the requests it makes; `test.calls` says the same for readers."""

    test: Test
    requests: tuple[Request, ...]


@dataclass(slots=True)
class Collected:
    tests: list[Rehearsed] = field(default_factory=list)
    fixtures: list[Fixture] = field(default_factory=list)


def calls_of(
    requests: Iterable[Request], file: str, start: int, end: int, line: int
) -> list[TestCall]:
    """Each request once, in the order in which they are made.

    One that is made elsewhere, by a helper, is called at the line of the test.
    """
    found: dict[tuple[str, str], TestCall] = {}
    for it in requests:
        here = it.site.file == file and start <= it.site.start < end
        call = TestCall(it.method, it.path, it.site.line if here else line)
        found.setdefault((it.method, it.path), call)
    return list(found.values())
