"""Jobs whose failure is the end of them."""

from __future__ import annotations

from backwright.facts.backend import Backend
from backwright.gaps.rule import Found, Rule


def find(backend: Backend) -> Found:
    for job in backend.jobs:
        if job.retries == 0:
            yield f"The job {job.name} is not tried again when it fails", job.place


RULE = Rule(
    id="job-without-retries",
    title="A job is not tried again when it fails",
    why="What it was to do is lost when a service it needs is away for a moment.",
    severity="note",
    recipe="background-job",
    find=find,
)
