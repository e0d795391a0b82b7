"""After any edits a workspace knows what one that is opened then would know."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backwright.index.incremental import kept
from backwright.index.workspace import Workspace
from backwright.syntax.language import language_of
from backwright.text.snapshot import Snapshot
from projects import write

HERE = Path(__file__).parent
PROJECTS = sorted(
    folder
    for pattern in ("apps/*/*", "job_apps/*", "model_apps/*")
    for folder in HERE.glob(pattern)
    if "node_modules" not in folder.parts
    if any(language_of(str(it)) is not None for it in folder.rglob("*.*"))
)
EXAMPLES = int(os.environ.get("EDIT_EXAMPLES", "3"))
"""Runs of each project; a long run finds what a short one passes over."""

EDITS = (
    "remark",
    "blank line",
    "statement",
    "call",
    "drop line",
    "repeat line",
    "other string",
    "other name",
    "swap lines",
    "delete file",
    "rename file",
    "undo",
)
_STATEMENT = re.compile(rb"^([ \t]*)(?:return|raise|const|let|await|\w+ = |\w+\()", re.MULTILINE)
_STRING = re.compile(rb"[\"'](/[\w/{}:-]*|\w+)[\"']")
_NAME = re.compile(rb"\b[A-Za-z_]\w{2,}\b")

Edit = tuple[str, int, int]


APP = """\
#- main.py
from fastapi import FastAPI
from prices import price

app = FastAPI()


@app.get("/prices/{name}")
def read(name: str) -> int:
    return price(name)
#- prices.py
def price(name: str) -> int:
    return cents(name) * 2


def cents(name: str) -> int:
    return len(name)


def unused(name: str) -> int:
    return cents(name)
"""


@pytest.mark.parametrize(
    ("path", "edit", "evaluations"),
    [
        ("main.py", ("from fastapi", "# a remark\nfrom fastapi"), 0),
        ("prices.py", ("return len(name)", "length = 100\n    return length"), 0),
        ("prices.py", ("len(name)", "len(name) if name else 0"), 0),
        ("main.py", ("/prices/", "/costs/"), 1),
        ("main.py", ("name: str", "name: int"), 1),
        ("prices.py", ("return len(name)", "from main import app\n    return app"), 1),
    ],
)
def test_what_an_edit_takes(
    path: str,
    edit: tuple[str, str],
    evaluations: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workspace = Workspace(write(tmp_path, APP))
    workspace.refresh()
    evaluated: list[int] = []
    resolve = kept.resolve

    def counted(*given: Any) -> Any:
        evaluated.append(1)
        return resolve(*given)

    monkeypatch.setattr(kept, "resolve", counted)
    text = (tmp_path / path).read_text().replace(*edit)
    workspace.put_buffer(Snapshot(path, text.encode(), 1))
    workspace.publish()
    assert len(evaluated) == evaluations


def test_what_is_taken_back_takes_no_evaluation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "".join(f"#- m{it}.py\ndef f(): ...\n" for it in range(kept.MAX_EDITED + 5)))
    workspace = Workspace(tmp_path)
    known = workspace.refresh()
    monkeypatch.setattr(kept, "resolve", None)
    for path in workspace.paths():
        source = (tmp_path / path).read_bytes()
        for text in (b"# a remark\n" + source, source):
            workspace.put_buffer(Snapshot(path, text, 1))
            workspace.publish()
    assert workspace.backend == known


@pytest.mark.parametrize("project", PROJECTS, ids=lambda it: f"{it.parent.name}-{it.name}")
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    edits=st.lists(
        st.tuples(st.sampled_from(EDITS), st.integers(0, 10**6), st.integers(0, 10**6)),
        min_size=1,
        max_size=6,
    )
)
def test_edits(project: Path, edits: list[Edit], tmp_path: Path) -> None:
    root = tmp_path / project.name
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(project, root)
    workspace = Workspace(root)
    workspace.refresh()
    first = {path: (root / path).read_bytes() for path in workspace.paths()}
    now = dict(first)
    for version, (kind, which, where) in enumerate(edits):
        path = sorted(now)[which % len(now)]
        changed = _edited(kind, now[path], first[path], where)
        if kind in {"delete file", "rename file"} and len(now) > 1:
            workspace.drop_buffer(path)
            (root / path).unlink()
            text = now.pop(path)
            if kind == "rename file":
                old = PurePosixPath(path)
                new = str(old.with_name(f"{old.stem}_{version}{old.suffix}"))
                (root / new).write_bytes(text)
                now[new] = first[new] = text
            workspace.refresh()
        else:
            now[path] = changed
            workspace.put_buffer(Snapshot(path, changed, version))
            workspace.publish()
        fresh = Workspace(root)
        for open_path, text in now.items():
            if text != first[open_path]:
                fresh.put_buffer(Snapshot(open_path, text, version))
        assert workspace.backend == fresh.refresh()


def _edited(kind: str, source: bytes, first: bytes, where: int) -> bytes:
    """The text after one edit; the same where it has nothing to edit."""
    lines = source.splitlines(keepends=True)
    at = where % (len(lines) + 1)
    inside = at % len(lines) if lines else 0
    match kind:
        case "undo":
            return first
        case "remark" | "blank line":
            return b"".join(
                [*lines[:at], _remark(source) if kind == "remark" else b"\n", *lines[at:]]
            )
        case "drop line":
            return b"".join([*lines[:inside], *lines[inside + 1 :]])
        case "repeat line":
            return b"".join([*lines[: inside + 1], *lines[inside:]])
        case "swap lines":
            return b"".join(
                [*lines[:inside], *reversed(lines[inside : inside + 2]), *lines[inside + 2 :]]
            )
        case "statement":
            return _put(source, _STATEMENT, where, lambda it: it[1] + b"extra = 12\n" + it[0])
        case "call":
            return _put(
                source, _STATEMENT, where, lambda it: it[1] + b"helper(extra.delay())\n" + it[0]
            )
        case "other string":
            return _put(source, _STRING, where, lambda it: it[0][:-1] + b"_x" + it[0][-1:])
        case "other name":
            return _put(source, _NAME, where, lambda it: it[0] + b"_x")
        case _:
            return source


def _remark(source: bytes) -> bytes:
    return b"# a remark\n" if b"def " in source or b"import " in source else b"// a remark\n"


def _put(
    source: bytes, pattern: re.Pattern[bytes], where: int, text: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    found = list(pattern.finditer(source))
    if not found:
        return source
    chosen = found[where % len(found)]
    return source[: chosen.start()] + text(chosen) + source[chosen.end() :]


def test_a_preview_of_a_new_file_leaves_what_is_kept(tmp_path: Path) -> None:
    source = "from fastapi import FastAPI\n\napp = FastAPI()\n"
    (tmp_path / "main.py").write_text(source)
    workspace = Workspace(tmp_path)
    workspace.refresh()
    workspace.preview({"other.py": b"from fastapi import APIRouter\n\nrouter = APIRouter()\n"})
    workspace.put_buffer(Snapshot("main.py", f"# moved\n{source}".encode(), 1))
    made = workspace.publish().made
    assert [(it.name, it.place.file, it.place.line) for it in made] == [("app", "main.py", 4)]
