"""Which route a request reaches, when part of its path may not be known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from backwright.facts.backend import Route

Fit = tuple[int, ...]
"""How well a route fits, segment by segment; the greater one is the better."""

_PARAMETER = re.compile(r"\{(\w*)(\*?)\}")
_LITERAL, _PARTIAL, _UNKNOWN_IN_PARAMETER = 6, 5, 4
_IN_PARAMETER, _UNKNOWN_AS_LITERAL, _REST = 3, 2, 1


def reached(method: str, path: str, candidates: Iterable[tuple[str, Route]]) -> Route | None:
    """The route that answers; `candidates` are routes with the path that this client reaches them
    by. None when no route fits, or when several fit as well only because of what is not known."""
    found: dict[Fit, dict[str, Route]] = {}
    for template, route in candidates:
        if not answers(route.method, method):
            continue
        fit = fits(template, path)
        if fit is not None:
            found.setdefault(fit, {}).setdefault(_shape(template), route)
    if not found:
        return None
    best = found[max(found)]
    if len(best) > 1 and "*" in path:
        return None
    return next(iter(best.values()))


def answers(declared: str, method: str) -> bool:
    return declared in {method, "ANY"} or (method == "HEAD" and declared == "GET")


def fits(template: str, path: str) -> Fit | None:
    """How well a request for `path` fits the route; None when it does not reach it.

    A path that begins with `*` may have any segments there.
    """
    ours, theirs = _segments(template), _segments(path)
    missing = 0
    if path.startswith("*"):
        if theirs and theirs[0] == "*":
            theirs = theirs[1:]
        missing = len(ours) - len(theirs)
        if missing < 0 or not any(part.strip("*") for part in theirs):
            return None
        ours = ours[missing:]
    found: list[int] = []
    for at, mine in enumerate(ours):
        if mine.endswith("*}"):
            return (-missing, *found, _REST) if at < len(theirs) else None
        fit = _segment(mine, theirs[at]) if at < len(theirs) else None
        if fit is None:
            return None
        found.append(fit)
    if len(ours) != len(theirs):
        return None
    return (-missing, *found, int(template.endswith("/") == path.endswith("/")))


def _segment(mine: str, other: str) -> int | None:
    if mine == other:
        return _LITERAL
    if "{" in mine:
        pattern = "".join(
            re.escape(piece) if at % 3 == 0 else ".+" if at % 3 == 1 else ""
            for at, piece in enumerate(_PARAMETER.split(mine))
        )
        if re.fullmatch(pattern, other.replace("*", "x") or ""):
            return _UNKNOWN_IN_PARAMETER if "*" in other else _IN_PARAMETER
        return _UNKNOWN_AS_LITERAL if other == "*" else None
    if "*" in other and fnmatchcase(mine, other.replace("[", "[[]")):
        return _UNKNOWN_AS_LITERAL if other == "*" else _PARTIAL
    return None


def _segments(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def _shape(template: str) -> str:
    return _PARAMETER.sub("{}", template).rstrip("/")
