"""What holds of every reply that is read and placed."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backwright.edits.change import Change, CreateFile, EditFile, apply
from backwright.edits.units import ACTIONS, AT_SYMBOL, Action, Unit, write_reply
from backwright.syntax.language import language_of
from backwright.syntax.symbols import find, symbols
from backwright.text.snapshot import Snapshot
from backwright.verify.place import Misplaced, place
from backwright.verify.placing.indent import dedent
from backwright.verify.reply import read_reply

unhurried = settings(deadline=None)

# Replies

LINES = st.sampled_from(
    [
        "",
        "def f(x):",
        "    return x",
        "\tx = 1",
        "```",
        "```python path=a.py",
        "~~~",
        "<think>",
        "</think>",
        "<<<<<<< SEARCH",
        "=======",
        ">>>>>>> REPLACE",
        "--- a/x.py",
        "+++ b/x.py",
        "@@ -1 +1 @@",
        "# app/items.py",
        "# ... existing code ...",
        '[{"path": "x.py", "text": ""}]',
    ]
)
CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.lists(LINES | st.text(CHARACTERS, max_size=20), max_size=8).map("\n".join)
SEGMENTS = st.text(string.ascii_letters + string.digits + "_- ()", min_size=1, max_size=8)
PATHS = st.builds(
    lambda folders, name, suffix: "/".join([*(it.strip() or "x" for it in folders), name + suffix]),
    st.lists(SEGMENTS, max_size=3),
    SEGMENTS.map(lambda it: it.strip() or "x"),
    st.sampled_from([".py", ".js", ".ts", ".toml", ".md", ""]),
)


@st.composite
def units(draw: st.DrawFn) -> Unit:
    action: Action = draw(st.sampled_from(ACTIONS))
    path = draw(PATHS)
    symbol = draw(st.text(CHARACTERS, min_size=1)) if action in AT_SYMBOL else ""
    search = draw(TEXTS.filter(str.strip)) if action == "edit" else ""
    if action == "delete":
        return Unit(path, action, symbol)
    blank = action in {"create", "edit"}
    text = draw(TEXTS if blank else TEXTS.filter(str.strip))
    return Unit(path, action, symbol, text, search)


def unique(listed: Sequence[Unit]) -> bool:
    keys = [(it.path, it.action, it.symbol) for it in listed]
    created = {it.path for it in listed if it.action == "create"}
    others = {it.path for it in listed if it.action != "create"}
    return len(keys) == len(set(keys)) and not created & others


@unhurried
@given(st.lists(units(), min_size=1, max_size=4).filter(unique))
def test_units_survive_writing_and_reading(listed: list[Unit]) -> None:
    known = {it.path for it in listed if it.action != "create"}
    reading = read_reply(write_reply(listed, note="Here it is."), known)
    assert reading.problems == ()
    assert list(reading.units) == listed
    assert reading.note == "Here it is."


@unhurried
@given(TEXTS, st.sampled_from(["", "app/items.py", "x.toml"]))
def test_reading_never_fails(text: str, default: str) -> None:
    reading = read_reply(text, ["app/items.py", "x.toml"], default)
    assert reading.units or reading.problems or reading.note or not text.strip() or default


# Places

BODIES = st.sampled_from(
    ["    return 1\n", "    # why\n    x = 1\n\n    return x\n", '    """\n  odd\n    """\n']
)
GAPS = st.sampled_from(["\n\n", "\n", "\n\n\n", "\n\n# A note.\n", "\n\n\n# Apart.\n\n"])


@dataclass(frozen=True)
class Written:
    """A file made of functions `f0`, `f1` …: the text of each and what stands between."""

    parts: list[str]
    gaps: list[str]
    newline: str
    ended: bool

    @property
    def source(self) -> bytes:
        return self.joined(self.parts)

    def joined(self, parts: Sequence[str]) -> bytes:
        pieces = [gap + part for gap, part in zip(self.gaps, parts, strict=True)]
        text = "".join(pieces)
        text = text if self.ended else text.removesuffix("\n")
        return text.replace("\n", self.newline).encode()


@st.composite
def files(draw: st.DrawFn) -> Written:
    count = draw(st.integers(1, 5))
    heads = st.sampled_from(["def {}():\n", "@cached\ndef {}(a, b=2):\n", "async def {}():\n"])
    parts = [draw(heads).format(f"f{number}") + draw(BODIES) for number in range(count)]
    gaps = [draw(st.sampled_from(["", "import os\n\n\n", '"""Doc."""\n\n']))]
    gaps += [draw(GAPS) for _ in range(count - 1)]
    return Written(parts, gaps, draw(st.sampled_from(["\n", "\r\n"])), draw(st.booleans()))


def placed(source: bytes, *listed: Unit, path: str = "a.py") -> bytes | Misplaced:
    """The document after the units, by way of a change whose edits are looked at."""
    documents = {path: Snapshot.on_disk(path, source)}
    change = place(listed, documents.get)
    if isinstance(change, Misplaced):
        return change
    assert isinstance(change, Change)
    for file in change.files:
        assert isinstance(file, EditFile | CreateFile)
        if isinstance(file, EditFile):
            spans = sorted(it.span for it in file.edits)
            assert all(one.end < other.start for one, other in pairwise(spans))
    after = apply(documents, change)
    assert isinstance(after, dict)
    return after.get(path, source) or b""


@unhurried
@given(files(), st.data())
def test_replacing_touches_nothing_else(file: Written, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(file.parts) - 1))
    text = f"def f{number}(new):\n" + data.draw(BODIES)
    after = placed(file.source, Unit("a.py", "replace", f"f{number}", text))
    parts = [text if it == number else part for it, part in enumerate(file.parts)]
    assert isinstance(after, bytes)
    assert after.rstrip() == file.joined(parts).rstrip()


@unhurried
@given(files(), st.data())
def test_inserting_adds_in_one_place(file: Written, data: st.DataObject) -> None:
    name = f"f{data.draw(st.integers(0, len(file.parts) - 1))}"
    action = data.draw(st.sampled_from(["before", "after", "append"]))
    symbol = "" if action == "append" else name
    after = placed(file.source, Unit("a.py", action, symbol, "def new():\n    return 2\n"))
    assert isinstance(after, bytes)
    assert is_insertion(file.source, after)
    names = [it.name for it in symbols(after, "python") if it.kind == "function"]
    number = {"before": 0, "after": 1}.get(action, 0) + int(name[1:])
    assert names.index("new") == (len(file.parts) if action == "append" else number)


@unhurried
@given(files(), st.sampled_from(["import sys", "from os import path", "from . import x"]))
def test_imports_add_in_one_place(file: Written, statement: str) -> None:
    after = placed(file.source, Unit("a.py", "imports", text=statement))
    assert isinstance(after, bytes)
    assert is_insertion(file.source, after)
    assert placed(after, Unit("a.py", "imports", text=statement)) == after


@unhurried
@given(files(), st.data())
def test_deleting_leaves_the_others(file: Written, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(file.parts) - 1))
    after = placed(file.source, Unit("a.py", "delete", f"f{number}"))
    assert isinstance(after, bytes)
    for other, part in enumerate(file.parts):
        text = part.strip().replace("\n", file.newline).encode()
        assert (text in after) == (other != number)


@unhurried
@given(st.lists(st.integers(0, 9), min_size=1, max_size=8), st.data())
def test_what_is_left_out_comes_back(numbers: list[int], data: st.DataObject) -> None:
    """Parts of a function are left out and code is added beside what is shown.

    Where every statement is another, the result is certain; where some repeat, it is right or it
    is a problem.
    """
    steps = [f"    step_{number}(x)" for number in numbers]
    written, wanted = ["def f():"], ["def f():"]
    at, left_out = 0, data.draw(st.booleans())
    while at < len(steps):
        size = data.draw(st.integers(1, len(steps) - at))
        written += ["    # ... existing code ..."] if left_out else steps[at : at + size]
        wanted += steps[at : at + size]
        at += size
        if not left_out and data.draw(st.booleans()):
            written.append("    added(x)")
            wanted.append("    added(x)")
        left_out = not left_out
    source = "\n".join(["def f():", *steps, ""]).encode()
    after = placed(source, Unit("a.py", "replace", "f", "\n".join(written)))
    if isinstance(after, Misplaced):
        assert len(set(numbers)) < len(numbers)
    else:
        assert after.decode() == "\n".join([*wanted, ""])


@unhurried
@given(files(), st.data())
def test_line_ends_stay_as_they_are(file: Written, data: st.DataObject) -> None:
    name = f"f{data.draw(st.integers(0, len(file.parts) - 1))}"
    listed = [
        Unit("a.py", "after", name, "import sys\n\n\ndef new():\r\n\treturn sys\n"),
        Unit("a.py", "replace", name, "def other():\n    return 1"),
        Unit("a.py", "append", "", "x = 1\n"),
    ]
    after = placed(file.source, *listed)
    assert isinstance(after, bytes)
    assert after.count(b"\n") == after.count(file.newline.encode())
    assert after.endswith(file.newline.encode())


@settings(unhurried, max_examples=200)
@given(
    st.sampled_from(["a.py", "a.js", "a.ts", "a.tsx", "a.toml", "a.md", "new.py"]),
    st.lists(LINES | st.text(CHARACTERS, max_size=12), max_size=8).map("\n".join),
    st.lists(units(), min_size=1, max_size=3),
)
def test_placing_never_fails(path: str, source: str, listed: list[Unit]) -> None:
    moved = [Unit(path, it.action, it.symbol, it.text, it.search) for it in listed]
    documents = {} if path == "new.py" else {path: Snapshot.on_disk(path, source.encode())}
    change = place(moved, documents.get)
    if isinstance(change, Misplaced):
        assert all(it.endswith((".", "…")) for it in change.problems)
    else:
        assert isinstance(apply(documents, change), dict)


def is_insertion(before: bytes, after: bytes) -> bool:
    """True when `after` is `before` with bytes added in one place; a last line end may be given."""
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] == after[shared]:
        shared += 1
    rest = before[shared:]
    return len(after) > len(before) and (after.endswith(rest) or after.rstrip().endswith(rest))


APPS = Path(__file__).parent / "apps"
SOURCES = [
    it
    for it in sorted(APPS.rglob("*.*"))
    if language_of(it.name) and it.stat().st_size and "node_modules" not in it.parts
]


@pytest.mark.parametrize("file", SOURCES, ids=[it.relative_to(APPS).as_posix() for it in SOURCES])
def test_what_is_there_already_is_no_change(file: Path) -> None:
    """A whole file, and what some of its symbols span, are given back as they are."""
    language = language_of(file.name)
    assert language is not None
    path, source = f"x{file.suffix}", file.read_bytes().replace(b"\r\n", b"\n")
    assert placed(source, Unit(path, "rewrite", text=source.decode()), path=path) == source
    listed = symbols(source, language.name)
    for symbol in {*listed[:2], *listed[-2:]}:
        start = source.rfind(b"\n", 0, symbol.span.start) + 1
        if source[start : symbol.span.start].strip() or find(listed, symbol.name) != symbol:
            continue
        text = source[start : symbol.span.end].decode()
        for written in (text, dedent(text, language)):
            assert placed(source, Unit(path, "replace", symbol.name, written), path=path) == source


@pytest.mark.parametrize("path", ["requirements.txt", "a.py", "Dockerfile"])
def test_nothing_to_do_is_no_change(path: str) -> None:
    document = Snapshot.on_disk(path, b"x = 1\r\n")
    assert place([Unit(path, "append", text="x = 1\n")], {path: document}.get) == Change()
    assert place([], {path: document}.get) == Change()


def test_problems_of_all_units_are_told() -> None:
    document = Snapshot.on_disk("a.py", b"x = 1\n")
    listed = [Unit("a.py", "replace", "y", "y = 1"), Unit("b.py", "delete", "z")]
    outcome = place(listed, {"a.py": document}.get)
    assert isinstance(outcome, Misplaced)
    assert len(outcome.problems) == 2
    assert "a.py has no `y`" in str(outcome)


def test_a_change_is_made_for_the_version_it_saw() -> None:
    document = Snapshot("a.py", b"x = 1\n", 7)
    change = place([Unit("a.py", "append", text="y = 2")], {"a.py": document}.get)
    assert isinstance(change, Change)
    assert [it.version for it in change.files if isinstance(it, EditFile)] == [7]
