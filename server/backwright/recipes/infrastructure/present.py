"""Files of infrastructure that a project may have already, and what then becomes of new ones."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from backwright.edits.units import Unit
from backwright.recipes.outcome import Situation


def first_present(situation: Situation, folder: str, names: Iterable[str]) -> str:
    """The path of the first of `names` in `folder` that is there and not empty, else ""."""
    paths = (posixpath.join(folder, name) for name in names)
    return next((it for it in paths if situation.source(it).strip()), "")


def written(situation: Situation, path: str, text: str) -> Unit:
    """The unit that gives `path` the text, whatever stood there: who asks for that has said so."""
    old = situation.source(path)
    if not old.strip():
        return Unit(path, "create", text=text)
    return Unit(path, "edit", text=text, search=old)


def listed(situation: Situation, path: str, lines: Iterable[str]) -> list[Unit]:
    """The units that put lines into a file of lines, such as `.dockerignore`, if they lack."""
    lines = list(lines)
    old = situation.source(path)
    if not old.strip():
        return [Unit(path, "create", text="".join(f"{it}\n" for it in lines))]
    known = {it.strip().rstrip("/") for it in old.splitlines()}
    lacking = [it for it in lines if it.rstrip("/") not in known and not it.startswith("#")]
    return [Unit(path, "append", text="".join(f"{it}\n" for it in lacking))] if lacking else []
