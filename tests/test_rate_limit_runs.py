"""Limited endpoints, run: within the limit they answer as before, beyond it with 429.

In each small project the recipe limits every endpoint that can be asked without more ado, one after
another, and the project is then started on the loopback interface, once as it was and once limited.
"""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from apps.truth import Entry, app_dirs, read_entries
from backwright.edits import disk
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.facts.backend import Route
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import Settings
from node import link_node_modules
from running import SAMPLE_ENTRIES, running
from sample_projects import SAMPLES, prepared, run_tests

LIMIT = 2
_APPS = [it for it in app_dirs() if it.parent.name in {"fastapi", "flask", "express"}]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request without a body, with the statuses that were answered, one after another."""

    method: str
    path: str

    def answers(self, port: int, times: int) -> list[int]:
        found = []
        for _ in range(times):
            connection = HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request(self.method, self.path)
            response = connection.getresponse()
            response.read()
            connection.close()
            found.append(response.status)
        return found


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("app_dir", _APPS, ids=[f"{it.parent.name}-{it.name}" for it in _APPS])
def test_a_small_project_answers_429_beyond_the_limit(app_dir: Path, tmp_path: Path) -> None:
    folder = tmp_path / app_dir.name
    shutil.copytree(app_dir, folder, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    asked = 0
    for number, entry in enumerate(read_entries(app_dir)):
        if entry.framework == "express":
            link_node_modules(folder)
            _use_its_express(app_dir, folder)
        asked += assert_limited(folder, entry, tmp_path / f"limited{number}")
    assert asked, "no endpoint of the project can be asked"


@pytest.mark.parametrize("name", SAMPLE_ENTRIES)
def test_a_sample_answers_429_beyond_the_limit(name: str, tmp_path: Path) -> None:
    assert (SAMPLES / name).is_dir()
    project = prepared(name, tmp_path / "before")
    assert assert_limited(project, SAMPLE_ENTRIES[name], tmp_path / "limited")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("fastapi_makerspace", "POST /api/v1/auth/token"),
        ("flask_fieldnotes", "POST /api/auth/login"),
        ("express_carpool", "POST /api/auth/login"),
    ],
)
async def test_the_tests_of_a_sample_pass_once_its_login_is_limited(
    name: str, title: str, tmp_path: Path
) -> None:
    project = prepared(name, tmp_path)
    workspace = Workspace(project)
    workspace.refresh()
    route = next(it for it in workspace.backend.routes if it.title == title)
    ask = Ask("add-rate-limiting", *_at(route))
    result = await Engine(workspace, Settings(), Offline()).run(ask)
    assert "5 per minute" in result.report.summary
    disk.write(project, result.before, result.after)
    done = run_tests(project)
    assert done.returncode == 0, done.stdout + done.stderr


def assert_limited(before: Path, entry: Entry, after: Path) -> int:
    """Asserts it for one app of the project in `before`; returns how many endpoints were asked."""
    shutil.copytree(before, after, symlinks=True)
    asked = asyncio.run(limited(after, entry))
    if not asked:
        return 0
    with running(before, entry) as port:
        expected = {it: it.answers(port, LIMIT) for it in asked}
    with running(after, entry) as port:
        found = {it: it.answers(port, LIMIT + 1) for it in asked}
    assert found == {it: [*statuses, 429] for it, statuses in expected.items()}
    return len(asked)


async def limited(folder: Path, entry: Entry) -> list[Asked]:
    """Limits the endpoints of one app; returns those to ask.

    One that shares its handler with another is left out, for it shares the limit as well.
    """
    workspace = Workspace(folder)
    workspace.refresh()
    asked = []
    for title in [it.title for it in workspace.backend.routes if _can_be_asked(it, folder, entry)]:
        route = next(it for it in workspace.backend.routes if it.title == title)
        shared = [it for it in workspace.backend.routes if it.handler_place == route.handler_place]
        if len(shared) > 1:
            continue
        ask = Ask("add-rate-limiting", *_at(route), f"{LIMIT} requests per minute", {})
        result = await Engine(workspace, Settings(), Offline()).run(ask)
        if result.report.status == "refused":
            continue
        assert result.exit_status == 0, (title, result.report.summary)
        if not result.change:
            continue
        disk.write(folder, result.before, result.after)
        workspace.refresh()
        asked.append(Asked(route.method, route.path))
    return asked


def _can_be_asked(route: Route, folder: Path, entry: Entry) -> bool:
    inside = (folder / entry.root).resolve() in (folder / route.place.file).resolve().parents
    guarded = any(it.source != "decorator" for it in route.guards)  # these run before the limit
    plain = route.resolved and "{" not in route.path and not guarded
    needs = any(it.required and it.location != "cookie" for it in route.parameters)
    return inside and plain and not needs and route.method == "GET" and route.protocol == "http"


def _at(route: Route) -> tuple[str, int]:
    """A byte that belongs to this route alone: chained registrations begin at the same one."""
    if route.place == route.handler_place:
        return route.place.file, route.place.start
    return route.place.file, route.place.end - 1


def _use_its_express(app_dir: Path, folder: Path) -> None:
    """Express 4 for a project that asks for it, under the name that it imports."""
    manifest = app_dir / "package.json"
    if manifest.is_file() and '"express": "^4' in manifest.read_text("utf-8"):
        everything = (folder / "node_modules").resolve()
        (folder / "node_modules").unlink()
        (folder / "node_modules").mkdir()
        for package in everything.iterdir():
            name = "express" if package.name == "express4" else package.name
            if package.name != "express":
                (folder / "node_modules" / name).symlink_to(package)
