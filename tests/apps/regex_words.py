"""The paths that a regular expression of an address means, as Python's own parser reads it.

A group that may hold a slash is `{name*}`, one without a name `{}`; an optional part and
alternatives of plain text make several paths, save for an optional slash, which is written.
"""

from __future__ import annotations

import re._constants as kinds  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from typing import Any

_SLASH = ord("/")
_CROSSING = {kinds.CATEGORY_NOT_SPACE, kinds.CATEGORY_NOT_DIGIT, kinds.CATEGORY_NOT_WORD}


def words(pattern: str) -> list[str]:
    tree = parser.parse(pattern)
    names = {number: name for name, number in tree.state.groupdict.items()}
    return list(dict.fromkeys(_sequence(tree, names)))


def _sequence(tree: Any, names: dict[int, str]) -> list[str]:
    found = [""]
    for node in tree:
        found = [head + tail for head in found for tail in _node(node, names)]
    return found


def _node(node: tuple[Any, Any], names: dict[int, str]) -> list[str]:
    kind, of = node
    if kind is kinds.LITERAL:
        return [chr(of)]
    if kind is kinds.ANY:
        return ["."]
    if kind is kinds.BRANCH:
        return [it for branch in of[1] for it in _sequence(branch, names)]
    if kind is kinds.SUBPATTERN:
        return _group(of[0], of[-1], names)
    if kind in {kinds.MAX_REPEAT, kinds.MIN_REPEAT}:
        return _repeated(of[0], list(of[2]), names)
    if kind in {kinds.IN, kinds.NOT_LITERAL}:
        return ["{*}" if _crosses([node]) else "{}"]
    return [""]


def _group(number: int | None, inside: Any, names: dict[int, str]) -> list[str]:
    if number is None or (number not in names and any(it in names for it in _groups(inside))):
        return _sequence(inside, names)
    return [f"{{{names.get(number, '')}{'*' if _crosses(inside) else ''}}}"]


def _repeated(least: int, what: list[Any], names: dict[int, str]) -> list[str]:
    kind = what[0][0]
    if len(what) == 1 and kind in {kinds.IN, kinds.NOT_LITERAL, kinds.ANY}:
        return ["{*}" if _crosses(what) else "{}"]
    found = _sequence(what, names)
    return ["", *found] if least == 0 and found != ["/"] else found


def _groups(tree: Any) -> list[int]:
    found = []
    for kind, of in tree:
        if kind is kinds.SUBPATTERN:
            found += [of[0], *_groups(of[-1])]
        elif kind in {kinds.MAX_REPEAT, kinds.MIN_REPEAT}:
            found += _groups(of[2])
        elif kind is kinds.BRANCH:
            found += [it for branch in of[1] for it in _groups(branch)]
    return found


def _crosses(tree: Any) -> bool:
    """Whether a slash may be in what the tree matches."""
    for kind, of in tree:
        if kind is kinds.ANY or (kind is kinds.LITERAL and of == _SLASH):
            return True
        if kind is kinds.NOT_LITERAL and of != _SLASH:
            return True
        if kind is kinds.IN and _in_set(of):
            return True
        inner = {
            kinds.SUBPATTERN: lambda of: [of[-1]],
            kinds.MAX_REPEAT: lambda of: [of[2]],
            kinds.MIN_REPEAT: lambda of: [of[2]],
            kinds.BRANCH: lambda of: of[1],
        }.get(kind)
        if inner is not None and any(_crosses(it) for it in inner(of)):
            return True
    return False


def _in_set(items: Any) -> bool:
    holds = any(
        (kind is kinds.LITERAL and of == _SLASH)
        or (kind is kinds.RANGE and of[0] <= _SLASH <= of[1])
        or (kind is kinds.CATEGORY and of in _CROSSING)
        for kind, of in items
    )
    return not holds if items[0][0] is kinds.NEGATE else holds
