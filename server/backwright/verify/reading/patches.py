"""Reads replies that are patches after all: search blocks, unified diffs, `apply_patch` text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from backwright.edits.units import Unit


@dataclass(frozen=True, slots=True)
class Patched:
    """What a patch says, its paths as written, and what of it can't be followed."""

    units: tuple[Unit, ...]
    problems: tuple[str, ...] = ()


_SEARCH = re.compile(r"^(<{5,}) ?(?:SEARCH|ORIGINAL)\s*$", re.MULTILINE)


def is_search_block(text: str) -> bool:
    return _SEARCH.search(text) is not None


def read_search_blocks(text: str, path: str) -> Patched:
    """All of `<<<<<<< SEARCH`, the old lines, `=======`, the new lines, `>>>>>>> REPLACE`."""
    units: list[Unit] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        opening = _SEARCH.match(lines[at])
        at += 1
        if opening is None:
            continue
        width = len(opening[1])
        middle = _marker(lines, at, "=", width)
        end = _marker(lines, middle + 1, ">", width)
        if end >= len(lines):
            return Patched(tuple(units), (f"A search block for {path} has no end.",))
        units.append(
            Unit(
                path,
                "edit",
                search=_joined(lines[at:middle]),
                text=_joined(lines[middle + 1 : end]),
            )
        )
        at = end + 1
    return Patched(tuple(units))


def _marker(lines: list[str], start: int, mark: str, width: int) -> int:
    """The line of the marker that is as wide as the opening one, else of the first that is
    like it, else the end."""
    loose = len(lines)
    for number in range(start, len(lines)):
        line = lines[number].rstrip()
        run = len(line) - len(line.lstrip(mark))
        if run == width and (mark == ">" or run == len(line)):
            return number
        if run >= 5 and loose == len(lines) and (mark == ">" or run == len(line)):
            loose = number
    return loose


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


_DIFF = re.compile(
    r"^(?:@@|--- |\+\+\+ |diff --git |\*\*\* (?:Begin|Update|Add|Delete))", re.MULTILINE
)
_FILE = re.compile(r"^\*\*\* (Update|Add|Delete) File: (.+?)\s*$")
_IGNORED = re.compile(
    r"^(?:diff --git |index [0-9a-f]|(?:old|new|deleted file|new file) mode |similarity index "
    r"|\*\*\* (?:Begin|End) )"
)


def is_diff(text: str) -> bool:
    return _DIFF.search(text) is not None


def read_diff(text: str, path: str) -> Patched:
    """Each hunk as an edit. Line numbers are not believed: a hunk is found by its lines."""
    units: list[Unit] = []
    problems: list[str] = []
    for hunk in _hunks(text.removesuffix("\n").split("\n"), path):
        if hunk.gone:
            problems.append(f"A reply can't delete the file {hunk.path}.")
        elif hunk.new:
            units.append(Unit(hunk.path, "create", text=_joined(hunk.after)))
        elif hunk.before == hunk.after:
            continue
        elif not _joined(hunk.before).strip():
            problems.append(f"A hunk for {hunk.path or 'a file'} has no lines to find it by.")
        else:
            search, replacement = _joined(hunk.before), _joined(hunk.after)
            units.append(Unit(hunk.path, "edit", search=search, text=replacement))
    return Patched(tuple(units), tuple(problems))


@dataclass(slots=True)
class _Hunk:
    path: str
    new: bool = False
    gone: bool = False
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.before or self.after or self.gone)

    def add(self, line: str) -> None:
        mark, rest = line[:1], line[1:]
        if mark == "\\":
            return
        if mark not in {"+", "-", " "}:
            rest = line  # a blank line, or one whose leading blank the model forgot
        if mark != "+":
            self.before.append(rest)
        if mark != "-":
            self.after.append(rest)


def _hunks(lines: list[str], path: str) -> Iterator[_Hunk]:
    hunk = _Hunk(path)
    at = 0
    while at < len(lines):
        line = lines[at]
        following = lines[at + 1] if at + 1 < len(lines) else ""
        at += 1
        if line.startswith("--- ") and following.startswith("+++ "):
            if hunk:
                yield hunk
            hunk = _between(_header_path(line), _header_path(following))
            at += 1
        elif patch := _FILE.match(line):
            if hunk:
                yield hunk
            hunk = _Hunk(patch[2], new=patch[1] == "Add", gone=patch[1] == "Delete")
        elif line.startswith("@@"):
            if hunk and not hunk.gone:
                yield hunk
                hunk = _Hunk(hunk.path)
        elif not _IGNORED.match(line):
            hunk.add(line)
    if hunk:
        yield hunk


def _between(old: str, new: str) -> _Hunk:
    if new == "/dev/null":
        return _Hunk(old, gone=True)
    return _Hunk(new, new=old == "/dev/null")


def _header_path(line: str) -> str:
    path = line[4:].split("\t")[0].strip().strip('"')
    return path[2:] if path.startswith(("a/", "b/")) else path
