"""The change keeps its promise and loses nothing: routes, guards, limits before and after."""

from __future__ import annotations

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
    return Check(NAME, "passed", "no route, guard, limit or validator is lost")
