"""Paths with `:name`, `*rest` and optional parts in brackets, in the common form."""

from __future__ import annotations

import re

_PART = re.compile(r"[:*]\w+")
_MOST = 16


_ASKED = re.compile(r"(\.\?:format\?|\([^()]*\)|:\w+|/)\?")
_STAR = re.compile(r"\*(?!\w)")


def spellings(path: str) -> list[str]:
    """Each path that is meant: with and without its optional parts."""
    path = _ASKED.sub(lambda it: _bracketed(it[1]), path) if "?" in path else path
    found = _optional(_normal(_STAR.sub("*splat", path)))[:_MOST]
    return list(dict.fromkeys(_common(it) for it in found))


def _bracketed(part: str) -> str:
    """`:id?` and `(text)?` as parts in brackets."""
    return part if part.startswith("(") else f"({part})"


def _normal(path: str) -> str:
    """Slashes as the router has them: `/(/:locale)/posts` is `(/:locale)/posts`."""
    path = re.sub(r"/(\(+)/?", r"\1/", re.sub(r"/{2,}", "/", path))
    return path.replace("(/.", "(.")


def _optional(path: str) -> list[str]:
    start = path.find("(")
    if start < 0:
        return [path]
    depth = 0
    for end in range(start, len(path)):
        depth += (path[end] == "(") - (path[end] == ")")
        if not depth:
            break
    else:
        return [path.replace("(", "").replace(")", "")]
    inner, rest = path[start + 1 : end], path[end + 1 :]
    if inner in {".:format", ".json"}:
        return _optional(path[:start] + rest)
    return [*_optional(path[:start] + rest), *_optional(path[:start] + inner + rest)]


def _common(path: str) -> str:
    path = _PART.sub(lambda it: f"{{{it[0][1:]}{'*' if it[0][0] == '*' else ''}}}", path)
    path = re.sub(r"/{2,}", "/", path)
    return path.rstrip("/") or "/"
