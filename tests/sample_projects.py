"""The bundled sample projects for tests: a copy to work on, and its own tests run there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import backwright
from node import command, link_node_modules

SAMPLES = Path(backwright.__file__).resolve().parent / "samples"
_TIMEOUT = 180  # seconds; password hashes and a cold Node make the first run slow


def names() -> list[str]:
    """The samples' folder names, sorted."""
    return sorted(path.name for path in SAMPLES.iterdir() if (path / "README.md").is_file())


def prepared(name: str, tmp_path: Path) -> Path:
    """A copy of the sample in `tmp_path` whose tests can be run; returns its folder."""
    project = tmp_path / name
    leftovers = shutil.ignore_patterns("node_modules", "__pycache__", "*.db", ".*_cache")
    shutil.copytree(SAMPLES / name, project, ignore=leftovers)
    if _is_node(project):
        link_node_modules(project)
    return project


def run_tests(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the project's own tests, or those that `arguments` select; never raises for failures."""
    return subprocess.run(
        [*_runner(project), *arguments],
        cwd=project,
        env=_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_TIMEOUT,
        check=False,
    )


def _runner(project: Path) -> list[str]:
    if _is_node(project):
        # The runner itself, as npx takes longer to find it than the tests to run.
        if '"jest"' in (project / "package.json").read_text("utf-8"):
            return [command("node"), str(project / "node_modules/jest/bin/jest.js")]
        return [command("node"), str(project / "node_modules/vitest/vitest.mjs"), "run"]
    return [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]


def _is_node(project: Path) -> bool:
    return (project / "package.json").is_file()


def _environment() -> dict[str, str]:
    """This process's environment without what its own pytest says to itself in it."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
