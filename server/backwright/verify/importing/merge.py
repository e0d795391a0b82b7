"""Imports that a reply needs are merged into those the file has."""

from __future__ import annotations

from collections.abc import Callable

from backwright.verify.importing.javascript import merge_javascript
from backwright.verify.importing.python import merge_python
from backwright.verify.placing.draft import Draft, Problem

Exists = Callable[[str], bool]
"""True for the path of a file that the project has, or that the reply makes."""


def merge_imports(draft: Draft, text: str, exists: Exists) -> Draft | Problem:
    """The draft with the import statements in `text`, each name once, in the file's own style."""
    if draft.language.reader == "python":
        return merge_python(draft, text, exists)
    return merge_javascript(draft, text, exists)
