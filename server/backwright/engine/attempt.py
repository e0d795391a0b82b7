"""From one reply to a checked change, on a copy in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace

from backwright.edits.change import Change, Stale, apply
from backwright.engine.job import Job
from backwright.index.workspace import Workspace
from backwright.settings import Settings
from backwright.text.snapshot import Snapshot
from backwright.verify.checks import run_checks
from backwright.verify.needs import with_needs
from backwright.verify.place import Misplaced, place
from backwright.verify.reply import read_reply
from backwright.verify.review import Check, Review, review_of
from backwright.verify.trial import trial


@dataclass(frozen=True, slots=True)
class Checked:
    """A change with its checks; `steps` are commands that install what it newly needs."""

    change: Change
    review: Review
    checks: tuple[Check, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unusable:
    """What is wrong with a reply, in words that a model can act on."""

    problems: tuple[str, ...]


Attempt = Checked | Unusable


async def attempt(workspace: Workspace, settings: Settings, job: Job, reply: str) -> Attempt:
    """What a reply comes to. Nothing is written; tests run only where `settings` allow it."""
    reading = read_reply(reply, workspace.paths(), job.target.file)
    if reading.problems or not reading.units:
        return Unusable(tuple(reading.problems) or ("the reply holds no code block",))
    placed = place(reading.units, workspace.snapshot)
    if isinstance(placed, Misplaced):
        return Unusable(placed.problems)
    review = _review(workspace, job, placed)
    if isinstance(review, Stale):
        return Unusable((str(review),))
    needs = with_needs(placed, review, workspace.snapshot)
    if needs.packages:
        completed = _review(workspace, job, needs.change)
        if isinstance(completed, Stale):
            return Unusable((str(completed),))
        known = frozenset(it.name for it in needs.packages)
        review = replace(completed, known_packages=known)
    checks = run_checks(review)
    if not failures(checks):
        tried = await trial(
            workspace.root,
            review,
            settings.verify.run_tests,
            trusted=settings.trusted,
            consent=job.ask.may_run_tests,
        )
        checks += [tried] if tried is not None else []
    return Checked(needs.change, review, tuple(checks), needs.steps)


def failures(checks: list[Check] | tuple[Check, ...]) -> list[str]:
    return [f"{it.name}: {it.detail}" for it in checks if it.status == "failed"]


def _review(workspace: Workspace, job: Job, change: Change) -> Review | Stale:
    documents: dict[str, Snapshot] = {}
    for file in change.files:
        if (found := workspace.snapshot(file.path)) is not None:
            documents[file.path] = found
    after = apply(documents, change)
    if isinstance(after, Stale):
        return after
    gains, cures = job.recipe.missing or "", job.recipe.cures or ""
    target = job.target.route
    return review_of(workspace, after, job.stack, target=target, gains=gains, cures=cures)
