"""Writes a change to files, wholly or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def write(
    root: Path, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]
) -> None:
    """Gives every document in `after` its bytes (None: it is deleted).

    Each file is replaced in one step. When one can't be written, those already written get back
    what `before` holds and the OSError is raised.
    """
    done: list[str] = []
    try:
        for path, source in after.items():
            done.append(path)
            _put(root / path, source)
    except OSError:
        for path in done:
            with suppress(OSError):
                _put(root / path, before.get(path))
        raise


def _put(file: Path, source: bytes | None) -> None:
    if source is None:
        file.unlink(missing_ok=True)
        return
    file = file.resolve()  # a link stays one, and what it leads to is written
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(source)
        mode = file.stat().st_mode if file.exists() else 0o644
        Path(temporary).chmod(mode & 0o777)
        Path(temporary).replace(file)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
