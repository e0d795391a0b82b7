"""No secret is written into code."""

from __future__ import annotations

from backwright.context.mask import secrets_in
from backwright.index.testfiles import is_test
from backwright.verify.review import Check, Review

NAME = "secrets"


def check(review: Review) -> Check:
    """Tests are left out: what stands there as a password opens nothing."""
    found = []
    for path, (before, after) in review.sources.items():
        if is_test(path):
            continue
        old = set(before.decode("utf-8", "replace").splitlines())
        for number, line in enumerate(after.decode("utf-8", "replace").splitlines(), 1):
            if line not in old and secrets_in(line):
                found.append(f"{path}:{number} holds what looks like a secret")
    if found:
        return Check(NAME, "failed", "; ".join(found))
    return Check(NAME, "passed", "no secret in the new lines")
