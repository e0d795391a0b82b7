"""What is documented stands in the pages that the framework makes of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import sample_projects
from backwright.edits.disk import write
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import Settings

SHOW = "import json; from app.main import app; print(json.dumps(app.openapi()['paths']))"


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


async def documented(name: str, tmp_path: Path) -> Path:
    project = sample_projects.prepared(name, tmp_path)
    workspace = Workspace(project)
    workspace.refresh()
    engine = Engine(workspace, Settings(), Offline())
    result = await engine.run(Ask("document-endpoint", scope="project"))
    assert result.report.status == "planned", result.report.summary
    assert {it.status for it in result.report.steps} <= {"planned", "done"}
    write(project, result.before, result.after)
    workspace.refresh()
    again = await engine.run(Ask("document-endpoint", scope="project"))
    assert (again.exit_status, again.report.files) == (0, [])
    return project


async def test_fastapi_shows_it_in_openapi(tmp_path: Path) -> None:
    project = await documented("fastapi_makerspace", tmp_path)
    shown = subprocess.check_output([sys.executable, "-c", SHOW], cwd=project, text=True)
    create = json.loads(shown)["/api/v1/bookings"]["post"]
    assert create["description"] == "Creates a booking."
    assert create["responses"]["404"]["description"] == "No such machine"
    assert {"201", "401", "403", "404", "409", "422"} == create["responses"].keys()


@pytest.mark.parametrize("name", sample_projects.names())
async def test_the_project_still_works(name: str, tmp_path: Path) -> None:
    project = await documented(name, tmp_path)
    done = sample_projects.run_tests(project)
    assert done.returncode == 0, done.stdout + done.stderr
