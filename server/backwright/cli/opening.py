"""Opens a workspace for a command, and finds places in it."""

from __future__ import annotations

import os
from pathlib import Path

from backwright.errors import UsageError
from backwright.index.cache import Cache
from backwright.index.workspace import Workspace
from backwright.settings import Settings, load
from backwright.trust import is_trusted

_MARKS = (
    ".git",
    "pyproject.toml",
    "package.json",
    "requirements.txt",
    "setup.py",
    "backwright.toml",
)
"""What lies in the outermost folder of a project."""


def open_workspace(folder: Path) -> Workspace:
    """The workspace at `folder`, read. Raises UsageError when it is not a folder."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder")
    workspace = Workspace(folder, Cache.of(folder))
    workspace.refresh()
    return workspace


def root_of(folder: Path | None, at: str = "") -> Path:
    """The workspace of a command: `folder` if it was named, else the project that the current
    folder, or the file in `at`, lies in."""
    if folder is not None:
        return folder
    here = Path.cwd()
    beside = Path(at.rsplit(":", 1)[0]).resolve().parent if at else here
    for start in (here, beside):
        for candidate in (start, *start.parents):
            if any((candidate / name).exists() for name in _MARKS):
                return candidate
    return here


def settings_of(folder: Path) -> Settings:
    return load(folder, os.environ, trusted=is_trusted(folder))


def file_at(workspace: Workspace, at: str) -> str:
    """The file that `FILE` alone means, without a line; "" where a line is named or none is."""
    path = _inside(workspace, at) if at else ""
    return path if path and workspace.snapshot(path) is not None else ""


def place_at(workspace: Workspace, at: str) -> tuple[str, int]:
    """The file and the byte that `FILE:LINE[:COL]` means; columns count characters, from 1.

    FILE is relative to the workspace or to the current folder. Raises UsageError when the place
    is not there.
    """
    parts = at.rsplit(":", 2)
    numbers = [part for part in parts[1:] if part.isdigit()]
    if len(numbers) == 2 or (len(parts) == 2 and len(numbers) == 1):
        name, line = parts[0], int(numbers[0])
        column = int(numbers[1]) if len(numbers) == 2 else 0
    elif len(parts) == 3 and parts[2].isdigit():
        name, line, column = f"{parts[0]}:{parts[1]}", int(parts[2]), 0
    else:
        raise UsageError(f"{at!r} is not FILE:LINE or FILE:LINE:COL")
    path = _inside(workspace, name)
    document = workspace.snapshot(path)
    if document is None:
        raise UsageError(f"there is no file {name} in {workspace.root}")
    lines = document.lines
    if not 1 <= line <= len(lines):
        raise UsageError(f"{name} has {len(lines)} lines, not {line}")
    text = document.source[lines.start_of(line) : lines.end_of(line)].decode("utf-8", "replace")
    before = text[: column - 1] if column else text[: len(text) - len(text.lstrip())]
    return path, lines.start_of(line) + len(before.encode("utf-8"))


def _inside(workspace: Workspace, name: str) -> str:
    for candidate in (workspace.root / name, Path(name)):
        resolved = candidate.resolve()
        if resolved.is_file() and resolved.is_relative_to(workspace.root):
            return resolved.relative_to(workspace.root).as_posix()
    return name
