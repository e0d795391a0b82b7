"""What a request for pages asks, and which parts of it templates can't serve."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backwright.facts.backend import Route
from backwright.recipes.outcome import Refused, Situation

SIZES = ("limit", "page_size", "per_page", "size", "pageSize", "perPage")
STARTS = ("offset", "skip", "page", "cursor")
_DEFAULT = 50
_MOST = 100
_CURSOR = re.compile(r"(?<!at the )\bcursors?\b|\bkey-?set\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\bpage(?:[ _-]?size|s? numbers?)\b|\bper[ _]page\b|\bpage and\b", re.I)
_MAXIMUM = re.compile(
    r"\b(?:max(?:imum)?|at most|up to|no more than|capped at)(?: of)? (\d+)\b", re.IGNORECASE
)
_SIZE = re.compile(
    r"\b(\d+) (?:\w+ )?(?:at a time|per page|a page|each)\b|\b(?:chunks|pages) of (\d+)\b"
    r"|\bdefault(?:s)?(?: page size| limit| size)?(?: of| to| is)? (\d+)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;!?\n]+\s*|,\s*(?:and|but)?\s*|\s+(?:and|but|then)\s+", re.IGNORECASE)
_BEYOND = re.compile(
    r"\btotals?\b|\bcount\b|\blinks?\b|\bnext\b|\bprevious\b|\bheaders?\b|\benvelope\b"
    r"|\border(?:ed)? by\b|\bsort|\bnewest\b|\boldest\b|\bfilter|\bsearch|\btests?\b|\bcache",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """The names of the two parameters; `numbered` where the first counts pages instead of rows."""

    size: str
    start: str
    default: int
    most: int
    unserved: tuple[str, ...]

    @property
    def numbered(self) -> bool:
        return self.start == "page"

    @property
    def offset(self) -> str:
        return f"(page - 1) * {self.size}" if self.numbered else self.start

    @property
    def slice(self) -> str:
        if self.numbered:
            return f"[{self.offset} : page * {self.size}]"
        return f"[{self.start} : {self.start} + {self.size}]"


def wish_of(situation: Situation) -> Wish | Refused:
    request = situation.request
    if _CURSOR.search(request):
        return Refused(
            "templates page by limit and offset or by page number; a cursor changes what clients"
            " get, so it needs a model or has to be written by hand"
        )
    size, start = _names(situation)
    most = int(found[1]) if (found := _MAXIMUM.search(request)) else 0
    sizes = [int(it) for found in _SIZE.finditer(request) for it in found.groups() if it]
    default = sizes[0] if sizes else min(_DEFAULT, most or _DEFAULT)
    most = most or max(_MOST, default)
    if not 1 <= default <= most:
        return Refused(f"pages of {default} with at most {most} contradict each other")
    clauses = [it.strip() for it in _CLAUSE.split(request)]
    unserved = tuple(it for it in clauses if it and _BEYOND.search(it))
    return Wish(size, start, default, most, unserved)


def paged_by(route: Route) -> list[str]:
    """The query parameters of an endpoint that choose a page."""
    known = {*SIZES, *STARTS}
    return [it.name for it in route.parameters if it.location == "query" and it.name in known]


def _names(situation: Situation) -> tuple[str, str]:
    """As the request says, else as another endpoint does it, else `limit` and `offset`."""
    if _NUMBERED.search(situation.request):
        return ("per_page" if re.search(r"per_page", situation.request) else "page_size"), "page"
    for route in situation.backend.routes:
        named = paged_by(route)
        size = next((it for it in SIZES if it in named), "")
        start = next((it for it in ("offset", "skip", "page") if it in named), "")
        if size and start and size.islower():
            return size, start
    return "limit", "offset"
