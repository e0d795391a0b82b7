"""Which requests tests in Ruby make: what is read fits what they are seen to ask for when run."""

from __future__ import annotations

import json
import subprocess
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from backwright.index.workspace import Workspace
from ruby import missing

APPS = Path(__file__).parent / "apps"


def recorded(app: Path, out: Path) -> dict[str, list[list[str]]]:
    if why := missing("rails"):
        pytest.skip(why)
    done = subprocess.run(
        ["ruby", "-W0", str(APPS / "record_minitest.rb"), str(out)],
        cwd=app,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert out.exists(), done.stderr
    found: dict[str, list[list[str]]] = json.loads(out.read_text("utf-8"))
    return found


def test_requests_of_integration_tests(tmp_path: Path) -> None:
    app = APPS / "rails" / "orchestra"
    seen = recorded(app, tmp_path / "requests.json")
    read = {
        f"test_{it.name.replace(' ', '_').removeprefix('test_')}": [
            (call.method, call.path) for call in it.calls
        ]
        for it in Workspace(app).refresh().tests
        if it.framework == "minitest"
    }
    assert {name.partition("#")[2] for name in seen} == read.keys()
    for name, requests in seen.items():
        calls = read[name.partition("#")[2]]
        assert len(requests) == len(calls)
        for (method, path), (called, pattern) in zip(requests, calls, strict=True):
            assert method == called
            assert fnmatchcase(path, pattern)
