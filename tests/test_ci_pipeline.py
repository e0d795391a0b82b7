"""Pipelines hold to the schemas of their forges and do what the project's own commands are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from infrastructure_projects import PROJECTS, files_of
from schemas import assert_valid

CHECKED = ["typescript", "fastapi", "flask", "uv"]
BELOW = {"typescript": "apps/api", "fastapi": "services/parcels"}


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("name", CHECKED)
@pytest.mark.parametrize("request_", ["GitHub Actions", "GitHub Actions on Node 20 and 22, mysql"])
async def test_workflows(name: str, request_: str, tmp_path: Path) -> None:
    files = await files_of(tmp_path / "project", PROJECTS[name], request_, "ci-pipeline")
    content = assert_valid(files[".github/workflows/ci.yml"], "github-workflows")
    assert content["permissions"] == {"contents": "read"}
    job = content["jobs"]["check"]
    used = [it["uses"] for it in job["steps"] if "uses" in it]
    assert all(it.partition("@")[2].lstrip("v").isdigit() for it in used), used
    assert_hosts_are(job.get("env", {}), "127.0.0.1")


@pytest.mark.parametrize("name", CHECKED)
@pytest.mark.parametrize("request_", ["GitLab CI", "GitLab CI on Python 3.12 and 3.13 with redis"])
async def test_pipelines_of_gitlab(name: str, request_: str, tmp_path: Path) -> None:
    files = await files_of(tmp_path / "project", PROJECTS[name], request_, "ci-pipeline")
    content = assert_valid(files[".gitlab-ci.yml"], "gitlab-ci")
    job = content["check"]
    known = {it["alias"] for it in job.get("services", [])}
    for host in known:
        assert any(host in str(it) for it in job["variables"].values())


@pytest.mark.parametrize("name", BELOW)
async def test_an_application_in_a_folder(name: str, tmp_path: Path) -> None:
    project = PROJECTS[name].replace("- ", "- " + BELOW[name] + "/")
    project = project.replace(f"-r {BELOW[name]}/", "-r ")
    files = await files_of(tmp_path / "project", project, "CI with GitHub Actions", "ci-pipeline")
    job = assert_valid(files[".github/workflows/ci.yml"], "github-workflows")["jobs"]["check"]
    assert job["defaults"]["run"]["working-directory"] == BELOW[name]
    cached = [it["with"] for it in job["steps"] if "cache" in it.get("with", {})]
    assert cached and all(
        it["cache-dependency-path"].startswith(f"{BELOW[name]}/") for it in cached
    )


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (".gitlab-ci.yml", "", ".github/workflows/ci.yml"),
        (".git/config", "[remote]\nurl = git@gitlab.com:a/b.git\n", ".gitlab-ci.yml"),
        (".git/config", "[remote]\nurl = git@github.com:a/b.git\n", ".github/workflows/ci.yml"),
    ],
)
async def test_the_forge_of_the_project(
    file: str, text: str, expected: str, tmp_path: Path
) -> None:
    project = f"{PROJECTS['fastapi']}#- {file}\n{text}"
    files = await files_of(tmp_path / "project", project, "a CI pipeline", "ci-pipeline")
    assert list(files) == [expected]


def assert_hosts_are(environment: dict[str, Any], host: str) -> None:
    urls = [it for it in environment.values() if "://" in it]
    assert all(host in it for it in urls), urls
