"""What the recipe understands, and what it says of what it wrote."""

from __future__ import annotations

import re

from backwright.recipes.rbac.asked import ADMIN, Access

KNOWN = (
    "403", "401", "access", "admin", "agent", "allow", "app", "assign", "attach", "authoriz",
    "belong", "can", "check", "consult", "current", "declare", "denies", "depend", "express", "few",
    "helper", "in", "logged", "many", "middleware", "model", "more", "must", "need", "not", "or",
    "permi", "postgres", "rbac", "read", "resource", "right", "role", "route", "schema", "seed",
    "several", "support", "system", "table", "test", "user", "who", "write",
)  # fmt: skip
BEYOND = re.compile(
    r"\bhierarch\w*|\binherit\w*|\baudit\b|\btenants?\b|\bcach(?:e|ing)\b|\bpolic(?:y|ies)\b"
    r"|\babac\b|\brow.level\b|\bthrough an? endpoint\b|\bendpoints? (?:to|for)\b|\bui\b"
    r"|\bexpir\w*|\btemporar\w*",
    re.IGNORECASE,
)


def review_of(access: Access, name: str) -> tuple[str, ...]:
    """What a person should look at."""
    bare = [role for role, had in access.roles.items() if not had]
    found = [
        f"`{ADMIN}` has every permission that is listed; look at who gets it",
        f"no endpoint asks for a permission yet: put `{name}` in front of those that should",
        "roles that are there keep their permissions when the seed is run again: it only adds what"
        " is missing",
    ]
    if bare:
        listed = ", ".join(f"`{it}`" for it in bare)
        found.insert(1, f"the request does not say what {listed} may do: nothing, so far")
    return tuple(found)


def summary_of(access: Access, where: str) -> str:
    listed = ", ".join(access.roles)
    return (
        f"Tables for roles ({listed}) and permissions, and `{access.name}` in {where}, which asks"
        " the database at each request: 401 for no one, 403 without the permission"
    )
