"""The index against bare parsing of the same files, in one run: `python bench_index.py [DIR]`.

Without DIR the packages installed beside this interpreter are read: real code, and a lot of it.
Figures are CPU seconds of this process and their ratio to parsing alone.
"""

from __future__ import annotations

import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from backwright.facts.extract import extract, unreadable
from backwright.index.cache import Cache
from backwright.index.discover import discover
from backwright.index.workspace import Workspace
from backwright.syntax.language import language_of
from backwright.syntax.tree import parse
from backwright.text.snapshot import Snapshot


def main(root: Path) -> None:
    """Prints the table for the files below `root`."""
    sources = _sources(root)
    lines = sum(source.count(b"\n") for source in sources.values())
    print(f"{root}: {len(sources)} files, {lines} lines")
    bare = _cpu(lambda: [parse(it, _language(path)) for path, it in sources.items()])
    facts = _cpu(lambda: [extract(path, it) for path, it in sources.items()])
    with tempfile.TemporaryDirectory() as scratch:
        cache = Cache(Path(scratch) / "facts.sqlite")
        cold = Workspace(root, cache)
        first = _cpu(cold.refresh)
        publish = _cpu(cold.publish)
        warm = _cpu(Workspace(root, cache).refresh)
    edit = _edit(cold, max(sources, key=lambda path: len(sources[path])))
    for name, seconds in (
        ("bare parsing", bare),
        ("parsing and facts", facts),
        ("cold index", first),
        ("publishing alone", publish),
        ("warm start", warm),
        ("one edit to fresh facts", edit),
    ):
        per_thousand = seconds / len(sources) * 1e6
        print(
            f"{name:<26}{seconds:8.3f} s {seconds / bare:8.2f} x {per_thousand:8.1f} ms/1000 files"
        )


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


def _edit(workspace: Workspace, path: str) -> float:
    source = (workspace.root / path).read_bytes() + b"\n"

    def once() -> None:
        workspace.put_buffer(Snapshot(path, source, 1))
        workspace.publish()

    return _cpu(once)


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(sysconfig.get_path("purelib")))
