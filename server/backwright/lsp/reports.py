"""Reports of what went wrong before or after the engine's own work."""

from __future__ import annotations

from typing import Any, Literal

Report = dict[str, Any]
"""The JSON of `backwright run --json`."""


def without_change(status: Literal["failed", "refused"], recipe: str, summary: str) -> Report:
    return {
        "status": status,
        "recipe": recipe,
        "provider": "",
        "summary": summary,
        "files": [],
        "diff": "",
        "unserved": [],
        "next_steps": [],
        "review": [],
        "checks": [],
        "contract": {},
        "usage": {},
    }


def not_applied(report: Report, reason: str) -> Report:
    """The report of a change that did not reach the editor; its diff still tells what it was."""
    summary = f"Nothing was changed: {reason}"
    return {**report, "status": "refused", "summary": summary, "files": []}
