"""Finds the files of a workspace: from git where it is one, else by walking the folders."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pathspec

from backwright.facts.schema import SUFFIXES
from backwright.index.configs import is_config
from backwright.syntax.language import language_of, may_be_script

PRUNED = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        "node_modules",
        "bower_components",
        "site-packages",
        "__pycache__",
        ".venv",
        "venv",
        ".tox",
        ".nox",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".next",
        ".nuxt",
        ".cache",
        ".eggs",
        "coverage",
    }
)
MAX_FILES = 50_000

Skip = Callable[[str, str], None]
"""Called with the path and the reason of everything that is left out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is there: its path relative to the root, and what tells whether it changed."""

    path: str
    mtime_ns: int
    size: int


def discover(root: Path, skip: Skip) -> list[Found]:
    """The source and configuration files below `root`, in the order of their paths."""
    paths = _from_git(root)
    candidates = _walk(root, skip) if paths is None else iter(paths)
    found: list[Found] = []
    for path in candidates:
        if not _wanted(path):
            continue
        if len(found) >= MAX_FILES:
            skip("", f"more than {MAX_FILES} files; the rest is not read")
            break
        try:
            status = (root / path).stat()
        except OSError as fault:
            skip(path, fault.strerror or "can't be read")
            continue
        found.append(Found(path, status.st_mtime_ns, status.st_size))
    return sorted(found, key=lambda it: it.path)


def is_source(path: str) -> bool:
    """Whether a changed file at `path` can change what is known."""
    return _wanted(path) and not any(part in PRUNED for part in path.split("/"))


def is_read(path: str) -> bool:
    """Whether facts are read from the file: of a language, or of a database's schema."""
    code = language_of(path) is not None and not path.endswith(".d.ts")
    return code or path.endswith(SUFFIXES) or may_be_script(path)


def _wanted(path: str) -> bool:
    return is_read(path) or is_config(path)


def _from_git(root: Path) -> list[str] | None:
    """The files git knows or does not ignore; None when `root` lies in no repository of its own.

    A folder that git ignores as a whole (a package in site-packages, say) is walked instead.
    """
    command = ["git", "-C", str(root), "ls-files", "-z", "-co", "--exclude-standard"]
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    try:
        run = subprocess.run(command, capture_output=True, timeout=30, env=environment, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    if run.returncode:
        return None
    paths = [os.fsdecode(path) for path in run.stdout.split(b"\0") if path]
    kept = {path for path in paths if not any(part in PRUNED for part in path.split("/"))}
    return sorted(kept) or None


def _walk(root: Path, skip: Skip) -> Iterator[str]:
    """Every file, each folder once even when links lead back to it; .gitignore is honoured."""
    ignored = _ignore_rules(root)
    seen = _identity_of(root)
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(root / folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as fault:
            skip(folder, fault.strerror or "can't be read")
            continue
        for entry in listed:
            path = f"{folder}/{entry.name}" if folder else entry.name
            try:
                if entry.is_dir():
                    status = entry.stat()
                    identity = (status.st_dev, status.st_ino)
                    known = identity in seen and status.st_ino != 0
                    if entry.name not in PRUNED and not known and not ignored(path + "/"):
                        seen.add(identity)
                        waiting.append(path)
                elif entry.is_file() and not ignored(path):
                    yield path
            except OSError as fault:
                skip(path, fault.strerror or "can't be read")


def _identity_of(root: Path) -> set[tuple[int, int]]:
    try:
        status = root.stat()
    except OSError:
        return set()
    return {(status.st_dev, status.st_ino)}


def _ignore_rules(root: Path) -> Callable[[str], bool]:
    try:
        lines = (root / ".gitignore").read_text("utf-8", "replace").splitlines()
    except OSError:
        return lambda _: False
    rules = pathspec.GitIgnoreSpec.from_lines(lines)
    return rules.match_file
