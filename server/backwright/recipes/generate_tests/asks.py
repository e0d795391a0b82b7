"""Questions about an end of a request: what decides it."""

from __future__ import annotations

import re

from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.state import Condition
from backwright.recipes.generate_tests.values import (
    Given,
    Test,
    body_fields,
    inputs,
)

_SECRET = re.compile(r"token|key|auth|secret", re.IGNORECASE)


def given_in(condition: Condition, name: str) -> bool:
    return Given("path", name) in inputs(condition.value)


def about_body(end: Exit, name: str) -> bool:
    return bool(end.conditions) and name in body_fields(end.conditions[-1].value)


def asks_validity(condition: Condition) -> bool:
    value = condition.value
    return isinstance(value, Test) and value.operator == "valid" and not condition.holds


def about_credential(end: Exit) -> bool:
    return any(
        it.where == "credential" for condition in end.conditions for it in inputs(condition.value)
    )


def about_secret(end: Exit) -> bool:
    """Whether a request ends so for a token or a key that is no credential by its place."""
    return end.failed and any(
        it.where in {"query", "cookie", "header"} and _SECRET.search(it.name) is not None
        for condition in end.conditions[-1:]
        for it in inputs(condition.value)
    )


def credential_decides(condition: Condition) -> bool:
    return any(it.where == "credential" for it in inputs(condition.value))


def guard_only(end: Exit) -> bool:
    return bool(end.conditions) and all(
        all(it.where == "credential" for it in inputs(condition.value)) and inputs(condition.value)
        for condition in end.conditions
    )


def needs_path(end: Exit) -> bool:
    return any(
        it.where in {"path", "body"}
        for condition in end.conditions
        for it in inputs(condition.value)
    )


def needs_path_before(end: Exit) -> bool:
    """Whether something is looked up by the path before the input is checked."""
    return any(
        it.where == "path"
        for condition in end.conditions[:-1]
        for it in inputs(condition.value)
        if not isinstance(condition.value, Test) or condition.value.operator != "valid"
    )


def lookup_fails(end: Exit) -> bool:
    return end.status in {404, 410} and any(
        it.where == "path" for condition in end.conditions[-1:] for it in inputs(condition.value)
    )
