"""Jobs in Ruby: what is read equals what Active Job and Sidekiq know of them when they run."""

from __future__ import annotations

import json
import re
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from backwright.cli import show
from backwright.index.workspace import Workspace
from ruby import missing

APPS = Path(__file__).parent / "job_apps"


def read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = show.jobs_json(Workspace(APPS / name).refresh())
    return sorted(found, key=lambda it: it["name"])


def dumped(name: str) -> list[dict[str, Any]]:
    if why := missing(name):
        pytest.skip(why)
    done = subprocess.run(
        ["ruby", "-W0", str(APPS / f"dump_{name}.rb"), str(APPS / name)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_active_job_is_tried_as_often_and_waits_as_long_as_is_read() -> None:
    true, found = dumped("activejob"), read("activejob")
    keys = ("name", "queue", "retries")
    assert [{key: it[key] for key in keys} for it in found] == [
        {key: it[key] for key in keys} for it in true
    ]
    for it, told in zip(true, found, strict=True):
        waits, backoff = it["waits"], told["backoff"]
        if fixed := re.fullmatch(r"fixed (\d+) s", backoff):
            pause = int(fixed[1])  # each with a jitter of 15 %
            assert waits
            assert all(pause <= wait <= pause * 1.15 + 1 for wait in waits)
        elif backoff == "exponential":
            assert all(after > before * 2 for before, after in pairwise(waits))
        else:
            assert (backoff, waits) == ("", [])


def test_sidekiq_jobs_are_those_that_it_knows() -> None:
    keys = ("name", "queue", "retries")
    assert [{key: it[key] for key in keys} for it in read("sidekiq")] == dumped("sidekiq")


def test_jobs_name_the_places_that_ask_for_them() -> None:
    found = {it["name"]: it["enqueued_at"] for it in [*read("activejob"), *read("sidekiq")]}
    assert found == {
        "LettersJob": [{"file": "app/services/sender.rb", "line": 4}],
        "PlainRetryJob": [],
        "Reports::WeeklyJob": [{"file": "app/services/sender.rb", "line": 3}],
        "TidyJob": [{"file": "app/jobs/tidy_job.rb", "line": 9}],
        "ImportJob": [],
        "Exports::PackJob": [{"file": "app/sidekiq/import_job.rb", "line": 6}],
        "Exports::SweepJob": [{"file": "app/workers/pack_job.rb", "line": 6}],
    }
