"""The change keeps its promise and loses nothing: routes, guards, limits before and after."""

from __future__ import annotations

from backwright.facts.backend import Route
from backwright.verify.contract import contract_of, same_route
from backwright.verify.review import Check, Review

NAME = "contract"


def check(review: Review) -> Check:
    contract = contract_of(review.was, review.now)
    lost = [
        *(f"{it} is gone" for it in contract.routes_removed),
        *(f"{it} is no longer there" for it in contract.guards_lost),
        *(f"{it} is no longer limited" for it in contract.limits_lost),
        *(f"{it} no longer validates" for it in contract.validators_lost),
    ]
    if lost:
        return Check(NAME, "failed", "; ".join(lost))
    if review.gains and review.target is not None:
        now = same_route(review.target, review.now)
        what = review.gains.replace("_", " ")
        if now is None or not getattr(now, review.gains):
            return Check(NAME, "failed", f"{review.target.title} still has no {what}")
        return Check(NAME, "passed", f"{review.target.title} now has its {what}; nothing is lost")
    if review.cures and review.target is not None:
        return _cured(review.target, review)
    return Check(NAME, "passed", "no route, guard, limit or validator is lost")


def _cured(target: Route, review: Review) -> Check:
    """That there is less of the flaw than before; what is left of it is said."""
    now = same_route(target, review.now)
    before = len(getattr(target, review.cures))
    left = getattr(now, review.cures) if now is not None else []
    if now is None or len(left) >= before:
        return Check(NAME, "failed", f"{target.title} still has the {review.cures} it had")
    where = ", ".join(f"{it.file}:{it.line}" for it in left)
    said = f"except at {where}" if left else "none is left"
    return Check(NAME, "passed", f"{target.title} is cured of its {review.cures}: {said}")
