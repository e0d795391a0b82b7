"""What a project's settings say of its jobs: which queue they go to, when they are run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.code import Expr, FileFacts, Step
from backwright.index.calls import Calls, Where, last_name
from backwright.index.jobs import schedules
from backwright.index.jobs.book import Book
from backwright.index.jobs.libraries import Library
from backwright.index.jobs.policy import Policy, queue_name
from backwright.index.scopes import Scopes
from backwright.index.values import Map, Seq, Str, Unknown, Value


@dataclass(frozen=True, slots=True)
class Configuring:
    book: Book
    library: Library
    scopes: Scopes

    def look(self, files: Mapping[str, FileFacts], paths: Sequence[str], calls: Calls) -> None:
        settings = self.library.settings
        names = {*settings.routes, *settings.schedules, *settings.default_queue}
        if not names:
            return
        for name, expr, where in _given(files, paths, calls, names):
            value = self.scopes.value(expr, where)
            if name in settings.routes:
                self._route(value)
            elif name in settings.schedules:
                self._schedule(value)
            elif queue := queue_name(value):
                for draft in self.book.matching(self.library, "*"):
                    draft.queue = queue

    def _route(self, value: Value) -> None:
        """`{"app.tasks.*": {"queue": "slow"}}`; it may be one of several in a list."""
        if isinstance(value, Seq):
            for item in value.items:
                self._route(item)
        if not isinstance(value, Map):
            return
        for pattern, target in value.items.items():
            if isinstance(target, Map):
                target = target.items.get("queue", Unknown())
            if queue := queue_name(target):
                for draft in self.book.matching(self.library, pattern):
                    draft.policies.append(Policy(queue=queue))

    def _schedule(self, value: Value) -> None:
        """`{"nightly": {"task": "app.tasks.clean", "schedule": crontab(hour=3)}}`."""
        for entry in value.items.values() if isinstance(value, Map) else ():
            if not isinstance(entry, Map):
                continue
            task = entry.items.get("task")
            if isinstance(task, Str) and task.known:
                draft = self.book.by_name(self.library, task.text)
                if draft is not None:
                    draft.schedules.append(schedules.of(entry.items.get("schedule"), self.library))


def _given(
    files: Mapping[str, FileFacts], paths: Sequence[str], calls: Calls, names: set[str]
) -> Iterator[tuple[str, Expr, Where]]:
    """Every value that is given to one of the names: assigned, or passed to `update`."""
    for path in paths:
        if files[path].language == "python":
            yield from _assigned(files[path], names)
    for at in calls.named(["update"]):
        for argument in at.call.arguments:
            if argument.name in names:
                yield argument.name, argument.value, at.where
            elif isinstance(argument.value, code.Table):
                for key, value in argument.value.entries:
                    if isinstance(key, code.Text) and key.value in names:
                        yield key.value, value, at.where


def _assigned(facts: FileFacts, names: set[str]) -> Iterator[tuple[str, Expr, Where]]:
    for where, steps in _bodies(facts):
        for step in walk.steps(steps):
            if isinstance(step, code.Assign) and step.value is not None:
                name = last_name(step.target)
                if name in names:
                    yield name, step.value, where


def _bodies(facts: FileFacts) -> Iterator[tuple[Where, list[Step]]]:
    yield Where(facts), facts.steps
    for class_ in facts.classes:
        yield Where(facts), class_.steps
    for function in facts.functions:
        yield Where(facts, (function,)), function.steps
