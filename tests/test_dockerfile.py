"""Dockerfiles are sound: a linter finds nothing, and what they say works when it is done."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from dockerfile_parse import DockerfileParser

from backwright.edits.disk import write as write_change
from containers import Stage, build
from infrastructure_projects import PROJECTS, files_of, run
from sample_projects import prepared

REQUEST = (
    "Generate a Dockerfile for this Node.js application with multi-stage builds for smaller images,"
    " non-root user, and health check endpoint."
)
# The samples refuse to start without these.
SETTINGS = {
    "express_carpool": {"CARPOOL_TOKEN_SECRET": "x" * 40},
    "fastapi_makerspace": {"MAKERSPACE_TOKEN_SECRET": "x" * 40},
    "flask_fieldnotes": {"FIELDNOTES_SECRET_KEY": "x" * 40},
}
APPS = [
    "fastapi/aliased_reexports",
    "fastapi/factory_src_settings",
    "flask/blueprint_subclass",
    "flask/factory_lazy_imports",
    "flask/method_views",
    "express/esm_barrel",
    "express/server_class",
    "express/typescript_aliases",
]
# DL3013, DL3042, DL3008: versions of pip, its cache (a mount here) and of Debian's packages.
# DL3016, DL3018: the same for npm and apk.
LET_PASS = ("DL3013", "DL3042", "DL3008", "DL3016", "DL3018")


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("name", PROJECTS)
async def test_a_linter_and_a_parser_have_nothing_to_say(name: str, tmp_path: Path) -> None:
    files = await files_of(tmp_path / "project", PROJECTS[name], REQUEST, "dockerfile")
    dockerfile = tmp_path / "Dockerfile"
    dockerfile.write_text(files["Dockerfile"])
    passed = [it for rule in LET_PASS for it in ("--ignore", rule)]
    found = subprocess.run(
        [
            str(Path(sys.executable).with_name("hadolint")),
            "--format",
            "json",
            *passed,
            str(dockerfile),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert json.loads(found.stdout) == [], found.stdout
    words = [it["instruction"] for it in DockerfileParser(str(tmp_path)).structure]
    assert words.count("FROM") >= 2
    last = words[len(words) - words[::-1].index("FROM") :]
    assert {"USER", "HEALTHCHECK", "CMD", "EXPOSE"} <= set(last)


@pytest.mark.parametrize("sample", SETTINGS)
async def test_the_image_of_a_sample_starts_and_is_well(sample: str, tmp_path: Path) -> None:
    """What the stages say is done on this machine.

    BACKWRIGHT_REAL_INSTALLS=1 installs the packages from their registries as an image would.
    """
    project = prepared(sample, tmp_path)
    result = await run(project, REQUEST)
    assert result.report.status == "planned", result.report.summary
    write_change(project, result.before, result.after)
    (project / "node_modules").unlink(missing_ok=True)
    real = "BACKWRIGHT_REAL_INSTALLS" in os.environ
    assert_is_well(build(project, tmp_path / "stages", real=real), SETTINGS[sample])


@pytest.mark.parametrize("name", APPS)
async def test_the_image_of_an_app_starts_and_is_well(name: str, tmp_path: Path) -> None:
    """Factories, a src folder, classes and TypeScript: each has another way to be started."""
    project = tmp_path / "project"
    shutil.copytree(Path(__file__).parent / "apps" / name, project)
    result = await run(project, REQUEST)
    assert result.report.status == "planned", result.report.summary
    write_change(project, result.before, result.after)
    assert_is_well(build(project, tmp_path / "stages"), {})


def assert_is_well(stage: Stage, settings: dict[str, str]) -> None:
    """Its command runs, and the health check fails before and passes then."""
    stage = stage.moved(free_port())
    environment = stage.environment(**settings)
    assert _health(stage, environment) != 0, "something else answers on the port"
    # Its own program of that name on PATH: no shell stands between.
    program = shutil.which(stage.command[0], path=environment["PATH"])
    assert program is not None
    server = subprocess.Popen(
        [program, *stage.command[1:]],
        cwd=stage.here,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        for _ in range(120):
            if _health(stage, environment) == 0 or server.poll() is not None:
                break
            time.sleep(0.25)
        assert server.poll() is None, server.stderr.read().decode() if server.stderr else ""
        assert _health(stage, environment) == 0
    finally:
        server.terminate()
        server.communicate(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _health(stage: Stage, environment: dict[str, str]) -> int:
    return subprocess.run(
        stage.health, cwd=stage.here, env=environment, capture_output=True, check=False, timeout=30
    ).returncode
