"""Sessions in a real VS Code: suites in its extension host, and the person's way through its UI."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
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
    run([sys.executable, CLIENT / "build.py", "--bundle"])
    return CLIENT


def test_the_extension_host(editor: VSCode, bundled: Path, tmp_path: Path) -> None:
    project = sample_projects.prepared("fastapi_makerspace", tmp_path)
    said = in_host(editor, tmp_path, suite="main", project=project)
    assert "FAIL" not in said


def test_what_goes_wrong(editor: VSCode, bundled: Path, tmp_path: Path) -> None:
    project = sample_projects.prepared("fastapi_makerspace", tmp_path)
    in_host(editor, tmp_path, suite="errors", project=project)


def test_a_folder_without_trust(editor: VSCode, bundled: Path, tmp_path: Path) -> None:
    project = sample_projects.prepared("fastapi_makerspace", tmp_path)
    settings = project / ".vscode/settings.json"
    settings.parent.mkdir()
    settings.write_text('{"backwright.model.baseUrl": "http://127.0.0.1:9/v1"}')
    (project / "backwright.toml").write_text('[model]\nbaseUrl = "http://127.0.0.1:9/v1"\n')
    in_host(editor, tmp_path, suite="trust", project=project, trust=True)


def test_without_a_python(editor: VSCode, bundled: Path, tmp_path: Path) -> None:
    project = sample_projects.prepared("fastapi_makerspace", tmp_path)
    missing = {"backwright.server.command": ["/no/such/backwright", "serve"]}
    in_host(editor, tmp_path, suite="missing", project=project, machine=missing)


@pytest.fixture(scope="module")
def vsix(editor: VSCode, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a person installs."""
    out = tmp_path_factory.mktemp("vsix") / "backwright.vsix"
    built = run([sys.executable, CLIENT / "build.py", "--out", out])
    assert out.is_file(), built
    return out


def test_a_person(editor: VSCode, vsix: Path, tmp_path: Path) -> None:
    """From the .vsix in a clean profile: the server's own environment is made from its wheel."""
    project = sample_projects.prepared("fastapi_makerspace", tmp_path)
    words = {
        "run": fresh(tmp_path),
        "project": str(project.resolve()),
        "vsix": str(vsix),
        "machine": {"backwright.verify.runTests": "never"},
        "shots": os.environ.get("BACKWRIGHT_SHOTS", ""),
    }
    alone = {key: it for key, it in environment(editor).items() if key != "PYTHONPATH"}
    run([editor.node, HERE / "person.mjs", json.dumps(words)], alone)


def fresh(tmp_path: Path) -> str:
    folder = tmp_path / "run"
    folder.mkdir()
    return str(folder)


def in_host(editor: VSCode, tmp_path: Path, *, suite: str, project: Path, **more: Any) -> str:
    """What a suite says; fails with it when the suite does."""
    words = {
        "run": fresh(tmp_path),
        "project": str(project.resolve()),
        "extension": str(CLIENT / "build"),
        "tests": str(CLIENT / "dist/test.js"),
        "machine": {"backwright.server.command": SERVER, "backwright.verify.runTests": "always"},
        "trust": False,
        "seconds": SECONDS,
        **more,
    }
    command = [editor.node, HERE / "host.mjs", json.dumps(words)]
    named = {"BACKWRIGHT_SUITE": suite, "BACKWRIGHT_SCRATCH": str(tmp_path)}
    return run(command, {**environment(editor), **named})


def run(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> str:
    """What the program says; fails with it when the program does."""
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=SECONDS * 2, check=False
    )
    print(done.stdout)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


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
