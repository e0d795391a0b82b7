"""The path of a file: what its folders and its name say, segment by segment."""

from __future__ import annotations

import re

from backwright.index.files.vocabulary import FileRoutes, FileTable

_VERB = re.compile(r"\.(get|post|put|patch|delete|head|options|connect|trace)$", re.IGNORECASE)


def stem_of(name: str, suffixes: tuple[str, ...]) -> str | None:
    """The name of a file without its suffix; None when that is not one of `suffixes`."""
    fitting = [it for it in suffixes if name.endswith(f".{it}")]
    return name.removesuffix(f".{max(fitting, key=len)}") if fitting else None


def verb_of(stem: str) -> tuple[str, str]:
    """The name without the HTTP method at its end, and the method, "" where it has none."""
    found = _VERB.search(stem)
    return (stem[: found.start()], found[1].upper()) if found else (stem, "")


def spellings(table: FileTable, routes: FileRoutes, folders: list[str], stem: str) -> list[str]:
    """The paths of a file below the routes' folder: one for each choice that its optional segments
    leave, the longest last; none where it lies in a hidden folder."""
    segments = list(folders)
    if not routes.leaves and stem not in routes.index:
        segments.append(stem)
    if any(re.search(pattern, it) for pattern in routes.hidden for it in folders):
        return []
    found = [routes.prefix]
    for segment in segments:
        text, optional = _spelled(table, segment)
        if text:
            longer = [f"{path}/{text}" for path in found]
            found = [*found, *longer] if optional else longer
    return [path or "/" for path in dict.fromkeys(found)]


def _spelled(table: FileTable, segment: str) -> tuple[str, bool]:
    """A segment in the common form, and whether it may be left out."""
    optional = False
    for rule in table.segments:
        replaced, count = re.subn(rule.pattern, rule.path, segment)
        if count and rule.optional:
            optional = True
        segment = replaced
    return segment, optional
