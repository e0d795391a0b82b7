"""Compose files hold to the specification, hold no secret, and name nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infrastructure_projects import PROJECTS, files_of
from schemas import assert_valid

REQUESTS = {
    "development": "Create a docker-compose.yml that runs this application with PostgreSQL and"
    " Redis, including volume mounts for development.",
    "from its packages": "compose file for the app",
    "others": "docker compose with mongo, rabbitmq, mysql and memcached",
}
IMAGE = "#- Dockerfile\nFROM scratch\n"


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("name", PROJECTS)
@pytest.mark.parametrize("image", ["", IMAGE], ids=["sources", "image"])
async def test_files_are_valid(name: str, request_: str, image: str, tmp_path: Path) -> None:
    project = PROJECTS[name] + image
    files = await files_of(tmp_path / "project", project, REQUESTS[request_], "compose")
    text = next(it for path, it in files.items() if "compose" in path)
    content = assert_valid(text, "compose-spec")
    services = content["services"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        for needed in service.get("depends_on", {}):
            assert "healthcheck" in services[needed]
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source == "." or source in content["volumes"]
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|_PASS$", variable) and value is not None:
                assert value.startswith("${") or value == "yes", variable
    required = set(re.findall(r"\$\{(\w+):\?", text))
    named = {it.rstrip("=\n") for it in files.get(".env.example", "").splitlines()}
    assert required == named
    assert (".env" in files.get(".gitignore", "")) == bool(required)
