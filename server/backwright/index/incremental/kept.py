"""The last evaluation of a project, and whether its result still holds after edits.

An edit is looked at in the order of what is cheap. A file whose facts differ in positions alone
moves what is known. So do other bodies of functions, as long as the evaluation has not read them,
they matter to no route, and they call nothing that the file was searched for, neither before nor
now. Whatever else changes, the project is evaluated anew: the result is the same either way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts import code, walk
from backwright.facts.backend import Backend
from backwright.facts.code import FileFacts
from backwright.index.calls import called_name
from backwright.index.configs import Configs
from backwright.index.incremental.memory import Memory
from backwright.index.incremental.moved import Placed
from backwright.index.incremental.relation import Relation, relation
from backwright.index.incremental.watched import Notes, WatchedFile, watched
from backwright.index.relevance import Relevant, callbacks_of
from backwright.index.resolve import resolve

MAX_EDITED = 20
"""When more files than that have changed, all is evaluated anew."""


@dataclass(slots=True)
class _Evaluation:
    """What a project was evaluated from, what was read of it, and what it came to."""

    files: Mapping[str, FileFacts]
    texts: Mapping[str, str]
    placed: Placed
    relevant: Relevant
    makers: tuple[str, ...]
    """The files whose made things are published: a preview may have asked about others since."""
    related: dict[str, tuple[FileFacts, Relation | None]] = field(default_factory=dict)
    restored: dict[str, FileFacts] = field(default_factory=dict)
    """Facts that were read again and say the same."""

    def holds(self, path: str, facts: FileFacts) -> bool:
        before = self.files[path]
        if facts is before or facts is self.restored.get(path):
            return True
        if facts == before:
            self.restored[path] = facts
            return True
        return False


@dataclass(slots=True)
class Kept:
    """`name` is that of the workspace's folder."""

    name: str
    memory: Memory = field(default_factory=Memory)
    _last: _Evaluation | None = None
    _watched: dict[str, WatchedFile] = field(default_factory=dict)

    def backend(
        self, files: Mapping[str, FileFacts], texts: Mapping[str, str], skipped: Mapping[str, str]
    ) -> Backend:
        """What the files make, evaluated anew only where that may be something else by now."""
        found = self._moved(files, texts) or self._evaluated(files, texts)
        return replace(found, skipped=dict(skipped))

    def preview(
        self, files: Mapping[str, FileFacts], texts: Mapping[str, str], skipped: Mapping[str, str]
    ) -> Backend:
        """What other files would make; nothing of it is kept."""
        seen = {path: self._known(path, facts) or facts for path, facts in files.items()}
        configs = Configs(dict(texts))
        return replace(
            resolve(seen, configs, self.name, self.memory).backend, skipped=dict(skipped)
        )

    def _known(self, path: str, facts: FileFacts) -> WatchedFile | None:
        known = self._watched.get(path)
        return known if known is not None and known.plain is facts else None

    def _evaluated(self, files: Mapping[str, FileFacts], texts: Mapping[str, str]) -> Backend:
        self._last = None
        self._watched = {
            path: self._known(path, facts) or watched(facts) for path, facts in files.items()
        }
        seen = dict[str, FileFacts](self._watched)
        found = resolve(seen, Configs(dict(texts)), self.name, self.memory)
        self._last = _Evaluation(
            dict(files), dict(texts), Placed(found.backend), found.relevant, self.memory.made.paths
        )
        return found.backend

    def _moved(self, files: Mapping[str, FileFacts], texts: Mapping[str, str]) -> Backend | None:
        last = self._last
        if last is None or texts != last.texts or files.keys() != last.files.keys():
            return None
        edited = [path for path, facts in files.items() if not last.holds(path, facts)]
        if len(edited) > MAX_EDITED:
            return None
        relations: dict[str, Relation] = {}
        for path in edited:
            found = self._relation(last, path, files[path])
            if found is None:
                return None
            relations[path] = found
        moved = last.placed.moved(relations)
        if moved is None or not relations:
            return moved
        return replace(moved, made=self.memory.made.of(files, last.makers))

    def _relation(self, last: _Evaluation, path: str, facts: FileFacts) -> Relation | None:
        """How the file relates to what was evaluated, None where that may have read what is new."""
        known = last.related.get(path)
        if known is None or known[0] is not facts:
            before = last.files[path]
            found = relation(before, facts)
            if found is not None and not self._holds(last, before, facts, found):
                found = None
            known = last.related[path] = (facts, found)
        return known[1]

    def _holds(
        self, last: _Evaluation, before: FileFacts, after: FileFacts, found: Relation
    ) -> bool:
        notes = self._watched[before.path].notes
        if notes.every_name and before.called != after.called:
            return False
        fresh = {*before.called} ^ {*after.called}
        for facts in (before, after):
            for number in found.bodies:
                fresh.update(_called(facts.functions[number]))
        if not fresh.isdisjoint(notes.names):
            return False
        return not found.bodies or self._bodies_hold(last, before, after, found, notes)

    def _bodies_hold(
        self,
        last: _Evaluation,
        before: FileFacts,
        after: FileFacts,
        found: Relation,
        notes: Notes,
    ) -> bool:
        starts = {before.functions[number].start for number in found.bodies}
        if not starts.isdisjoint(notes.bodies) or before.imports != after.imports:
            return False
        if _imports(before) != _imports(after):
            return False
        used = last.relevant.used
        if callbacks_of(before, used) != callbacks_of(after, used):
            return False
        return last.relevant.stays(after)


def _called(function: code.Function) -> Iterator[str]:
    return (called_name(call) for call in walk.calls(function.steps))


def _imports(facts: FileFacts) -> list[tuple[str, str, str]]:
    return [
        (step.module, step.name, step.local)
        for step in walk.every_step(facts)
        if isinstance(step, code.Import)
    ]
