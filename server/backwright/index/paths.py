"""Paths as a client calls them: `{name}` for a parameter, `{name*}` for the rest of the path."""

from __future__ import annotations

import re
from typing import Literal

from backwright.index import colon
from backwright.index.url_tables import regex_paths

Style = Literal[
    "braces",
    "marked-braces",
    "angle",
    "name-angle",
    "colon",
    "colon-braces",
    "kind-braces",
    "regex",
]
Slashes = Literal["joined", "merged", "trimmed", "glued", "stripped"]

_BRACES = re.compile(r"\{\s*(\w+)\s*(?::\s*((?:[^{}]|\{[^{}]*\})+?)\s*)?\}")
_KIND_BRACES = re.compile(r"\{\s*(?:(\w+)\s*:)?\s*(\w+)\s*\}")
_ANGLE = re.compile(r"<(?:\s*(\w+)(?:\([^()]*\))?\s*:)?\s*(\w+)\s*>")
_NAME_ANGLE = re.compile(r"<\s*(\w+)\s*(?::((?:[^<>]|<[^<>]*>)*))?>")
_PATTERN = re.compile(r"(:\w+)\{((?:[^{}]|\{[^{}]*\})*)\}")
_KINDS = {
    "braces": _BRACES,
    "angle": _ANGLE,
    "name-angle": _NAME_ANGLE,
    "kind-braces": _KIND_BRACES,
}
_NAME_FIRST = frozenset({"braces", "name-angle"})
_SHORT = {"string": "str", "path": "str", "strorempty": "str", "alpha": "str"}
_MARKED = re.compile(r"\{(\w+)(\*\d*)\}")
_OPTIONAL = re.compile(r"/?\{\w+\?\}$")
_UNNAMED = re.compile(r"\{(\*?)\}")
_PARAMETER = re.compile(r"\{(\w*)(\*?)\}")


def spellings(path: str, style: Style) -> list[str]:
    """`path` as a framework of that style writes it, in the common form: one for each choice that
    its optional parts leave."""
    if style == "braces":
        return [_BRACES.sub(lambda m: f"{{{m[1]}{'*' if _crosses(m[2]) else ''}}}", path)]
    if style == "name-angle":  # <id:int>
        return [_NAME_ANGLE.sub(lambda m: f"{{{m[1]}{'*' if _crosses(m[2]) else ''}}}", path)]
    if style == "regex":
        return regex_paths.spellings(path)
    if style == "kind-braces":  # {int:id}
        return [_KIND_BRACES.sub(lambda m: f"{{{m[2]}{'*' if m[1] == 'path' else ''}}}", path)]
    if style == "angle":
        return [_ANGLE.sub(lambda m: f"{{{m[2]}{'*' if m[1] == 'path' else ''}}}", path)]
    if style == "marked-braces":  # {id}, {id?}, {rest*}, {two*2}
        whole = _MARKED.sub(lambda m: f"{{{m[1]}{'*' if m[2] else ''}}}", path)
        found = _OPTIONAL.search(whole)
        shorter = [(whole[: found.start()] or "/")] if found is not None else []
        return [*shorter, whole.replace("?}", "}")]
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
    if slashes == "stripped":
        return re.sub(r"/{2,}", "/", f"/{prefix}/{path}").rstrip("/")
    if slashes == "merged":
        whole = f"{prefix.rstrip('/')}/{path.lstrip('/')}" if prefix and path else prefix or path
        return re.sub(r"/{2,}", "/", whole)
    whole = f"{prefix.rstrip('/')}/{path.lstrip('/')}" if path not in {"", "/"} else prefix
    return re.sub(r"/{2,}", "/", whole if whole.startswith("/") else f"/{whole}")


def _crosses(kind: str | None) -> bool:
    """Whether a parameter of that kind, or that matches that pattern, may hold a slash."""
    if not kind or kind.isidentifier():
        return kind == "path"
    return "*}" in regex_paths.spellings(f"({kind})")[0]


def kinds(path: str, style: Style) -> dict[str, str]:
    """The types of the parameters, where the path names them: `int` of `<int:id>`."""
    found: dict[str, str] = {}
    for match in _KINDS[style].finditer(path) if style in _KINDS else ():
        name, kind = (match[1], match[2]) if style in _NAME_FIRST else (match[2], match[1])
        if kind and kind.isidentifier():
            found[name] = _SHORT.get(kind, kind)
    return found


def named(path: str, given: list[str]) -> str:
    """`path` with those names for the parameters that have none, in their order."""
    left = iter(given)
    return _UNNAMED.sub(lambda m: f"{{{next(left, '')}{m[1]}}}", path)


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
