"""Cases of recipes in Markdown: a project, what is asked at a place in it, and what comes of it.

They stand beside the recipes, in `cases/*.md`, for a manual to show. A heading begins a case. Its
fenced blocks, by their info strings:

- `python path=app/items.py`: a file of the project; `$0` in one of them is the cursor.
- `request`: what is asked in free words; `inputs`: answers to the recipe's questions, `key = value`
  lines.
- `model`: the reply of a model; without it the templates answer.
- `python path=app/items.py after`: that file afterwards; all others stay as they are.
- `refused`, `done`: each line is a part of the reason, and nothing is changed.
- `unserved`, `review`, `steps`, `summary`: each line is a part of what is said there. A case that
  has no `unserved` block leaves nothing of the request undone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.engine.result import Result
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.model.provider import Prompt, Provider, Reply, TextListener, Usage
from backwright.recipes import registry
from backwright.settings import ModelSettings, Settings

_FENCE = re.compile(r"^(`{3,}|~{3,})(.*)$")
_CURSOR = "$0"


@dataclass(slots=True)
class Case:
    """`said` holds the lines of the blocks that speak of the result, by the block's name."""

    name: str
    recipe: str
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    request: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    model: str = ""

    def write(self, folder: Path) -> tuple[str, int]:
        """Writes the project; returns the file and the byte at the cursor, "" and 0 for none."""
        cursor = ("", 0)
        for path, text in self.before.items():
            if _CURSOR in text:
                cursor = (path, len(text.partition(_CURSOR)[0].encode()))
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text.replace(_CURSOR, "", 1), encoding="utf-8", newline="\n")
        return cursor

    async def run(self, folder: Path) -> Result:
        file, offset = self.write(folder)
        workspace = Workspace(folder)
        workspace.refresh()
        provider: Provider = _Scripted(self.model) if self.model else Offline()
        model = ModelSettings(base_url="http://127.0.0.1:9/v1") if self.model else ModelSettings()
        engine = Engine(workspace, Settings(model=model), provider)
        return await engine.run(Ask(self.recipe, file, offset, self.request, self.inputs))


@dataclass(slots=True)
class _Scripted:
    reply: str
    name: str = "scripted"

    async def complete(self, prompt: Prompt, on_text: TextListener) -> Reply:
        on_text(self.reply)
        return Reply(self.reply, "scripted", Usage(1, 1, 1))


def cases() -> Iterator[Case]:
    """The cases of every recipe."""
    folder = Path(registry.__file__).parent
    for file in sorted(folder.glob("*/cases/*.md")):
        recipe = file.parent.parent.name.replace("_", "-")
        yield from _cases(file.read_text("utf-8"), recipe, file.stem)


def _cases(text: str, recipe: str, stem: str) -> Iterator[Case]:
    case: Case | None = None
    fence, info, content = "", "", list[str]()
    for line in text.split("\n"):
        if fence:
            if line == fence:
                assert case is not None, f"a block before the first heading of {recipe}/{stem}"
                _take(case, info.strip(), "".join(f"{it}\n" for it in content))
                fence = ""
            else:
                content.append(line)
        elif opening := _FENCE.match(line):
            fence, info, content = opening[1], opening[2], []
        elif line.startswith("# "):
            if case is not None:
                yield case
            case = Case(f"{recipe}/{stem}: {line[2:].strip()}", recipe)
    assert not fence, f"a block of {recipe}/{stem} is not closed"
    if case is not None:
        yield case


def _take(case: Case, info: str, text: str) -> None:
    path = re.search(r"\bpath=(\S+)", info)
    if path is not None:
        (case.after if info.endswith(" after") else case.before)[path[1]] = text
    elif info == "request":
        case.request = text.strip()
    elif info == "inputs":
        pairs = (line.split("=", 1) for line in text.splitlines() if line.strip())
        case.inputs = {key.strip(): value.strip() for key, value in pairs}
    elif info == "model":
        case.model = text
    else:
        assert info in {"refused", "done", "unserved", "review", "steps", "summary"}, info
        case.said[info] = [line.strip() for line in text.splitlines() if line.strip()]
