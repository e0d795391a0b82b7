"""The index against bare parsing of the same files, in one run: `python bench_index.py [DIR]`.

Without DIR the packages installed beside this interpreter are read: real code, and a lot of it.
Figures are CPU seconds of this process and their ratio to parsing alone. Edits are typed into the
functions of the files, one after another, at random; a row each for what they do: a remark above
all, a line at the end of a body, and what always takes a new evaluation, another parameter. The
same is done in two generated projects, of which one has four times as many files.
"""

from __future__ import annotations

import random
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bench_requests import generated

from backwright.facts.code import Function
from backwright.facts.extract import extract, unreadable
from backwright.index.cache import Cache
from backwright.index.discover import discover
from backwright.index.workspace import Workspace
from backwright.syntax.language import language_of
from backwright.syntax.tree import parse
from backwright.text.snapshot import Snapshot

REMARKS = 60
BODIES = 30
"""A part of them takes an evaluation, and so does taking them back."""

EVALUATIONS = 5


def main(root: Path) -> None:
    """Prints the tables for the files below `root`, and for generated projects."""
    sources = _sources(root)
    lines = sum(source.count(b"\n") for source in sources.values())
    print(f"{root}: {len(sources)} files, {lines} lines")
    bare = _cpu(lambda: [parse(it, _language(path)) for path, it in sources.items()])
    facts = _cpu(lambda: [extract(path, it) for path, it in sources.items()])
    with tempfile.TemporaryDirectory() as scratch:
        cache = Cache(Path(scratch) / "facts.sqlite")
        workspace = Workspace(root, cache)
        cold = _cpu(workspace.refresh)
        warm = _cpu(Workspace(root, cache).refresh)
    for name, seconds in (
        ("bare parsing", bare),
        ("parsing and facts", facts),
        ("cold index, routes known", cold),
        ("warm start", warm),
    ):
        per_thousand = seconds / len(sources) * 1e6
        print(
            f"{name:<26}{seconds:8.3f} s {seconds / bare:8.2f} x {per_thousand:8.1f} ms/1000 files"
        )
    print(f"{'memory':<26}{_resident():8.0f} MB")
    edits(workspace)
    for routers in (100, 400):
        with tempfile.TemporaryDirectory() as scratch:
            small = Workspace(generated(Path(scratch), routers))
            small.refresh()
            print(f"generated: {len(small.paths())} files, {len(small.backend.routes)} routes")
            edits(small)


def edits(workspace: Workspace) -> None:
    """Prints how long each kind of edit takes until the backend is fresh."""
    for name, edit, count in (
        ("a remark", _remark, REMARKS),
        ("a line in a body", _line, BODIES),
        ("another parameter", _parameter, EVALUATIONS),
    ):
        taken = sorted(_typed(workspace, edit, count))
        middle, last = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
        print(
            f"{name:<26}p50 {middle * 1000:8.1f} ms   p99 {last * 1000:8.1f} ms   of {len(taken)}"
        )


def _typed(
    workspace: Workspace, edit: Callable[[bytes, Function], bytes], count: int
) -> list[float]:
    chance = random.Random(7)
    files = [it for it in workspace.paths() if it.endswith(".py")]
    taken = []
    while len(taken) < count:
        path = chance.choice(files)
        source = (workspace.root / path).read_bytes()
        known = workspace.facts(path)
        functions = [it for it in known.functions if it.name] if known is not None else []
        if not functions:
            continue
        taken.append(_cpu(partial(_put, workspace, path, edit(source, chance.choice(functions)))))
        _put(workspace, path, source)  # what was typed is taken back, and not counted
    return taken


def _put(workspace: Workspace, path: str, text: bytes) -> None:
    workspace.put_buffer(Snapshot(path, text, 1))
    workspace.publish()


def _remark(source: bytes, _: Function) -> bytes:
    return b"# a remark\n" + source


def _line(source: bytes, function: Function) -> bytes:
    begin = source.rfind(b"\n", 0, function.body) + 1
    indent = source[begin : function.body]
    if indent.strip():
        return b"# a remark\n" + source
    return source[: function.end] + b"\n" + indent + b"extra = 12" + source[function.end :]


def _parameter(source: bytes, function: Function) -> bytes:
    at = source.find(b"(", source.find(function.name.encode(), function.start)) + 1
    return source[:at] + b"extra=1, " + source[at:]


def _resident() -> float:
    """Megabytes of memory in use, 0 where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text("utf-8")
    except OSError:
        return 0
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _sources(root: Path) -> dict[str, bytes]:
    found = {}
    for file in discover(root, lambda *_: None):
        if language_of(file.path) is not None:
            source = (root / file.path).read_bytes()
            if unreadable(file.path, source) is None:
                found[file.path] = source
    return found


def _language(path: str) -> str:
    language = language_of(path)
    return language.name if language is not None else ""


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(sysconfig.get_path("purelib")))
