"""Cases of replies in Markdown: documents before, the reply, and what comes of it.

A heading begins a case. Its fenced blocks, by their info strings:

- `python path=app/items.py`: a document before; `crlf` or `unended` say that its lines end so, or
  that the last one doesn't.
- `reply`: the reply; `default=app/items.py` names the file that the request was about, and `crlf`
  says that its lines end so.
- `python path=app/items.py after`: that document afterwards; all others stay as they are.
- `problem`: what the problems say, each line a part of one of them; nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from backwright.edits.change import Change, apply
from backwright.text.snapshot import Snapshot
from backwright.verify.place import Misplaced, place
from backwright.verify.reply import read_reply

_FENCE = re.compile(r"^(`{3,}|~{3,})(.*)$")


@dataclass(slots=True)
class Case:
    name: str
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    reply: str = ""
    default: str = ""
    problems: list[str] = field(default_factory=list)

    def outcome(self) -> dict[str, bytes | None] | list[str]:
        """The documents that the reply changes, or the problems with it."""
        documents = {path: Snapshot.on_disk(path, source) for path, source in self.before.items()}
        reading = read_reply(self.reply, documents, self.default)
        if reading.problems:
            return list(reading.problems)
        change = place(reading.units, documents.get)
        if isinstance(change, Misplaced):
            return list(change.problems)
        assert isinstance(change, Change)
        applied = apply(documents, change)
        assert isinstance(applied, dict), applied
        return applied


def cases(folder: Path) -> Iterator[Case]:
    for file in sorted(folder.glob("*.md")):
        yield from _cases(file.read_text("utf-8"), file.stem)


def _cases(text: str, stem: str) -> Iterator[Case]:
    case: Case | None = None
    fence, info, content = "", "", list[str]()
    for line in text.split("\n"):
        if fence:
            if line == fence:
                assert case is not None, f"a block before the first heading of {stem}"
                _take(case, info, "".join(f"{it}\n" for it in content))
                fence = ""
            else:
                content.append(line)
        elif opening := _FENCE.match(line):
            fence, info, content = opening[1], opening[2], []
        elif line.startswith("# "):
            if case is not None:
                yield case
            case = Case(f"{stem}: {line[2:].strip()}")
    assert not fence, f"a block of {stem} is not closed"
    if case is not None:
        yield case


def _take(case: Case, info: str, text: str) -> None:
    path = re.search(r"\bpath=(\S+)", info)
    words = info.split()
    if words[0] == "reply":
        case.reply = text.replace("\n", "\r\n") if "crlf" in words else text
        default = re.search(r"\bdefault=(\S+)", info)
        case.default = default[1] if default else ""
    elif words[0] == "problem":
        case.problems += text.splitlines()
    else:
        assert path is not None, f"{case.name}: a block without a path"
        source = text.removesuffix("\n") if "unended" in words else text
        source = source.replace("\n", "\r\n") if "crlf" in words else source
        (case.after if "after" in words else case.before)[path[1]] = source.encode()
