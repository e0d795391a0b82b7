"""Places units by their lines alone: search blocks anywhere, and files that are no code."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from backwright.verify.placing.draft import Problem
from backwright.verify.placing.marks import find_elision

_LINE_LISTS = re.compile(
    r"^(?:requirements[\w.-]*\.(?:txt|in)|constraints\.txt|\.\w+ignore|\.env[\w.-]*)$"
)


def append_text(path: str, old: str, text: str) -> str:
    """`old` with `text` at its end, less what it has already."""
    added = text.strip("\n")
    if _LINE_LISTS.match(PurePosixPath(path).name):
        known = {line.strip() for line in old.split("\n") if line.strip()}
        added = "\n".join(line for line in added.split("\n") if line.strip() not in known)
    if not added.strip() or f"\n{added}\n" in f"\n{old}\n":
        return old
    ended = "\n" if old and not old.endswith("\n") else ""
    parted = PurePosixPath(path).suffix == ".md" or added.startswith("[")
    apart = "\n" if parted and old.strip() and not old.endswith("\n\n") else ""
    return f"{old}{ended}{apart}{added}\n"


def rewrite_text(path: str, old: str, text: str) -> str | Problem:
    """The whole of `text`, when it still has what `old` has at its top."""
    if (elision := find_elision(text, None)) is not None and elision not in old:
        return Problem(f"`{elision}` in {path} stands for nothing; write the file out, or edit it.")
    kept = set(_top_keys(path, text))
    lost = [it for it in _top_keys(path, old) if it not in kept]
    if lost:
        return Problem(
            f"The text for {path} leaves out `{lost[0]}`; write the whole file, or edit it."
        )
    return f"{text.strip(chr(10))}\n"


def _top_keys(path: str, text: str) -> Iterator[str]:
    """The keys at the top of a file of settings; none where it is something else or broken."""
    suffix = PurePosixPath(path).suffix
    try:
        if suffix == ".json" and isinstance(decoded := json.loads(text), dict):
            yield from decoded
        elif suffix == ".toml":
            yield from tomllib.loads(text)
        elif suffix in {".yml", ".yaml"}:
            yield from re.findall(r"^([\w.-]+):", text, re.MULTILINE)
    except ValueError:
        return


def edit_lines(path: str, old: str, search: str, text: str) -> str | Problem:
    """`old` with the lines of `search` replaced by `text`.

    Blanks at the ends of lines don't count, nor does the indentation that all lines share; the
    replacement is moved along.
    """
    lines = old.split("\n")
    whole, new = search.removesuffix("\n").split("\n"), _lines(text)
    wanted, replacement = _trimmed(whole), _trimmed(new)
    for strict, sought, put in (
        (True, whole, new),
        (True, wanted, replacement),
        (False, wanted, replacement),
    ):
        places = list(_places(lines, sought, strict=strict))
        if len(places) > 1:
            return Problem(
                f"The lines `{wanted[0].strip()}` … stand {len(places)} times in {path}; "
                "search for more of them."
            )
        if places:
            return _replaced(lines, len(sought), put, places[0])
    if replacement and len(list(_places(lines, replacement, strict=True))) == 1:
        return old  # it was done before
    first = wanted[0].strip() if wanted else ""
    return Problem(f"{path} has no lines `{first}` …; search for lines as they stand there.")


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the lines stand, and the indentation they have there and in the search."""

    row: int
    here: str = ""
    there: str = ""


def _places(lines: list[str], wanted: list[str], *, strict: bool) -> Iterator[_Found]:
    if not wanted:
        return
    for row in range(len(lines) - len(wanted) + 1):
        window = lines[row : row + len(wanted)]
        if strict:
            if all(a.rstrip() == b.rstrip() for a, b in zip(window, wanted, strict=True)):
                yield _Found(row)
        elif _bare(window) == _bare(wanted):
            yield _Found(row, _shared_indent(window), _shared_indent(wanted))


def _replaced(lines: list[str], count: int, text: list[str], found: _Found) -> str:
    moved = [found.here + line.removeprefix(found.there) if line.strip() else line for line in text]
    return "\n".join([*lines[: found.row], *moved, *lines[found.row + count :]])


def _bare(lines: list[str]) -> list[str]:
    indent = _shared_indent(lines)
    return [line.removeprefix(indent).rstrip() for line in lines]


def _shared_indent(lines: list[str]) -> str:
    indents = [line[: len(line) - len(line.lstrip())] for line in lines if line.strip()]
    return min(indents, key=len) if indents else ""


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []


def _trimmed(lines: list[str]) -> list[str]:
    """The lines less blank ones at both ends."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    while lines and not lines[0].strip():
        lines = lines[1:]
    return lines
