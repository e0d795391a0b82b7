"""The last result of a workspace, kept in the user's state folder so that it can be refined."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import platformdirs

from backwright.facts.backend import Route

_MAX_BYTES = 4_000_000


class Turn(msgspec.Struct, frozen=True):
    role: str
    text: str


class Last(msgspec.Struct, frozen=True, kw_only=True):
    """One finished request. `conversation` is empty when templates answered."""

    recipe: str
    file: str = ""
    offset: int = 0
    routes: list[Route] = []
    title: str = ""
    request: str = ""
    inputs: dict[str, str] = {}
    conversation: list[Turn] = []


def remember(root: Path, last: Last) -> None:
    """Keeps `last` for the workspace; when that can't be written it can only not be refined."""
    encoded = msgspec.json.encode(last)
    if len(encoded) > _MAX_BYTES:
        return
    try:
        file = _file(root)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(encoded)
        file.chmod(0o600)
    except OSError:
        return


def recall(root: Path) -> Last | None:
    try:
        return msgspec.json.decode(_file(root).read_bytes(), type=Last)
    except (OSError, msgspec.DecodeError):
        return None


def _file(root: Path) -> Path:
    name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:20]
    return Path(platformdirs.user_state_dir("backwright")) / "last" / f"{name}.json"
