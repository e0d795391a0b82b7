"""Puts results into the words and the shape that fronts show."""

from __future__ import annotations

import re
from collections.abc import Iterable

from backwright.edits.change import CreateFile, DeleteFile, FileChange
from backwright.edits.diff import unified_diff
from backwright.engine.attempt import Checked, failures
from backwright.engine.job import Job
from backwright.engine.result import ChangeKind, FileEntry, Report, Result, Status, Tokens
from backwright.engine.steps import Work
from backwright.model.provider import Usage
from backwright.recipes.outcome import Draft, Steps
from backwright.recipes.recipe import Recipe
from backwright.verify.contract import contract_of
from backwright.verify.review import Check
from backwright.verify.trial import NAME as TESTS

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


def combined(job: Job, provider: str, work: Work, steps: Steps, tried: Check | None) -> Result:
    """The result of a request that was served in parts: what they made together, and which parts
    are left. `tried` tells how the tests went."""
    change, done = work.change, [it for it in work.results if not it.exit_status]
    reports = [it.report for it in done]
    left = [it for it in work.entries if it.status in {"refused", "failed", "skipped"}]
    unserved = [*steps.unserved, *_unserved(work, steps)]
    unserved += [f"{it.title} ({it.summary})" for it in left]
    kept = {it.path for it in change.files}
    before = {path: source for path, source in work.before.items() if path in kept}
    after = {path: source for path, source in work.after.items() if path in kept}
    worst = max((it.exit_status for it in work.results), default=0)
    report = Report(
        status="planned" if done else ("refused" if worst == 4 else "failed"),
        recipe=job.recipe.id,
        provider=provider,
        summary=_told(job, work, unserved),
        files=[FileEntry(it.path, _kind_of(it)) for it in change.files],
        diff=unified_diff(before, after),
        unserved=unserved,
        next_steps=_once(it for report in reports for it in report.next_steps),
        review=_once(it for report in reports for it in report.review),
        checks=[*_joined(reports), *([tried] if tried is not None else [])],
        contract=contract_of(work.origin.backend, work.copy.backend),
        steps=work.entries,
        usage=_total(it.report.usage for it in work.results),
    )
    return Result(report, change, before, after, 0 if done else (worst or 1))


def _unserved(work: Work, steps: Steps) -> list[str]:
    """What steps have left of the request, without what another one sees to."""
    covers = {it.recipe: it.covers for it in steps.steps if it.covers}

    def is_left(recipe: str, clause: str) -> bool:
        others = (pattern for name, pattern in covers.items() if name != recipe)
        return not any(re.search(it, clause, re.IGNORECASE) for it in others)

    reports = [it.report for it in work.results if not it.exit_status]
    return _once(it for report in reports for it in report.unserved if is_left(report.recipe, it))


def _told(job: Job, work: Work, unserved: list[str]) -> str:
    first = f"Not done: {'; '.join(unserved)}. " if unserved else ""
    made = [it.title for it in work.entries if it.status == "planned"]
    return f"{first}{job.recipe.title}: {', '.join(made) or 'nothing is left to do'}"


def _joined(reports: list[Report]) -> list[Check]:
    """The checks of all parts: each name once, with the worst that it came to and all that was
    said of that."""
    order = ("failed", "skipped", "passed")
    found: dict[str, list[Check]] = {}
    for check in (it for report in reports for it in report.checks if it.name != TESTS):
        found.setdefault(check.name, []).append(check)
    joined = []
    for name, checks in found.items():
        worst = min((it.status for it in checks), key=order.index)
        said = _once(it.detail for it in checks if it.status == worst)
        joined.append(Check(name, worst, "\n".join(said)))
    return joined


def _once(lines: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(lines))


def _total(usages: Iterable[Tokens]) -> Tokens:
    total = Tokens()
    for it in usages:
        total = Tokens(
            total.requests + it.requests,
            total.prompt_tokens + it.prompt_tokens,
            total.completion_tokens + it.completion_tokens,
            total.estimated or it.estimated,
        )
    return total


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
