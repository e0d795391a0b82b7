"""Serves a request in parts: each is a run of its own on what the ones before have made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from backwright.edits.between import change_between
from backwright.edits.change import Change
from backwright.engine.ask import Ask, Listener
from backwright.engine.result import Result, StepEntry, StepStatus
from backwright.facts.backend import Backend, Model, Route
from backwright.index.workspace import Workspace
from backwright.recipes.outcome import Step, Steps
from backwright.text.snapshot import Snapshot
from backwright.verify.contract import same_route

RunOn = Callable[[Workspace, Ask, Listener], Awaitable[Result]]
"""A whole run of one request on a workspace."""

_DRAFTED = "drafted"
"""The version of documents that are only in memory: no editor and no disk has one like it."""
_UNREACHED = 3
"""The exit status of a model that can't be reached: nor could it be for the other steps."""


@dataclass(slots=True)
class Work:
    """What has been done so far, on a copy of the workspace in memory; `before` and `after` are
    the bytes of each document that was touched."""

    origin: Workspace
    copy: Workspace
    before: dict[str, bytes | None] = field(default_factory=dict)
    after: dict[str, bytes | None] = field(default_factory=dict)
    entries: list[StepEntry] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)

    @property
    def change(self) -> Change:
        return change_between(self.origin.snapshot, self.after)

    def add(self, step: Step, result: Result) -> None:
        """Takes in what a step has come to: the next one finds it there."""
        self.results.append(result)
        summary = result.report.summary
        self.entries.append(StepEntry(step.recipe, step.title, _status(result), summary))
        if result.exit_status or not result.after:
            return
        for path, source in result.after.items():
            if path not in self.before:
                found = self.origin.snapshot(path)
                self.before[path] = found.source if found is not None else None
            self.after[path] = source
            self.copy.put_buffer(Snapshot(path, source or b"", _DRAFTED))
        self.copy.publish()

    def leave(self, step: Step, status: StepStatus, why: str) -> None:
        self.entries.append(StepEntry(step.recipe, step.title, status, why))


async def work_through(
    workspace: Workspace, ask: Ask, steps: Steps, run: RunOn, listener: Listener
) -> Work:
    """What the steps come to. Where one fails, what the ones before have made stays."""
    work = Work(workspace, workspace.fork())
    broken = ""
    for number, step in enumerate(steps.steps, 1):
        if broken:
            work.leave(step, "skipped", f"not tried: {broken} failed")
            continue
        listener.stage(f"Step {number} of {len(steps.steps)}: {step.title}")
        place = _place(step, work.copy.backend)
        if place is None:
            work.leave(step, "failed", "its place is gone")
            broken = step.title if steps.chained else ""
            continue
        inputs = {**(ask.inputs if not steps.chained else {}), **step.inputs}
        asked = Ask(step.recipe, *place, step.request, inputs, of_several=not steps.chained)
        result = await run(work.copy, asked, listener)
        work.add(step, result)
        if result.exit_status and (steps.chained or result.exit_status == _UNREACHED):
            broken = step.title
    return work


def _place(step: Step, backend: Backend) -> tuple[str, int] | None:
    """Where the subject of a step stands by now; the project has no place."""
    match step.subject:
        case None:
            return "", 0
        case Route() as route:
            found = same_route(route, backend)
            place = found.handler_place if found is not None else None
        case Model() as model:
            alike = [it for it in backend.models if it.name == model.name]
            place = next((it.place for it in alike if it.place.file == model.place.file), None)
    return (place.file, place.start) if place is not None else None


def _status(result: Result) -> StepStatus:
    report = result.report
    if report.status == "planned":
        return "planned" if report.files else "done"
    return "refused" if report.status == "refused" else "failed"
