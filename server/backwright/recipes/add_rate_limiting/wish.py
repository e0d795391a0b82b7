"""What a request for rate limiting asks, and which parts of it templates can't serve."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from backwright.recipes.add_rate_limiting.rate import Rate, count_without_period, rates_in
from backwright.recipes.outcome import Refused, Situation

Whom = Literal["client", "user"]


@dataclass(frozen=True, slots=True)
class Wish:
    """`rates` is empty when none is named. `whom` has a count of its own."""

    rates: tuple[Rate, ...] = ()
    whom: Whom = "client"
    unserved: tuple[str, ...] = ()


def wish_of(situation: Situation) -> Wish | Refused:
    """The wish in the input `limit` and in the request's own words; the input's rate goes first."""
    given = situation.inputs.get("limit", "").strip()
    rates = rates_in(given)
    if given and not rates:
        return Refused(f"{given!r} is no rate; write one such as 5/minute or 100 per 15 minutes")
    request = situation.request
    unserved = _unserved(request, of_several=situation.of_several)
    if not rates:
        rates = rates_in(request)
        if not rates and (vague := count_without_period(request)):
            unserved.append(f"{vague}: it is not said in how much time")
    return Wish(rates, "user" if _BY_USER.search(request) else "client", tuple(unserved))


_BY_USER = re.compile(
    r"\b(?:per|each|every|by|for (?:each|every))\s+"
    r"(?:(?:signed|logged)[- ]in\s+|authenticated\s+|individual\s+)?"
    r"(?:user|account|member)s?\b(?!.s ip)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;!?\n]+\s*|,\s*(?:and|but)?\s*|\s+(?:and|but|then)\s+", re.IGNORECASE)
_BEYOND = re.compile(
    r"\bburst|\bsliding\b|\bmoving window|\btoken bucket|\bleaky bucket|\bslow(?:ing)? down"
    r"|\bexcept\b|\bexempt|\bunless\b|\bexclud|\b(?:white|allow)[- ]?list|\bskip\b|\bbypass"
    r"|\b(?:ban|lock out|block)\b.*\b(?:for|after)\b"
    r"|\bper[- ](?:api[- ]?key|key|tenant|organi[sz]ation|team|token|session|country|region|plan)"
    r"|\b(?:custom|own|friendly|nice)\b.*\b(?:message|response|error|body|page)\b"
    r"|\bretry-after\b|\bheaders?\b"
    r"|\b(?:email|notify|alert|slack|log)\b|\btests?\b",
    re.IGNORECASE,
)


_OTHERS = re.compile(
    r"\b(?:all|every|each) (?:of the )?(?:other )?(?:\w+ )?(?:endpoints?|routes?)\b",
    re.IGNORECASE,
)


def _unserved(request: str, *, of_several: bool) -> list[str]:
    """The clauses that ask for what no template does, or for more than this endpoint."""
    clauses = [clause.strip() for clause in _CLAUSE.split(request)]
    beyond = (it for it in clauses if _BEYOND.search(it) or (not of_several and _OTHERS.search(it)))
    return [clause for clause in beyond if clause]
