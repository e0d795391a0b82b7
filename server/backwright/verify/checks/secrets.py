"""No secret is written into code."""

from __future__ import annotations

from backwright.context.mask import lines_with_secrets
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
        lines = enumerate(after.decode("utf-8", "replace").splitlines(), 1)
        new = ((number, line) for number, line in lines if line not in old)
        found += [f"{path}:{it} holds what looks like a secret" for it in lines_with_secrets(new)]
    if found:
        return Check(NAME, "failed", "; ".join(found))
    return Check(NAME, "passed", "no secret in the new lines")
