"""Small projects written in one string.

    #- app/main.py
    app = FastAPI()
    //- web/server.js
    const app = express()

`#- path` and `//- path` begin a file; what stands before the first is ignored.
"""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

from backwright.facts.backend import Backend
from backwright.index.workspace import Workspace

_PART = re.compile(r"^(?:#|//)- (\S+)\n", re.MULTILINE)


def parts(notation: str) -> dict[str, str]:
    """The text of each file by its path."""
    pieces = _PART.split(dedent(notation))
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def write(folder: Path, notation: str) -> Path:
    """Writes the files below `folder` and returns it."""
    for path, text in parts(notation).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    return folder


def backend(folder: Path, notation: str) -> Backend:
    """What is known of the project once it is written to `folder`."""
    return Workspace(write(folder, notation)).refresh()
