"""A session in a real Neovim: the main job as a person does it, down to the undo."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import sample_projects
from neovim import NeovimError, neovim

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def program() -> Path:
    try:
        return neovim()
    except NeovimError as fault:
        pytest.skip(f"NOT TESTED in a real Neovim, as it can't be installed: {fault}")


def test_the_main_job_in_neovim(program: Path, tmp_path: Path) -> None:
    project = sample_projects.prepared("fastapi_makerspace", tmp_path)
    folders = {
        f"XDG_{name}_HOME": str(tmp_path / name.lower())
        for name in ("STATE", "DATA", "CACHE", "CONFIG")
    }
    environment = {
        **os.environ,
        **folders,
        "BACKWRIGHT_PYTHON": sys.executable,
        "BACKWRIGHT_PROJECT": str(project.resolve()),
    }
    session = subprocess.run(
        [program, "--headless", "-u", HERE / "init.lua", "-c", f"luafile {HERE / 'spec.lua'}"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert session.returncode == 0, f"{session.stdout}\n{session.stderr}"
    assert "FAIL" not in session.stdout
