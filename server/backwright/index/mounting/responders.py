"""Functions that end the chain of many routes and only send what another one has found.

    router.get("/", async (req, res, next) => { res.locals.payload = …; next(); }, respond)

There the handler is the function that is written at the route, not the last one. What ends several
such routes ends those too whose handlers are written elsewhere in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from backwright.index.mounting.events import Registered
from backwright.index.values import FunctionValue, Site, Value
from backwright.index.wrappers import unwrapped

MIN_ROUTES = 5
"""Fewer routes may end alike for another reason."""


def with_handlers(registered: Sequence[Registered]) -> list[Registered]:
    """The registrations, those that end in a responder with the function before it."""
    ends = Counter(end for it in registered if (end := _end(it)) is not None and _own(it))
    shared = {end for end, count in ends.items() if count >= MIN_ROUTES}
    return [_shifted(it) if _end(it) in shared else it for it in registered]


def _end(event: Registered) -> Site | None:
    """Where the last function stands, when it is written elsewhere."""
    answer = event.targets[0][1] if event.targets else None
    if not isinstance(answer, FunctionValue) or _within(answer.site, event.site):
        return None
    return answer.site


def _own(event: Registered) -> bool:
    """Whether a function before the last one is written at the route."""
    found = _near(event)
    inner = _function(event.before[found]) if found is not None else None
    return inner is not None and _within(inner.site, event.site)


def _near(event: Registered) -> int | None:
    """The last function before the responders that is written in the file of the route."""
    for at in range(len(event.before) - 1, -1, -1):
        inner = _function(event.before[at])
        if inner is not None and inner.file == event.site.file:
            return at
    return None


def _function(value: Value) -> FunctionValue | None:
    inner = unwrapped(value)[-1]
    return inner if isinstance(inner, FunctionValue) else None


def _shifted(event: Registered) -> Registered:
    at = _near(event)
    if at is None:
        return event
    handler = event.before[at]
    targets = tuple((method, handler) for method, _ in event.targets)
    return replace(event, targets=targets, before=event.before[:at] + event.before[at + 1 :])


def _within(inner: Site, outer: Site) -> bool:
    return inner.file == outer.file and outer.start <= inner.start and inner.end <= outer.end
