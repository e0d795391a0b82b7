r"""Paths with `:name`, as path-to-regexp reads them, in the common form.

Both ways of writing are read, as no path means another thing in the other one: of old, `:id?`,
`:id(\d+)`, `:path(*)`, `(text)?` and a bare `*`; since Express 5 `{/:id}` and `*path`.
"""

from __future__ import annotations

import re

_NAMED = re.compile(r":(?:\"([^\"]+)\"|(\w+))(\((?:[^()]|\([^()]*\))*\))?([?*+])?")
_REST = re.compile(r"\*(?:\"([^\"]+)\"|(\w*))|\(\.[*+]\)")
_GROUP = re.compile(r"\(([\w./-]+)\)\?")
_ONLY_REST = re.compile(r"\{\w*\*\}")
_TOO_MANY = 16
"""Spellings of one path; more than that is no path that somebody wrote."""


def spellings(path: str) -> list[str]:
    """Each path that is meant, the longest last; one where nothing is optional."""
    return list(dict.fromkeys(_sequence(path, 0)[0]))


def _sequence(path: str, at: int) -> tuple[list[str], int]:
    """The spellings from `at` to the end of the path or of the group, and where that is."""
    heads = [""]
    while at < len(path) and path[at] != "}":
        if path[at] == "{":
            inner, at = _sequence(path, at + 1)
            at += 1
            # `{*rest}` may be empty, which is what the common form means already.
            tails = inner if all(_ONLY_REST.fullmatch(it) for it in inner) else ["", *inner]
            heads = [head + tail for head in heads for tail in tails]
        elif named := _NAMED.match(path, at):
            heads, at = _named(heads, named), named.end()
        elif group := _GROUP.match(path, at):
            heads, at = [head + tail for head in heads for tail in ("", group[1])], group.end()
        elif rest := _REST.match(path, at):
            at = rest.end()
            heads = [f"{head}{{{rest[1] or rest[2] or ''}*}}" for head in heads]
        else:
            at += path[at] == "\\"
            heads = [head + path[at : at + 1] for head in heads]
            at += 1
        heads = heads[:_TOO_MANY]
    return heads, at


def _named(heads: list[str], found: re.Match[str]) -> list[str]:
    name, capture, modifier = found[1] or found[2], found[3], found[4]
    rest = modifier in {"*", "+"} or capture in {"(*)", "(.*)", "(.+)"}
    whole = [f"{head}{{{name}{'*' if rest else ''}}}" for head in heads]
    if modifier != "?":
        return whole
    return [*(head.removesuffix("/") for head in heads), *whole]
