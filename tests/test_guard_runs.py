"""Samples with endpoints that were put under a guard, run: 401 without credentials, as before with.

The tests of a sample are those of its other endpoints, too; here the guarded one is asked alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path

import pytest

from apps.truth import Entry
from backwright.edits import disk
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.engine.result import Result
from backwright.facts.backend import Route
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import Settings
from running import SAMPLE_ENTRIES, running
from sample_projects import prepared

_PERSON = {"email": "ada@example.org", "name": "Ada", "password": "a long enough secret"}
# Where a sample takes accounts and gives tokens, and endpoints that anyone may read.
SAMPLES = {
    "fastapi_makerspace": (
        "/api/v1/auth/register",
        "/api/v1/auth/token",
        ["GET /api/v1/machines", "GET /health"],
    ),
    "flask_fieldnotes": ("/api/auth/register", "/api/auth/login", ["GET /api/species"]),
    "express_carpool": ("/api/auth/register", "/api/auth/login", ["GET /api/rides", "GET /health"]),
}


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("name", SAMPLES)
async def test_a_guarded_endpoint_answers_401_without_a_token_and_as_before_with_one(
    name: str, tmp_path: Path
) -> None:
    register, sign_in, titles = SAMPLES[name]
    project = prepared(name, tmp_path)
    entry = _with_database(SAMPLE_ENTRIES[name], project)
    with running(project, entry) as port:
        before = {it: asked(port, it)[0] for it in titles}
    assert set(before.values()) == {200}
    for title in titles:
        assert (await run(project, "add-authentication", title)).change
        again = await run(project, "add-authentication", title)
        assert again.report.status == "planned"
        assert not again.change
    with running(project, entry) as port:
        token = signed_in(port, register, sign_in)
        for title in titles:
            assert asked(port, title)[0] == 401
            assert asked(port, title, token=token)[0] == before[title]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("fastapi_makerspace", "GET /api/v1/machines"),
        ("flask_fieldnotes", "GET /api/species"),
        ("express_carpool", "GET /api/rides"),
    ],
)
async def test_an_endpoint_for_admins_answers_403_to_others(
    name: str, title: str, tmp_path: Path
) -> None:
    register, sign_in, _ = SAMPLES[name]
    project = prepared(name, tmp_path)
    entry = _with_database(SAMPLE_ENTRIES[name], project)
    assert (await run(project, "require-permission", title, "only admins may call it")).change
    assert not (await run(project, "require-permission", title, "only admins may call it")).change
    with running(project, entry) as port:
        assert asked(port, title)[0] == 401
        assert asked(port, title, token=signed_in(port, register, sign_in))[0] == 403


def _with_database(entry: Entry, project: Path) -> Entry:
    """The entry with a database of its own that has its tables, where the app makes none."""
    if entry.framework != "flask":
        return entry
    database = f"sqlite:///{project.parent / 'test.db'}"
    env = {**entry.env, "FIELDNOTES_SQLALCHEMY_DATABASE_URI": database}
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", entry.entry, "init-db"],
        cwd=project,
        env={**os.environ, **env},
        capture_output=True,
        timeout=60,
        check=True,
    )
    return replace(entry, env=env)


async def run(project: Path, recipe: str, title: str, request: str = "") -> Result:
    """Applies a recipe at an endpoint; what it is refused changes nothing."""
    workspace = Workspace(project)
    workspace.refresh()
    route = next(it for it in workspace.backend.routes if it.title == title)
    file, offset = _at(route)
    result = await Engine(workspace, Settings(), Offline()).run(Ask(recipe, file, offset, request))
    assert result.exit_status == 0, result.report.summary
    disk.write(project, result.before, result.after)
    return result


def signed_in(port: int, register: str, sign_in: str) -> str:
    """The token of a new account."""
    assert asked(port, f"POST {register}", body=_PERSON)[0] == 201
    signed = {key: _PERSON[key] for key in ("email", "password")}
    answer = json.loads(asked(port, f"POST {sign_in}", body=signed)[1])
    return str(answer.get("access_token") or answer["token"])


def _at(route: Route) -> tuple[str, int]:
    if route.place == route.handler_place:
        return route.place.file, route.place.start
    return route.place.file, route.place.end - 1


def asked(
    port: int, title: str, *, body: dict[str, str] | None = None, token: str = ""
) -> tuple[int, str]:
    """The status and the text of an answer."""
    method, path = title.split(" ")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    sent = json.dumps(body) if body is not None else None
    connection.request(method, path, sent, {"Content-Type": "application/json", **headers})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, text
