"""What is read of tests is what they do: their requests are recorded while they run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from backwright.facts.backend import Backend
from backwright.index.testing.matching import fits
from backwright.index.workspace import Workspace
from node import link_node_modules
from sample_projects import SAMPLES, run_tests

APPS = Path(__file__).parent / "apps"
IN_PYTHON = {
    "fastapi/guarded_limits": APPS / "fastapi/guarded_limits",
    "flask/guarded_limits": APPS / "flask/guarded_limits",
    "samples/fastapi_makerspace": SAMPLES / "fastapi_makerspace",
    "samples/flask_fieldnotes": SAMPLES / "flask_fieldnotes",
}
RECALL = 0.9
"""A path that stands only in an answer, such as that of a redirect, can't be read."""


@pytest.mark.parametrize("folder", IN_PYTHON.values(), ids=IN_PYTHON.keys())
def test_in_python(folder: Path, tmp_path: Path) -> None:
    project = shutil.copytree(folder, tmp_path / "project")
    recorded = _recorded(project, tmp_path / "requests.json")
    read = _read(Workspace(folder).refresh())

    assert read.keys() >= recorded.keys()
    missed = found = 0
    for test, requests in recorded.items():
        for method, path in read[test]:
            assert _any(method, path, requests), f"{test} makes no {method} {path}"
        for method, path in requests:
            known = any(method == own and fits(path, told) for own, told in read[test])
            missed, found = missed + (not known), found + known
    assert found >= RECALL * (found + missed), f"{missed} requests missed, {found} found"


@pytest.mark.parametrize("folder", [SAMPLES / "express_carpool"], ids=["samples/express_carpool"])
def test_in_scripts(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = shutil.copytree(folder, tmp_path / "project")
    link_node_modules(project)
    file = tmp_path / "requests.txt"
    monkeypatch.setenv("RECORDED_REQUESTS", str(file))
    monkeypatch.setenv("NODE_OPTIONS", f"--require {APPS / 'record_requests.cjs'}")
    done = run_tests(project)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = file.read_text("utf-8").splitlines()
    recorded = {(method, path) for method, path in (line.split(" ", 1) for line in lines)}
    read = {
        request for requests in _read(Workspace(folder).refresh()).values() for request in requests
    }

    for method, path in read:
        assert _any(method, path, recorded), f"nothing makes {method} {path}"
    found = [it for it in recorded if any(it[0] == m and fits(it[1], p) for m, p in read)]
    assert len(found) >= RECALL * len(recorded), recorded - set(found)


def _recorded(project: Path, file: Path) -> Mapping[str, set[tuple[str, str]]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECORDED_REQUESTS", str(file))
        patch.setenv("PYTHONPATH", str(APPS))
        done = run_tests(project, "-p", "record_requests")
    assert done.returncode == 0, done.stdout + done.stderr
    return {
        test: {(method, path) for method, path in requests}
        for test, requests in json.loads(file.read_text("utf-8")).items()
    }


def _read(backend: Backend) -> Mapping[str, set[tuple[str, str]]]:
    return {
        f"{it.file}::{it.name}": {(call.method, call.path) for call in it.calls}
        for it in backend.tests
    }


def _any(method: str, told: str, requests: set[tuple[str, str]]) -> bool:
    return any(own == method and fits(path, told) for own, path in requests)
