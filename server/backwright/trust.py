"""The folders whose owner has said that their code may be run, kept in the user's state folder."""

from __future__ import annotations

from pathlib import Path

import msgspec
import platformdirs


def is_trusted(root: Path) -> bool:
    """Whether `root` or a folder above it is trusted."""
    root = root.resolve()
    return any(root == folder or folder in root.parents for folder in _folders())


def trust(root: Path) -> None:
    """Remembers `root` as trusted. Raises OSError when that can't be written."""
    folders = sorted({str(it) for it in [*_folders(), root.resolve()]})
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(msgspec.json.encode(folders))


def _folders() -> list[Path]:
    try:
        return [Path(it) for it in msgspec.json.decode(_file().read_bytes(), type=list[str])]
    except (OSError, msgspec.DecodeError):
        return []


def _file() -> Path:
    return Path(platformdirs.user_state_dir("backwright")) / "trusted.json"
