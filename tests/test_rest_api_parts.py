"""What `rest-api` makes of requests before any code is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.engine.result import Report
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.recipes.rest_api.rules import rules_in
from backwright.settings import Settings


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


async def report(folder: Path, request: str) -> Report:
    folder.mkdir()
    workspace = Workspace(folder)
    workspace.refresh()
    return (
        await Engine(workspace, Settings(), Offline()).run(Ask("rest-api", text=request))
    ).report


@pytest.mark.parametrize(
    ("request_", "rules"),
    [
        ("Tables and bookings. Bookings must not overlap.", ["Bookings must not overlap"]),
        ("Loans; a member may only borrow three books.", ["a member may only borrow three books"]),
        ("Products with a price that cannot be negative. Titles must not be empty.", []),
        ("Only JSON please, and use Express", []),
    ],
)
def test_rules_of_business_are_named(request_: str, rules: list[str]) -> None:
    assert rules_in(request_) == rules


@pytest.mark.parametrize(
    ("request_", "framework"),
    [
        ("a REST API for posts (title)", "FastAPI"),
        ("a REST API for posts (title) in TypeScript", "Express"),
        ("a REST API for posts (title), validated by Zod", "Express"),
        ("a NestJS REST API for posts (title)", "NestJS"),
        ("a REST API for posts (title) with Flask", "Flask"),
    ],
)
async def test_the_framework_is_chosen(request_: str, framework: str, tmp_path: Path) -> None:
    found = await report(tmp_path / "project", request_)
    assert f": {framework} with" in found.summary
    assert found.unserved == []


async def test_a_default_is_said(tmp_path: Path) -> None:
    found = await report(tmp_path / "project", "a REST API for posts (title)")
    assert "FastAPI is taken, as the request names no framework" in found.summary


async def test_what_the_template_does_not_use_is_said(tmp_path: Path) -> None:
    request = "an Express REST API in TypeScript for posts (title) with Prisma and MySQL"
    found = await report(tmp_path / "project", request)
    assert [it.partition(" ")[0] for it in found.unserved] == ["prisma", "mysql"]


async def test_what_is_supposed_is_said(tmp_path: Path) -> None:
    found = await report(tmp_path / "project", "a FastAPI REST API for posts and comments")
    assert "supposed, since the request does not say" in found.summary
