"""A report as text for a terminal: the summary, the diff, the checks, what is left to do."""

from __future__ import annotations

from backwright.engine.result import Report

_STEPS = {"planned": "✓", "done": "✓", "skipped": "-", "refused": "✗", "failed": "✗"}
_MARKS = {"passed": "✓", "failed": "✗", "skipped": "-"}


def report_text(report: Report) -> str:
    parts = [f"{report.summary}\n"]
    if report.diff:
        parts.append(f"\n{report.diff}")
    if report.steps:
        parts.append("\nSteps\n")
        parts += [f"  {_STEPS[it.status]} {it.title}: {it.summary}\n" for it in report.steps]
    if report.checks:
        parts.append("\nChecks\n")
        for check in report.checks:
            first, *rest = check.detail.splitlines() or [""]
            parts.append(f"  {_MARKS[check.status]} {check.name}: {first}\n")
            parts += [f"      {line}\n" for line in rest]
    for title, lines in (("Next steps", report.next_steps), ("Look at this", report.review)):
        if lines:
            parts.append(f"\n{title}\n")
            parts += [f"  {line}\n" for line in lines]
    if report.usage.requests:
        about = "about " if report.usage.estimated else ""
        tokens = report.usage.prompt_tokens + report.usage.completion_tokens
        parts.append(f"\n{about}{tokens} tokens in {report.usage.requests} requests\n")
    if report.status == "planned" and report.files:
        parts.append("\nNothing is written yet; --apply writes it.\n")
    return "".join(parts)
