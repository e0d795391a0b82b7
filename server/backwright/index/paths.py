"""Paths as a client calls them: `{name}` for a parameter, `{name*}` for the rest of the path."""

from __future__ import annotations

import re
from typing import Literal

from backwright.index import colon

Style = Literal["braces", "angle", "colon", "colon-braces", "kind-braces"]
Slashes = Literal["joined", "merged", "trimmed", "glued"]

_BRACES = re.compile(r"\{\s*(\w+)\s*(?::\s*([^{}]+?)\s*)?\}")
_KIND_BRACES = re.compile(r"\{\s*(?:(\w+)\s*:)?\s*(\w+)\s*\}")
_ANGLE = re.compile(r"<(?:\s*(\w+)(?:\([^()]*\))?\s*:)?\s*(\w+)\s*>")
_PATTERN = re.compile(r"(:\w+)\{((?:[^{}]|\{[^{}]*\})*)\}")
_PARAMETER = re.compile(r"\{(\w*)(\*?)\}")


def spellings(path: str, style: Style) -> list[str]:
    """`path` as a framework of that style writes it, in the common form: one for each choice that
    its optional parts leave."""
    if style == "braces":
        return [_BRACES.sub(lambda m: f"{{{m[1]}{'*' if m[2] == 'path' else ''}}}", path)]
    if style == "kind-braces":  # {int:id}
        return [_KIND_BRACES.sub(lambda m: f"{{{m[2]}{'*' if m[1] == 'path' else ''}}}", path)]
    if style == "angle":
        return [_ANGLE.sub(lambda m: f"{{{m[2]}{'*' if m[1] == 'path' else ''}}}", path)]
    if style == "colon-braces":  # :id{[0-9]+}, and {id} as OpenAPI writes it
        path = _PATTERN.sub(lambda m: f"{m[1]}{'(.*)' if m[2] in {'.*', '.+'} else ''}", path)
        path = re.sub(r"\*{2,}", "*", re.sub(r"\{(\w+)\}", r":\1", path))
    return colon.spellings(path)


def joined(prefix: str, path: str, slashes: Slashes) -> str:
    """`path` under `prefix`, with the slashes that the framework makes of the two."""
    if slashes == "joined":
        return prefix + path
    if slashes == "glued":  # only "/" and slashes that meet are anything else than added
        if path == "/" and prefix:
            return prefix
        return prefix.removesuffix("/") + path if path.startswith("/") else prefix + path
    if slashes == "merged":
        whole = f"{prefix.rstrip('/')}/{path.lstrip('/')}" if prefix and path else prefix or path
        return re.sub(r"/{2,}", "/", whole)
    whole = f"{prefix.rstrip('/')}/{path.lstrip('/')}" if path not in {"", "/"} else prefix
    return re.sub(r"/{2,}", "/", whole if whole.startswith("/") else f"/{whole}")


def names(path: str) -> list[str]:
    """The parameters of a path in the common form, in order."""
    return [match[1] for match in _PARAMETER.finditer(path)]


def fits(route: str, called: str) -> bool:
    """Whether a request for `called` reaches `route`; `*` in `called` stands for anything."""
    called = called.partition("?")[0].partition("#")[0]
    pieces = _PARAMETER.split(route)
    pattern = ""
    for at in range(0, len(pieces), 3):
        pattern += re.escape(pieces[at])
        if at + 2 < len(pieces):
            pattern += ".+" if pieces[at + 2] else "[^/]+"
    plain = called.replace("*", "\0")
    if re.fullmatch(pattern + "/?", plain.replace("\0", "x") or "/"):
        return True
    return "\0" in plain and _loosely(route, plain)


def _loosely(route: str, called: str) -> bool:
    """Segment by segment, where an unknown part of the call may stand for a whole literal one."""
    ours, theirs = route.strip("/").split("/"), called.strip("/").split("/")
    if theirs and theirs[0] == "\0" and len(theirs) > 1:  # a base path that is not known
        ours = ours[-len(theirs) + 1 :]
        theirs = theirs[1:]
    if len(ours) != len(theirs):
        return False
    return all(
        "{" in mine or "\0" in other or mine == other
        for mine, other in zip(ours, theirs, strict=True)
    )
