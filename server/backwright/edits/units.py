"""What a reply is made of: whole pieces of code, each addressed by a path and a symbol.

The canonical text of units is what templates render and what a model is asked to write:

    ```python path=app/items.py replace=read_item
    @router.get("/{item_id}")
    def read_item(item_id: int): ...
    ```
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, get_args

Action = Literal[
    "create", "rewrite", "replace", "before", "after", "append", "imports", "delete", "edit"
]
"""What becomes of the unit's text.

- `create`: a new file.
- `rewrite`: the whole file as it shall be, nothing left out.
- `replace`, `before`, `after`: it takes the place of the symbol or stands beside it.
- `append`: it stands at the end of the file.
- `imports`: import statements, merged into those of the file.
- `delete`: the symbol goes; there is no text.
- `edit`: it takes the place of the lines in `search`.
"""

ACTIONS: tuple[Action, ...] = get_args(Action)
AT_SYMBOL = frozenset[Action]({"replace", "before", "after", "delete"})
"""The actions that need a symbol."""

_WORDS = {"py": "python", "js": "javascript", "ts": "typescript", "yml": "yaml", "md": "markdown"}
_BARE = re.compile(r"[\w./@#$*~+\-\[\]]+")
_MARKER = re.compile(r"^(<{5,}|={5,}|>{5,})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of a reply.

    `text` and `search` have LF line ends and are empty or end with one; `search` is only read
    where the action is `edit`.
    """

    path: str
    action: Action
    symbol: str = ""
    text: str = ""
    search: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", _ended(self.text))
        object.__setattr__(self, "search", _ended(self.search))

    def __str__(self) -> str:
        """How a person calls it: `replace read_item in app/items.py`."""
        symbol = f" {self.symbol}" if self.symbol else ""
        return f"{self.action}{symbol} in {self.path}"


def write_reply(units: Iterable[Unit], note: str = "") -> str:
    """The canonical text of `units`: one fenced block each, after `note`, which is plain prose."""
    blocks = [_block(unit) for unit in units]
    return "\n".join([f"{note.strip()}\n", *blocks] if note.strip() else blocks)


def _block(unit: Unit) -> str:
    info = f"{_word(unit.path)} path={_value(unit.path)} {unit.action}"
    if unit.action in AT_SYMBOL:
        info += f"={_value(unit.symbol)}"
    body = _search_block(unit) if unit.action == "edit" else unit.text
    fence = _longer_than("~" if "`" in info else "`", body)
    return f"{fence}{info}\n{body}{fence}\n"


def _search_block(unit: Unit) -> str:
    """Search and replacement between markers that are longer than any that stand inside."""
    inside = [len(it) for it in _MARKER.findall(unit.search + unit.text)]
    width = max([6, *inside]) + 1
    return f"{'<' * width} SEARCH\n{unit.search}{'=' * width}\n{unit.text}{'>' * width} REPLACE\n"


def _longer_than(mark: str, body: str) -> str:
    runs = re.findall(f"{re.escape(mark)}+", body)
    return mark * max(3, *(len(run) + 1 for run in runs), 3)


def _word(path: str) -> str:
    name = PurePosixPath(path).name
    suffix = PurePosixPath(path).suffix.lstrip(".")
    word = _WORDS.get(suffix, suffix or name.lower())
    return word if re.fullmatch(r"[A-Za-z0-9_+#-]+", word) else "text"


def _value(value: str) -> str:
    """The value as it stands in an info string; a JSON string where it can't stand bare."""
    return value if _BARE.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _ended(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if not text or text.endswith("\n") else text + "\n"
