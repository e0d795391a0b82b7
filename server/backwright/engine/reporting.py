"""Puts results into the words and the shape that fronts show."""

from __future__ import annotations

from backwright.edits.change import CreateFile, DeleteFile, FileChange
from backwright.edits.diff import unified_diff
from backwright.engine.attempt import Checked, failures
from backwright.engine.job import Job
from backwright.engine.result import ChangeKind, FileEntry, Report, Result, Status, Tokens
from backwright.model.provider import Usage
from backwright.recipes.outcome import Draft
from backwright.recipes.recipe import Recipe
from backwright.verify.contract import contract_of

_NONE = Usage()


def ended(
    recipe: Recipe,
    provider: str,
    status: Status,
    summary: str,
    *,
    exit_status: int = 0,
    usage: Usage = _NONE,
) -> Result:
    """A result without a change."""
    report = Report(
        status=status,
        recipe=recipe.id,
        provider=provider,
        summary=summary,
        usage=Tokens.of(usage),
    )
    return Result(report, exit_status=exit_status)


def refused(recipe: Recipe, provider: str, reason: str) -> Result:
    return ended(recipe, provider, "refused", reason, exit_status=4)


def finished(job: Job, provider: str, checked: Checked, usage: Usage) -> Result:
    """The result of a change that was placed; one that fails a check keeps no change."""
    review = checked.review
    draft = job.outcome if isinstance(job.outcome, Draft) and not usage.requests else None
    failed = failures(checked.checks)
    report = Report(
        status="failed" if failed else "planned",
        recipe=job.recipe.id,
        provider=provider,
        summary=_summary(job, provider, draft, failed),
        files=[] if failed else [FileEntry(it.path, _kind_of(it)) for it in checked.change.files],
        diff=unified_diff(review.before, review.after),
        unserved=list(draft.unserved) if draft else [],
        next_steps=[*checked.steps, *(draft.next_steps if draft else ())],
        review=list(draft.review) if draft else _to_review(job.recipe),
        checks=list(checked.checks),
        contract=contract_of(review.was, review.now),
        usage=Tokens.of(usage),
    )
    if failed:
        return Result(report, exit_status=1)
    return Result(report, checked.change, dict(review.before), dict(review.after))


def _summary(job: Job, provider: str, draft: Draft | None, failed: list[str]) -> str:
    if failed:
        return f"Nothing was changed: {'; '.join(failed)}"
    if draft is None:
        return f"{job.recipe.title}: {job.target.title}, written by {provider}"
    unserved = f"Not done: {'; '.join(draft.unserved)}. " if draft.unserved else ""
    return f"{unserved}{draft.summary} (built-in template, no model)"


def _to_review(recipe: Recipe) -> list[str]:
    return ["read the change: it touches security and a model wrote it"] if recipe.security else []


def _kind_of(file: FileChange) -> ChangeKind:
    if isinstance(file, CreateFile):
        return "create"
    return "delete" if isinstance(file, DeleteFile) else "edit"
