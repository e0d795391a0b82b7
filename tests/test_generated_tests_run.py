"""Generated tests hold on the code they were made from, and notice when it is broken."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from generated_tests import without_tests, write_for_all
from mutation.run import mutants_of, report, sampled, trials
from sample_projects import names, prepared, run_tests

LEAST_KILLED = 0.80
SAMPLE = 24


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("name", names())
def test_all_that_is_written_for_a_sample_passes(name: str, tmp_path: Path) -> None:
    project = prepared(name, tmp_path)
    written = write_for_all(project)
    assert written
    done = run_tests(project)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", names())
def test_a_second_time_writes_nothing(name: str, tmp_path: Path) -> None:
    project = prepared(name, tmp_path)
    write_for_all(project)
    assert write_for_all(project) == []


@pytest.mark.parametrize("name", names())
def test_what_is_written_notices_mutants(name: str, tmp_path: Path) -> None:
    project = prepared(name, tmp_path)
    without_tests(project)
    written = write_for_all(project)
    done = run_tests(project)
    assert done.returncode == 0, done.stdout + done.stderr
    mutants = mutants_of(project, written)
    if not os.environ.get("BACKWRIGHT_ALL_MUTANTS"):
        mutants = sampled(mutants, SAMPLE)
    found = trials(project, mutants, tmp_path / "copies")
    print(f"{name}: {report(found)}")
    killed = sum(it.killed for it in found)
    shutil.rmtree(tmp_path / "copies")
    assert killed >= LEAST_KILLED * len(found), report(found)
