"""The least edits between two texts, and the unified diff people read."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from backwright.edits.change import Edit
from backwright.text.lines import Lines
from backwright.text.snapshot import Snapshot
from backwright.text.span import Span

_LONG = 2000


def line_edits(before: Snapshot, after: bytes) -> tuple[Edit, ...]:
    """Edits of whole lines that turn `before` into `after` and leave all other lines alone."""
    old, new = _split(before.source), _split(after)
    starts = Lines.of(before.source).starts
    offsets = [*starts[: len(old)], len(before.source)]
    edits = []
    # In a long document lines that repeat are no anchors: they would make the search quadratic.
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=len(old) > _LONG)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            continue
        span = Span(offsets[old_from], offsets[old_to])
        text = b"".join(new[new_from:new_to]).decode("utf-8", "surrogateescape")
        edits.append(Edit(span, text.replace("\r\n", "\n")))
    return tuple(edits)


def unified_diff(
    before: Mapping[str, bytes | None], after: Mapping[str, bytes | None], context: int = 3
) -> str:
    """A unified diff of every document in `after`, in the order of their paths.

    None stands for a document that is not there. Line ends are shown as LF.
    """
    parts: list[str] = []
    for path in sorted(after):
        old, new = before.get(path), after[path]
        if old == new:
            continue
        lines = difflib.unified_diff(
            _shown(old),
            _shown(new),
            "/dev/null" if old is None else f"a/{path}",
            "/dev/null" if new is None else f"b/{path}",
            n=context,
        )
        for line in lines:
            ended = line.endswith("\n")
            parts.append(line if ended else f"{line}\n\\ No newline at end of file\n")
    return "".join(parts)


def _split(source: bytes) -> list[bytes]:
    """Lines with their line ends; only LF ends a line, as in `Lines`."""
    lines = source.split(b"\n")
    ended = [line + b"\n" for line in lines[:-1]]
    return ended + ([lines[-1]] if lines[-1] else [])


def _shown(source: bytes | None) -> list[str]:
    if source is None:
        return []
    text = source.decode("utf-8", "replace").replace("\r\n", "\n")
    return [line.decode("utf-8") for line in _split(text.encode("utf-8"))]
