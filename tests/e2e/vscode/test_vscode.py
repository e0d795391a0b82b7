"""Sessions in a real VS Code: suites in its extension host, and the person's way through its UI."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import sample_projects
from fake_endpoint import FakeEndpoint, holds
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
    machine = {"backwright.verify.runTests": "never"}
    in_window(editor, tmp_path, "person.mjs", vsix=vsix, machine=machine)
    [made] = (tmp_path / "run/data/User/globalStorage").rglob("pyvenv.cfg")
    assert ("uv = " in made.read_text("utf-8")) == (shutil.which("uv") is not None)


def test_a_model_that_takes_its_time(editor: VSCode, vsix: Path, tmp_path: Path) -> None:
    with FakeEndpoint() as endpoint:
        endpoint.script(holds("```python\ndef noted(member):\n", threading.Event()))
        machine = {
            "backwright.server.command": SERVER,
            "backwright.model.baseUrl": endpoint.base_url,
            "backwright.model.name": "fake-model",
        }
        in_window(editor, tmp_path, "model.mjs", vsix=vsix, machine=machine)
        assert endpoint.requests[-1].disconnected.wait(10), "the endpoint still works"


@pytest.mark.parametrize(
    ("name", "machine", "environment", "says", "button"),
    [
        (
            "no-python",
            {"backwright.server.python": "/no/such/python"},
            {},
            "needs Python 3.11 or newer",
            "Choose Python",
        ),
        (
            "no-network",
            {},
            {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"},
            "could not be downloaded",
            "Try Again",
        ),
    ],
)
def test_what_is_missing_is_said(
    editor: VSCode,
    vsix: Path,
    tmp_path: Path,
    name: str,
    machine: dict[str, str],
    environment: dict[str, str],
    says: str,
    button: str,
) -> None:
    message = {"says": says, "button": button, "name": name}
    in_window(editor, tmp_path, "message.mjs", environment, vsix=vsix, machine=machine, **message)


def in_window(
    editor: VSCode,
    tmp_path: Path,
    script: str,
    variables: Mapping[str, str] | None = None,
    **words: Any,
) -> str:
    """A session through the UI, with the extension as a person has it."""
    project = sample_projects.prepared("fastapi_makerspace", tmp_path)
    told = {
        "run": fresh(tmp_path),
        "project": str(project.resolve()),
        "shots": os.environ.get("BACKWRIGHT_SHOTS", ""),
        **{key: str(it) if isinstance(it, Path) else it for key, it in words.items()},
    }
    around = {**environment(editor), **(variables or {})}
    if "backwright.server.command" not in words["machine"]:
        around.pop("PYTHONPATH", None)  # the server is the one in the wheel
    return run([editor.node, HERE / script, json.dumps(told)], around)


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
