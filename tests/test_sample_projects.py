"""The bundled samples run on what they declare, and their tests notice a break."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import node
from sample_projects import SAMPLES, names, prepared, run_tests

# sample: a file, what stands in it, and what breaks the project when it stands there instead
_BREAKS = {
    "express_carpool": ("src/controllers/rides.js", "ride.freeSeats >= seats", "false"),
    "fastapi_makerspace": ("app/routers/machines.py", "Machine.category == category", "False"),
    "flask_fieldnotes": ("fieldnotes/blueprints/auth.py", "user.to_dict(), 201", "user.to_dict()"),
}


@pytest.mark.parametrize("name", names())
def test_its_tests_pass_and_leave_nothing_behind(name: str, tmp_path: Path) -> None:
    project = prepared(name, tmp_path)
    before = _files(project)

    done = run_tests(project)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout
    assert _files(project) == before


@pytest.mark.parametrize("name", names())
def test_its_tests_notice_a_break(name: str, tmp_path: Path) -> None:
    project = prepared(name, tmp_path)
    path, whole, broken = _BREAKS[name]
    source = (project / path).read_text("utf-8")
    assert whole in source
    (project / path).write_text(source.replace(whole, broken), "utf-8")

    done = run_tests(project)

    assert done.returncode == 1
    assert "failed" in done.stdout


def test_the_node_packages_of_the_samples_are_installed_for_tests() -> None:
    shared = _packages(Path(node.__file__).with_name("package.json"))
    for manifest in SAMPLES.glob("*/package.json"):
        assert _packages(manifest).items() <= shared.items()


def _files(project: Path) -> set[Path]:
    return {path for path in project.rglob("*") if "node_modules" not in path.parts}


def _packages(manifest: Path) -> dict[str, str]:
    table = json.loads(manifest.read_text("utf-8"))
    return {**table.get("dependencies", {}), **table.get("devDependencies", {})}
