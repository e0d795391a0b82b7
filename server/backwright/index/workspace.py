"""The workspace: its files as they are on disk and in open buffers, and what is known of them.

The only mutable part of the index. It has one writer; readers get `Backend`s, which never change.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Mapping
from pathlib import Path

from backwright.facts.backend import Backend
from backwright.facts.code import FileFacts
from backwright.facts.extract import extract, unreadable
from backwright.index.cache import Cache, decode, encode
from backwright.index.configs import MAX_CONFIG_BYTES, Configs, is_config
from backwright.index.definitions import Definitions
from backwright.index.discover import Found, discover, is_read, is_source
from backwright.index.incremental.kept import Kept
from backwright.index.modules import Modules
from backwright.syntax.language import may_be_script
from backwright.text.snapshot import Snapshot

_log = logging.getLogger(__name__)


class Workspace:
    """One folder that is open. `refresh` reads what has changed and publishes a new `backend`."""

    def __init__(
        self, root: Path, cache: Cache | None = None, reading: Callable[[str], None] | None = None
    ) -> None:
        """`reading` is told the path of each file that is about to be parsed, and "" when none is
        any more and what was read is put together.
        """
        self.root = root.resolve()
        self.backend = Backend()
        self._cache = cache
        self._found: dict[str, Found] = {}
        self._facts: dict[str, FileFacts] = {}
        self._texts: dict[str, str] = {}
        self._buffers: dict[str, Snapshot] = {}
        self._skipped: dict[str, str] = {}
        self._avoided: dict[str, str] = {}
        self._kept = Kept(self.root.name)
        self._asleep = False
        """What is known comes from the cache as a whole: no facts are at hand yet."""
        self._reading = reading or (lambda _: None)

    # Documents

    def snapshot(self, path: str) -> Snapshot | None:
        """The document at `path`: its open buffer, else the file; None when there is neither."""
        if buffer := self._buffers.get(path):
            return buffer
        source = self._on_disk(path)
        return Snapshot.on_disk(path, source) if source is not None else None

    def paths(self) -> list[str]:
        """Every source and configuration file that is known."""
        return sorted({*self._found, *self._buffers})

    def put_buffer(self, buffer: Snapshot) -> None:
        """A document is open or has changed in the editor: its text overrides the disk's."""
        if self._asleep and self._on_disk(buffer.path) == buffer.source:
            self._buffers[buffer.path] = buffer
            return
        self._wake()
        self._buffers[buffer.path] = buffer
        self._learn(buffer.path, buffer.source)

    def drop_buffer(self, path: str) -> None:
        """A document was closed: the disk holds again."""
        if self._buffers.pop(path, None) is not None and not self._asleep:
            self._found.pop(path, None)
            self._forget(path)

    def fork(self) -> Workspace:
        """A workspace of its own that knows what this one knows: buffers that are put into it
        leave this one as it is."""
        twin = copy.copy(self)
        for name, value in vars(self).items():
            if isinstance(value, dict):
                setattr(twin, name, dict(value))
        return twin

    def avoid(self, path: str, reason: str) -> None:
        """The file is not read from now on, in whatever state it is."""
        self._avoided[path] = reason

    def facts(self, path: str) -> FileFacts | None:
        """The facts of a source file; None for one that is not read."""
        self._wake()
        return self._facts.get(path)

    def definitions(self, after: Mapping[str, bytes | None] | None = None) -> Definitions:
        """A finder of what names stand for, over the files as they are or as they would be."""
        facts, texts = self._with(after or {})
        return Definitions(facts.get, Modules(frozenset(facts), Configs(texts), self.root.name))

    # Knowledge

    def refresh(self) -> Backend:
        """Reads every file that is new or has changed and forgets those that are gone."""
        skipped: dict[str, str] = {}
        present = {it.path: it for it in discover(self.root, skipped.__setitem__)}
        if self._asleep and present == self._found:
            return self.backend
        if self._falls_asleep(present):
            return self.backend
        self._wake()
        for path in self._found.keys() - present.keys() - self._buffers.keys():
            self._forget(path)
        changed = [it for it in present.values() if self._found.get(it.path) != it]
        self._skipped = {
            **{path: why for path, why in self._skipped.items() if path in present},
            **skipped,
        }
        self._found = present
        self._read(changed)
        for buffer in self._buffers.values():
            self._learn(buffer.path, buffer.source)
        for path, why in self._skipped.items():
            _log.info("skipped %s: %s", path or "the rest", why)
        self.publish()
        if self._cache is not None and not self._buffers and not self._avoided:
            self._cache.keep(self._found.values(), self.backend)
        return self.backend

    def publish(self) -> Backend:
        """A new backend from the facts at hand."""
        if self._asleep:
            return self.backend
        self._reading("")
        self.backend = self._kept.backend(self._facts, self._texts, self._skipped)
        return self.backend

    def preview(self, after: Mapping[str, bytes | None]) -> Backend:
        """The backend as it would be once the documents in `after` had these bytes (None: gone)."""
        return self._kept.preview(*self._with(after), self._skipped)

    def _with(
        self, after: Mapping[str, bytes | None]
    ) -> tuple[dict[str, FileFacts], dict[str, str]]:
        self._wake()
        facts, texts = dict(self._facts), dict(self._texts)
        for path, source in after.items():
            facts.pop(path, None)
            texts.pop(path, None)
            if source is not None:
                _add(path, source, facts, texts)
        return facts, texts

    def _falls_asleep(self, present: dict[str, Found]) -> bool:
        """Whether the cache holds what these files make, at the start."""
        if self._cache is None or self._found or self._buffers or self._avoided:
            return False
        kept = self._cache.backend(present.values())
        if kept is None:
            return False
        self._found, self.backend, self._asleep = present, kept, True
        return True

    def _wake(self) -> None:
        """Reads the facts of what is known, once they are asked for."""
        if self._asleep:
            self._asleep = False
            self._read(list(self._found.values()))
            for buffer in self._buffers.values():
                self._learn(buffer.path, buffer.source)

    def _on_disk(self, path: str) -> bytes | None:
        try:
            return (self.root / path).read_bytes()
        except (OSError, ValueError):
            return None

    def _read(self, changed: list[Found]) -> None:
        kept = self._cache.load() if self._cache is not None and not self._facts else {}
        fresh: list[tuple[Found, bytes]] = []
        for found in changed:
            known = kept.get(found.path)
            facts = decode(known[1]) if known is not None and known[0] == found else None
            if facts is not None:
                self._facts[found.path] = facts
                continue
            try:
                source = (self.root / found.path).read_bytes()
            except OSError as fault:
                self._skip(found.path, fault.strerror or "can't be read")
                continue
            self._learn(found.path, source)
            if read := self._facts.get(found.path):
                fresh.append((found, encode(read)))
        gone = kept.keys() - self._found.keys()
        if self._cache is not None and (fresh or gone):
            self._cache.store(fresh, gone)

    def _learn(self, path: str, source: bytes) -> None:
        self._forget(path)
        if not is_source(path):
            return
        if may_be_script(path) and not source.startswith(b"#!"):
            return  # a program that was compiled
        if reason := self._avoided.get(path) or _unreadable(path, source):
            self._skip(path, reason)
            return
        self._reading(path)
        _add(path, source, self._facts, self._texts)

    def _forget(self, path: str) -> None:
        self._facts.pop(path, None)
        self._texts.pop(path, None)
        self._skipped.pop(path, None)

    def _skip(self, path: str, reason: str) -> None:
        self._forget(path)
        self._skipped[path] = reason


def _unreadable(path: str, source: bytes) -> str | None:
    """Why the file is skipped; configuration may be large and is read as far as it can be."""
    if not is_config(path):
        return unreadable(path, source)
    if len(source) > MAX_CONFIG_BYTES:
        return f"larger than {MAX_CONFIG_BYTES // (1024 * 1024)} MiB"
    return None


def _add(path: str, source: bytes, facts: dict[str, FileFacts], texts: dict[str, str]) -> None:
    if is_config(path):
        texts[path] = source.decode("utf-8", "replace")
    if is_read(path) and unreadable(path, source) is None:
        found = extract(path, source)
        if found is not None:
            facts[path] = found
