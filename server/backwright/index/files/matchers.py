"""Which paths a pattern of a middleware covers: `/api/:path*`, `/((?!api|_next).*)`."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"(/?):(\w+)(\((?:[^()]|\([^()]*\))*\))?([*+?]?)")


def covers(pattern: str, path: str) -> bool:
    """Whether a request for a route, whose parameters stand in braces, passes by the pattern."""
    written, at = "", 0
    for token in _TOKEN.finditer(pattern):
        written += _literal(pattern[at : token.start()]) + _part(token)
        at = token.end()
    written += _literal(pattern[at:])
    try:
        return re.fullmatch(f"{written}/?", path) is not None
    except re.error:
        return False


def _part(token: re.Match[str]) -> str:
    slash, _, capture, modifier = token.groups()
    one = capture or "[^/]+?"
    if modifier in {"*", "+"}:
        many = f"{slash}{one}(?:/{one})*"
        return f"(?:{many})?" if modifier == "*" else many
    return f"(?:{slash}{one})?" if modifier == "?" else f"{slash}{one}"


def _literal(text: str) -> str:
    """What stands outside of names; a group in parentheses is a regular expression already."""
    written, depth = "", 0
    for at, character in enumerate(text):
        escaped = at > 0 and text[at - 1] == "\\"
        depth -= character == ")" and not escaped
        inside = depth > 0 or character in "()"
        depth += character == "(" and not escaped
        written += character if inside else re.escape(character)
    return written
