"""Sessions in a real VS Code: suites in its extension host, and the person's way through its UI."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import sample_projects
from vscode import VSCode, VSCodeError, vscode

HERE = Path(__file__).parent
CLIENT = HERE.parents[2] / "vscode-client"
SERVER = [sys.executable, "-P", "-m", "backwright", "serve"]
SECONDS = 150


@pytest.fixture(scope="module")
def editor() -> VSCode:
    try:
        return vscode()
    except VSCodeError as fault:
        pytest.skip(f"NOT TESTED in a real VS Code, as it can't be installed: {fault}")


@pytest.fixture(scope="module")
def bundled() -> Path:
    """The extension as it is developed, with its tests."""
    build = [sys.executable, CLIENT / "build.py", "--bundle"]
    done = subprocess.run(build, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return CLIENT


def test_the_extension_host(editor: VSCode, bundled: Path, tmp_path: Path) -> None:
    project = sample_projects.prepared("fastapi_makerspace", tmp_path)
    said = in_host(editor, tmp_path, suite="main", project=project)
    assert "FAIL" not in said


def in_host(editor: VSCode, tmp_path: Path, *, suite: str, project: Path, **more: Any) -> str:
    """What a suite says; fails with it when the suite does."""
    run = tmp_path / "run"
    run.mkdir()
    words = {
        "run": str(run),
        "project": str(project.resolve()),
        "extension": str(CLIENT / "build"),
        "tests": str(CLIENT / "dist/test.js"),
        "machine": {"backwright.server.command": SERVER, "backwright.verify.runTests": "always"},
        "trust": False,
        "seconds": SECONDS,
        **more,
    }
    session = subprocess.run(
        [editor.node, HERE / "host.mjs", json.dumps(words)],
        env={**environment(editor), "BACKWRIGHT_SUITE": suite},
        capture_output=True,
        text=True,
        timeout=SECONDS + 60,
        check=False,
    )
    print(session.stdout)
    assert session.returncode == 0, f"{session.stdout}\n{session.stderr}"
    return session.stdout


def environment(editor: VSCode) -> dict[str, str]:
    """Without this machine's settings for a model."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BACKWRIGHT_", "OPENAI_", "PYTEST_"))
    }
    return {
        **kept,
        "BACKWRIGHT_CODE_SERVER": str(editor.entry),
        "BACKWRIGHT_NODE": str(editor.node),
        "BACKWRIGHT_CHROMIUM": editor.chromium,
        "BACKWRIGHT_PLAYWRIGHT": str(editor.modules / "playwright-core"),
    }
