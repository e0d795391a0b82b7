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


def session(program: Path, tmp_path: Path, init: str, spec: str) -> None:
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
        "BACKWRIGHT_PLUGIN": str(HERE.parents[2] / "nvim-client"),
        "BACKWRIGHT_CHECKS": str(HERE / "checks.lua"),
    }
    ended = subprocess.run(
        [program, "--headless", "-u", HERE / init, "-c", f"luafile {HERE / spec}"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, f"{ended.stdout}\n{ended.stderr}"
    assert "FAIL" not in ended.stdout
    print(ended.stdout)


def test_the_main_job_in_neovim(program: Path, tmp_path: Path) -> None:
    session(program, tmp_path, "init.lua", "spec.lua")


def test_the_plugin_in_neovim(program: Path, tmp_path: Path) -> None:
    """`:help` needs its tags: a plugin manager makes them, here Neovim itself does."""
    subprocess.run(
        [
            program,
            "--headless",
            "-u",
            "NONE",
            "-c",
            f"helptags {HERE.parents[2] / 'nvim-client/doc'}",
            "-c",
            "qa!",
        ],
        timeout=60,
        check=True,
    )
    session(program, tmp_path, "plugin_init.lua", "plugin_spec.lua")
