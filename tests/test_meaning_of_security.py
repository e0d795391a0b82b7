"""Free requests about the safety of an endpoint find the recipe that they mean, and no other."""

from __future__ import annotations

import pytest

from backwright.facts.backend import Backend
from backwright.recipes.match import meaning_of
from backwright.recipes.outcome import Refused
from backwright.recipes.registry import recipes

WORDINGS = {
    "prevent-sql-injection": [
        "prevent SQL injection in GET /users",
        "fix the SQL injection here",
        "this query is open to injection, fix it",
        "use parameterized queries in /search",
        "turn this into a prepared statement",
        "use bound parameters instead of string formatting",
        "bind the parameters of this query",
        "make the SQL safe",
        "parameterize the query",
        "no f-strings in SQL please",
    ],
    "add-authentication": [
        "add authentication to POST /items",
        "require login for this endpoint",
        "only signed in users may call this",
        "protect DELETE /items/{id} with the JWT",
        "this should need a valid token",
        "don't let anonymous people call it",
        "guard this route",
        "make the endpoint require authentication",
        "put it behind the login",
        "users must be logged in for the upload",
    ],
    "require-permission": [
        "only admins may call DELETE /items",
        "require the admin role",
        "staff only",
        "this needs the permission items:write",
        "restrict this to admins",
        "add a role check for moderators",
        "make it admin only",
        "only for editors",
        "require permission to delete users",
    ],
}
OTHERS = {
    "add-rate-limiting": [
        "add rate limiting to POST /login",
        "throttle the search for users",
        "limit it to 5 requests per minute for each user",
        "rate limit per user and role",
    ],
    "generate-tests": [
        "write tests for the guarded endpoint",
        "generate tests for POST /orders",
        "write tests for the admin endpoint",
        "add tests with a query parameter",
        "write tests for the login, with and without a token",
    ],
}


@pytest.mark.parametrize(
    ("recipe", "request_"),
    [(name, it) for table in (WORDINGS, OTHERS) for name, texts in table.items() for it in texts],
)
def test_the_recipe_is_found(recipe: str, request_: str) -> None:
    """There is no endpoint here: the refusal names the recipe that was meant."""
    meant = meaning_of(request_, Backend(), "", 0)
    assert isinstance(meant, Refused), meant
    assert f"asks to {recipes()[recipe].title.lower()}" in meant.reason
