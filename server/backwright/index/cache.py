"""What is kept between two starts: one sqlite file a workspace, in the user's cache folder."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec
import platformdirs

import backwright
from backwright.facts.backend import Backend
from backwright.facts.code import FileFacts
from backwright.index.discover import Found
from backwright.syntax.language import grammars_folder, languages

_Row = tuple[str, int, int, bytes]


class Cache:
    """The facts of files as they were read last, by path, time of change and size; and the backend
    that all of them made, so that a start reads no facts at all where no file has changed.

    A cache that can't be opened or read is an empty one: it only ever saves time.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    @classmethod
    def of(cls, root: Path) -> Cache:
        """The cache of the workspace at `root`."""
        name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:20]
        return cls(Path(platformdirs.user_cache_dir("backwright")) / f"{name}.sqlite")

    def load(self) -> dict[str, tuple[Found, bytes]]:
        """What is kept, with the encoded facts; empty when a reader or grammar has changed."""
        try:
            with closing(self._open()) as store:
                rows: list[_Row] = store.execute(
                    "SELECT path, mtime, size, facts FROM files"
                ).fetchall()
        except (sqlite3.OperationalError, OSError):  # in use, or not to be opened
            return {}
        except sqlite3.Error:
            self._discard()
            return {}
        return {path: (Found(path, mtime, size), facts) for path, mtime, size, facts in rows}

    def store(self, rows: Iterable[tuple[Found, bytes]], gone: Iterable[str]) -> None:
        try:
            with closing(self._open()) as store, store:
                store.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in gone])
                store.executemany(
                    "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
                    [(it.path, it.mtime_ns, it.size, facts) for it, facts in rows],
                )
        except (sqlite3.Error, OSError):
            return

    def backend(self, files: Iterable[Found]) -> Backend | None:
        """The backend that was kept of exactly these files."""
        try:
            with closing(self._open()) as store:
                kept = store.execute(
                    "SELECT value FROM backend WHERE state = ?", (_state(files),)
                ).fetchone()
        except (sqlite3.Error, OSError):
            return None
        try:
            return None if kept is None else _BACKENDS.decode(kept[0])
        except msgspec.MsgspecError:
            return None

    def keep(self, files: Iterable[Found], backend: Backend) -> None:
        """Keeps the backend that the files make; any other is forgotten."""
        try:
            with closing(self._open()) as store, store:
                store.execute("DELETE FROM backend")
                row = (_state(files), _ENCODER.encode(backend))
                store.execute("INSERT INTO backend VALUES (?, ?)", row)
        except (sqlite3.Error, OSError):
            return

    def _discard(self) -> None:
        """Removes a file that is no database, so that the next start has a cache again."""
        with suppress(OSError):
            self._file.unlink()

    def _open(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        store = sqlite3.connect(self._file, timeout=5)
        store.execute("PRAGMA journal_mode=WAL")
        store.execute("CREATE TABLE IF NOT EXISTS key (value TEXT)")
        store.execute("CREATE TABLE IF NOT EXISTS backend (state BLOB, value BLOB)")
        kept = store.execute("SELECT value FROM key").fetchone()
        if kept is None or kept[0] != _key():
            with store:
                store.execute("DROP TABLE IF EXISTS files")
                store.execute("DELETE FROM key")
                store.execute("INSERT INTO key VALUES (?)", (_key(),))
        store.execute(
            "CREATE TABLE IF NOT EXISTS files"
            " (path TEXT PRIMARY KEY, mtime INTEGER, size INTEGER, facts BLOB) WITHOUT ROWID"
        )
        return store


def encode(facts: FileFacts) -> bytes:
    return _ENCODER.encode(facts)


def decode(blob: bytes) -> FileFacts | None:
    """The facts, None when they are not what this version writes."""
    try:
        return _DECODER.decode(blob)
    except msgspec.MsgspecError:
        return None


@cache
def _key() -> str:
    """Changes with the readers and the grammars, on which the facts depend."""
    digest = hashlib.sha256()
    for file in sorted((Path(backwright.__file__).parent / "facts").rglob("*.py")):
        digest.update(file.read_bytes())
    for file in sorted(grammars_folder().glob("*/*.toml")):
        digest.update(file.read_bytes())
    for wheel in sorted({"tree_sitter", *(it.wheel for it in languages().values())}):
        digest.update(version(wheel.replace("_", "-")).encode())
    return digest.hexdigest()


def _state(files: Iterable[Found]) -> bytes:
    """Changes with any of the files, and with the program that makes a backend of them."""
    digest = hashlib.blake2b(_program(), digest_size=32)
    for it in files:
        digest.update(f"{it.path}\0{it.mtime_ns}\0{it.size}\n".encode("utf-8", "surrogateescape"))
    return digest.digest()


@cache
def _program() -> bytes:
    """The state of this package and its grammars, by time and size: to read all takes too long."""
    digest = hashlib.blake2b(digest_size=32)
    package = Path(backwright.__file__).parent
    for folder in (package, grammars_folder()):
        for file in sorted(folder.rglob("*.*")):
            if file.suffix in {".py", ".toml"}:
                status = file.stat()
                digest.update(f"{file}\0{status.st_mtime_ns}\0{status.st_size}\n".encode())
    return digest.digest()


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(FileFacts)
_BACKENDS = msgspec.msgpack.Decoder(Backend)
