"""Tests that the recipe writes for the endpoints of a project, and runs of them."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from backwright.edits import disk
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.engine.result import Result
from backwright.facts.backend import Route
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import Settings

_DESCRIBE = re.compile(r"^describe\(.*?^\}\);\n", re.MULTILINE | re.DOTALL)
_STUB = """describe('the server', () => {
  it('is there', async () => {
    await request(app).get('/health').expect(200);
  });
});
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for a route: the file, and what selects its tests there."""

    route: Route
    file: str
    selection: str


def without_tests(project: Path) -> None:
    """Takes out the tests of a project and leaves what they use: fixtures, helpers, one request."""
    for path in [*project.rglob("test_*.py")]:
        path.unlink()
    for path in project.glob("test/*.test.js"):
        source = path.read_text("utf-8")
        head = _DESCRIBE.sub("", source)
        if path.name.startswith("auth"):
            path.write_text(head + _STUB, "utf-8")
        else:
            path.unlink()


def write_for_all(project: Path) -> list[Written]:
    """Writes tests for every route of the project, one after another."""
    return asyncio.run(_write_for_all(project))


async def _write_for_all(project: Path) -> list[Written]:
    titles = [it.title for it in _workspace(project).backend.routes]
    found: list[Written] = []
    for title in titles:
        result = await write_for(project, title)
        for path in result.after:
            route = _route(_workspace(project), title)
            found.append(Written(route, path, _selection(route, project)))
    return found


async def write_for(project: Path, title: str) -> Result:
    """Writes tests for one route; nothing is written where the result says so."""
    workspace = _workspace(project)
    route = _route(workspace, title)
    place = route.handler_place
    engine = Engine(workspace, Settings(), Offline())
    result = await engine.run(Ask("generate-tests", place.file, _inside(route), route.title))
    assert result.report.status in {"planned", "refused"}, result.report.summary
    if result.after:
        disk.write(project, result.before, result.after)
    return result


def _workspace(project: Path) -> Workspace:
    workspace = Workspace(project)
    workspace.refresh()
    return workspace


def _route(workspace: Workspace, title: str) -> Route:
    return next(it for it in workspace.backend.routes if it.title == title)


def _inside(route: Route) -> int:
    return route.handler_place.start + 1


def _selection(route: Route, project: Path) -> str:
    if (project / "package.json").is_file():
        return re.sub(r"\{([^}]*)\}", r":\1", route.title)
    return f"test_{route.handler}"
