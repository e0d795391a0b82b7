"""Generated tests hold on the code they were made from, and notice when it is broken."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from apps.truth import app_dirs
from generated_tests import without_tests, write_for_all
from mutation.run import mutants_of, report, sampled, trials
from node import link_node_modules
from sample_projects import names, prepared, run_tests

LEAST_KILLED = 0.80
SAMPLE = 16
APPS = [
    it
    for it in app_dirs()
    if (it.parent.name, it.name)
    in {
        ("fastapi", "guarded_limits"),
        ("fastapi", "nested_routers"),
        ("flask", "guarded_limits"),
        ("flask", "method_views"),
        ("express", "guarded_limits"),
    }
]


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


@pytest.mark.parametrize("app_dir", APPS, ids=lambda it: f"{it.parent.name}-{it.name}")
@pytest.mark.parametrize("tested", [True, False], ids=["beside-its-tests", "without-tests"])
def test_all_that_is_written_for_a_small_project_passes(
    app_dir: Path, tested: bool, tmp_path: Path
) -> None:
    project = tmp_path / app_dir.name
    shutil.copytree(app_dir, project, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    if not tested:
        for folder in ("test", "tests"):
            shutil.rmtree(project / folder, ignore_errors=True)
    if (project / "package.json").is_file():
        link_node_modules(project)
    if write_for_all(project):
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
