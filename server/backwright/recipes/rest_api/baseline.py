"""A REST API from a request: its brief is read, and served by a framework's templates."""

from __future__ import annotations

from backwright.recipes.brief.read import read
from backwright.recipes.outcome import Outcome, Situation
from backwright.recipes.rest_api.serving import serve


def baseline(situation: Situation) -> Outcome:
    return serve(situation, read(situation.request, situation.backend))
