"""Where a block of a reply goes: its path, action and symbol, however the model wrote them."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import cast

from backwright.edits.units import ACTIONS, AT_SYMBOL, Action
from backwright.syntax.language import language_of, language_of_fence


@dataclass(frozen=True, slots=True)
class Address:
    """What a block says of its place; empty where it says nothing."""

    word: str = ""
    path: str = ""
    action: Action | None = None
    symbol: str = ""


_KEYS: dict[str, str] = {
    "path": "path",
    "file": "path",
    "filename": "path",
    "filepath": "path",
    "title": "path",
    "action": "action",
    "symbol": "symbol",
    "target": "symbol",
    "insert-before": "before",
    "insert_before": "before",
    "insert-after": "after",
    "insert_after": "after",
    **{action: action for action in ACTIONS},
}
_WORDS: dict[str, Action] = {
    **{action: action for action in ACTIONS},
    "new": "create",
    "import": "imports",
    "overwrite": "rewrite",
    "whole": "rewrite",
    "remove": "delete",
    "insert_after": "after",
    "insert_before": "before",
}
_KEY = re.compile(
    rf"[{{(]?\b({'|'.join(sorted(_KEYS, key=len, reverse=True))})\s*[=:]\s*", re.IGNORECASE
)
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`""")
_PATH_END = re.compile(
    rf"[,;)}}]?\s+(?:(?:{'|'.join(_KEYS)})\s*[=:]|(?:{'|'.join(_WORDS)})\b)|[,;)}}]?\s*$"
)
_SYMBOL_END = re.compile(rf"[,;]?\s+(?:{'|'.join(_KEYS)})\s*=|}}?\s*$")
_COMMENT = re.compile(r"^\s*(?:#+|//+|--|;+|/\*+|<!--)\s*(.*?)\s*(?:\*/|-->)?\s*$")

_NAMES = frozenset({"Dockerfile", "Makefile", "Procfile", "Jenkinsfile", "Caddyfile"})
_SUFFIXES = re.compile(
    r"\.(cfg|conf|css|csv|env|example|go|gradle|graphql|hcl|html|ini|java|json|kt|lock|md|php"
    r"|prisma|properties|proto|rb|rs|sh|sql|tf|tfvars|toml|txt|xml|ya?ml)$",
    re.IGNORECASE,
)


def address_in_info(info: str, known: Collection[str]) -> Address:
    """The address in a fence's info string.

    That is `python path=app/items.py replace=read_item`, but also `python app/items.py`,
    `app/items.py`, `python:app/items.py` or `python title="app/items.py"`.
    """
    found = Address()
    rest = info.strip()
    while rest:
        if (key := _KEY.match(rest)) is not None:
            name = _KEYS[key[1].lower()]
            value, rest = _value(rest[key.end() :], _PATH_END if name == "path" else _SYMBOL_END)
            found = _with(found, name, value)
            continue
        token, _, rest = rest.partition(" ")
        found = _with_token(found, token.strip("{}(),;"), known)
        rest = rest.lstrip()
        if found.path and token.lower() in AT_SYMBOL and not _KEY.match(rest):
            return replace(found, symbol=rest)
    return found


def address_in_comment(line: str, known: Collection[str]) -> Address:
    """The address in a comment that is a block's first line: `# path: app/items.py`."""
    match = _COMMENT.match(line)
    if match is None:
        return Address()
    found = address_in_info(match[1], known)
    one_word = len(match[1].split()) == 1 or _KEY.match(match[1]) is not None
    return replace(found, word="") if found.path and one_word else Address()


def path_in_prose(lines: Iterable[str], known: Collection[str]) -> str:
    """The one path that the prose just before a block names; "" when there is none or several.

    The line nearest to the block counts, then headings and lines in bold further up.
    """
    nearest_first = list(lines)[::-1]
    for number, line in enumerate(nearest_first):
        titled = line.startswith(("#", "**", "__"))
        if number and not titled:
            continue
        paths = dict.fromkeys(_paths_in(line, known, loose=titled or line.endswith(":")))
        if paths:
            return next(iter(paths)) if len(paths) == 1 else ""
    return ""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A path that may mean several files, or none inside the project."""

    reason: str


def resolve_path(path: str, known: Collection[str], *, new: bool) -> str | Doubtful:
    """`path` as the project has it: a known path where exactly one ends like it, else as it is.

    With `new` a path is taken as it stands, for a new file may end like an old one.
    """
    path = re.sub(r"(?<=\w):\d+(?:-\d+)?$", "", path)
    parts = [part for part in path.strip().replace("\\", "/").split("/") if part not in {"", "."}]
    cleaned = "/".join(parts)
    if cleaned in known:
        return cleaned
    absolute = path.strip().startswith(("/", "~")) or bool(re.match(r"[A-Za-z]:", path.strip()))
    inside = [it for it in known if cleaned.endswith(f"/{it}")]
    if inside and (absolute or not (new or _has_folder(known, cleaned))):
        return max(inside, key=len)
    if absolute or not parts or ".." in parts or ".git" in parts or not cleaned.isprintable():
        return Doubtful(f"{path!r} is not a path inside the project.")
    ending = sorted(it for it in known if it.endswith(f"/{cleaned}"))
    if new or not ending:
        return cleaned
    if len(ending) > 1:
        return Doubtful(f"{path!r} may be any of {', '.join(ending)}; write the whole path.")
    return ending[0]


def _has_folder(known: Collection[str], path: str) -> bool:
    """True when a file could well be new at `path`, beside others."""
    folder = path.rpartition("/")[0]
    return any(it.startswith(f"{folder}/") for it in known)


def _value(rest: str, end: re.Pattern[str]) -> tuple[str, str]:
    """The value at the beginning of `rest`, and what follows it."""
    if (quoted := _QUOTED.match(rest)) is not None and end.match(rest, quoted.end()):
        following = rest[quoted.end() :].lstrip(" ,;")
        return _unquoted(quoted[0]), "" if following in {"}", ")"} else following
    stop = end.search(rest)
    cut = stop.start() if stop else len(rest)
    return rest[:cut].strip(), rest[cut:].strip(" ,;{}")


def _unquoted(value: str) -> str:
    if value[0] == '"':
        try:
            return cast(str, json.loads(value))
        except ValueError:
            pass
    return value[1:-1]


def _with(found: Address, name: str, value: str) -> Address:
    if name == "path":
        return replace(found, path=value)
    if name == "symbol":
        return replace(found, symbol=value)
    if name == "action":
        action = _WORDS.get(value.lower())
        return replace(found, action=action) if action else found
    return replace(found, action=cast(Action, name), symbol=value)


def _with_token(found: Address, token: str, known: Collection[str]) -> Address:
    word, colon, after = token.partition(":")
    if colon and language_of_fence(word) and looks_like_path(after, known):
        return replace(found, word=word, path=after)
    if looks_like_path(token.strip("`"), known):
        return found if found.path else replace(found, path=token.strip("`"))
    if (action := _WORDS.get(token.lower())) is not None and (found.word or found.path):
        return replace(found, action=found.action or action)
    return found if found.word else replace(found, word=token)


def looks_like_path(token: str, known: Collection[str]) -> bool:
    """True for what can only be a file's path, so not for `router.get`."""
    if token in known:
        return True
    if not re.fullmatch(r"[\w.\-@+/\\()\[\]$~:]+", token) or token.endswith(("/", ".")):
        return False
    path = PurePosixPath(token.replace("\\", "/"))
    return (
        path.name in _NAMES
        or _SUFFIXES.search(path.name) is not None
        or language_of(path.name) is not None
        or (path.name.startswith(".") and len(path.name) > 2)
    )


def _paths_in(line: str, known: Collection[str], *, loose: bool) -> Iterable[str]:
    """Paths in a line of prose: those in backticks; with `loose` those in the open as well."""
    for token in re.findall(r"`([^`]+)`", line):
        if looks_like_path(token.strip(), known):
            yield token.strip()
    tokens = re.sub(r"`[^`]*`", " ", line).split()
    if loose or len(tokens) == 1:
        for token in tokens:
            bare = token.strip("#*_:,;()").rstrip(".")
            if looks_like_path(bare, known) and not _is_product(bare, known):
                yield bare


def _is_product(token: str, known: Collection[str]) -> bool:
    """True for what a sentence calls `Node.js`."""
    return token[0].isupper() and token.endswith(".js") and "/" not in token and token not in known
