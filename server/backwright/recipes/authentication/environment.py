"""The variable that holds the secret for tokens, and the file that lists what has to be set."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from backwright.edits.units import Unit
from backwright.recipes.project import Project

_SECRET = re.compile(r"(?:^|_)(?:JWT|TOKEN|AUTH|ACCESS)\w*_(?:SECRET|KEY)\w*$|(?:^|_)JWT_SECRET")


def secret_name(project: Project) -> str:
    """The variable that the project reads already for such a secret, else `JWT_SECRET`."""
    found = [it for it in project.situation.stack.env if _SECRET.search(it)]
    return found[0] if found else "JWT_SECRET"


def example_of(project: Project, names: Sequence[str]) -> list[Unit]:
    """The names added to the project's list of variables, where it has one."""
    root = project.situation.stack.root.strip("/")
    for name in (".env.example", ".env.sample", ".env.template"):
        path = posixpath.join("" if root == "." else root, name)
        text = project.situation.source(path)
        if not text.strip():
            continue
        there = {it.partition("=")[0].strip() for it in text.splitlines()}
        lines = "".join(f"{it}=\n" for it in names if it not in there)
        return [Unit(path, "append", text=lines)] if lines else []
    return []
