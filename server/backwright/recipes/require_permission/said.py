"""What a person is told of an endpoint that asks for a role."""

from __future__ import annotations

from collections.abc import Sequence

from backwright.edits.units import Unit
from backwright.facts.backend import Route
from backwright.recipes.add_authentication.said import review_of_tests
from backwright.recipes.guarding.usage import Usage
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused
from backwright.recipes.require_permission.wish import Chosen, keys_of


def standing(route: Route, own: Sequence[Usage], found: Chosen) -> Outcome | None:
    """What comes of an endpoint that asks for a role already; None for any other."""
    present = [it for it in own if it.is_of_role and keys_of(it)]
    if not present:
        return None
    roles = ", ".join(key for it in present for key in keys_of(it))
    if set(found.roles) <= {key for it in present for key in keys_of(it)}:
        return AlreadyDone(f"{route.title} is for {roles} already")
    return Refused(f"{route.title} is for {roles} already; take that off first")


def draft(route: Route, found: Chosen, units: list[Unit] | Refused) -> Outcome:
    if isinstance(units, Refused):
        return units
    ordered = sorted(units, key=lambda it: it.action == "imports")
    review = review_of_tests(route)
    if found.also:
        review.append(f"{', '.join(found.also)} may call it, too, as with other endpoints")
    said = f"{route.title} asks for the role {' or '.join(found.roles)}, as other endpoints do"
    return Draft(tuple(ordered), said, review=tuple(review))
