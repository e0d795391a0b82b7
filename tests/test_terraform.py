"""Terraform modules parse, name nothing that is not declared, and hold no secret."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import hcl2
import pytest

from backwright.recipes.terraform.aligned import aligned
from infrastructure_projects import PROJECTS, files_of

REQUESTS = {
    "aws": "Terraform for AWS",
    "gcp": "Terraform for Google Cloud",
    "aws with all": "Terraform on AWS with MySQL and Redis",
    "gcp with all": "Terraform for Cloud Run with Postgres and Redis",
}
_REFERENCE = re.compile(r"(?<![\w.\"])(data\.)?((?:aws|google|random)_\w+)\.(\w+)")


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("name", PROJECTS)
@pytest.mark.parametrize("request_", REQUESTS)
async def test_modules(name: str, request_: str, tmp_path: Path) -> None:
    files = await files_of(tmp_path / "project", PROJECTS[name], REQUESTS[request_], "terraform")
    texts = [text for path, text in files.items() if path.endswith(".tf")]
    assert [aligned(it) for it in texts] == texts
    blocks: dict[str, list[Any]] = {}
    for text in texts:
        for kind, found in hcl2.loads(text).items():
            if isinstance(found, list):
                blocks.setdefault(kind, []).extend(found)
    text = re.sub(r"(?m)^\s*#.*$", "", "\n".join(texts))
    variables = {key.strip('"'): it[key] for it in blocks["variable"] for key in it}
    assert set(re.findall(r"\bvar\.(\w+)", text)) == variables.keys()
    made = {("", *key) for key in _named(blocks.get("resource", []))}
    made |= {("data.", *key) for key in _named(blocks.get("data", []))}
    used = {tuple(it) for it in _REFERENCE.findall(text)}
    assert used <= made, used - made
    for variable, content in variables.items():
        if re.search(r"secret|password|_url$", variable):
            assert content["sensitive"] is True
            assert "default" not in content


def _named(blocks: list[Any]) -> list[tuple[str, str]]:
    return [
        (kind.strip('"'), name.strip('"'))
        for it in blocks
        for kind, named in it.items()
        for name in named
    ]


def test_signs_of_equality_stand_below_each_other() -> None:
    before = "a = 1\nlonger = 2\n\nb = {\n  c = 3\n}\n"
    assert aligned(before) == "a      = 1\nlonger = 2\n\nb = {\n  c = 3\n}\n"
