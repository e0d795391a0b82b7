"""The changed files parse with no error that was not there before."""

from __future__ import annotations

from backwright.syntax.language import language_of
from backwright.syntax.tree import errors, line, parse
from backwright.verify.review import Check, Review

NAME = "syntax"


def check(review: Review) -> Check:
    found = []
    for path, (before, after) in review.sources.items():
        language = language_of(path)
        if language is None:
            continue
        new = list(errors(parse(after, language.name).root_node))
        old = list(errors(parse(before, language.name).root_node))
        if len(new) > len(old):
            found.append(f"{path}:{line(new[0])} does not parse")
    if found:
        return Check(NAME, "failed", "; ".join(found))
    count = len(review.sources)
    return Check(NAME, "passed", "1 file parses" if count == 1 else f"{count} files parse")
