"""Every name that the change uses is defined, imported or built in."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable

from pyflakes import checker, messages

from backwright.syntax.language import language_of
from backwright.verify.review import Check, Review
from backwright.verify.script_names import undefined_names

NAME = "names"

_FAULTS = (
    messages.UndefinedName,
    messages.UndefinedLocal,
    messages.DuplicateArgument,
    messages.RedefinedWhileUnused,
    messages.ReturnOutsideFunction,
    messages.YieldOutsideFunction,
)


def check(review: Review) -> Check:
    found: list[str] = []
    for path, (before, after) in review.sources.items():
        language = language_of(path)
        if language is None:
            continue
        if language.reader == "python":
            new, old = _python(path, after), _python(path, before)
        elif language.reader != "javascript":
            continue  # what a name means in Ruby is known when it runs
        else:
            new, old = undefined_names(after, language.name), undefined_names(before, language.name)
        known = Counter(message for message, _ in old)
        for message, line in new:
            if known[message] > 0:
                known[message] -= 1
            else:
                found.append(f"{path}:{line}: {message}")
    if found:
        return Check(NAME, "failed", "; ".join(found))
    return Check(NAME, "passed", "every new name is defined")


def _python(path: str, source: bytes) -> Iterable[tuple[str, int]]:
    """Messages with their lines. What does not parse is the concern of another check."""
    try:
        tree = ast.parse(source, path)
    except (SyntaxError, ValueError, RecursionError):
        return []
    found = checker.Checker(tree, path).messages
    return [(it.message % it.message_args, it.lineno) for it in found if isinstance(it, _FAULTS)]
