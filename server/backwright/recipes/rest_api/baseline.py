"""A REST API from a request: its brief is read, and served by a framework's templates."""

from __future__ import annotations

import re

from backwright.recipes.brief.read import read
from backwright.recipes.outcome import Outcome, Refused, Situation
from backwright.recipes.rest_api.serving import serve

_NOTHING = re.compile(
    r"\b(?:without|with\s+no|no)\s+(?:any\s+)?(?:endpoints?|routes?)\b", re.IGNORECASE
)


def baseline(situation: Situation) -> Outcome:
    if _NOTHING.search(situation.request):
        return Refused("the request asks for a REST API and for no endpoints; say which")
    return serve(situation, read(situation.request, situation.backend))
