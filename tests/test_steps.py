"""Requests that are served in parts: for several endpoints, and step upon step."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import projects
from backwright.edits.between import change_between
from backwright.edits.change import apply
from backwright.edits.disk import write
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.engine.result import Result
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import Settings
from backwright.text.snapshot import Snapshot

PROJECT = """
#- requirements.txt
flask
flask-limiter
#- app.py
from flask import Flask

from items import bp

app = Flask(__name__)
app.register_blueprint(bp, url_prefix="/items")


@app.get("/health")
def health():
    return "ok"
#- items.py
from flask import Blueprint

bp = Blueprint("items", __name__)


@bp.get("")
def list_items():
    return []


@bp.post("")
def create_item():
    return {}, 201
"""


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def engine(root: Path) -> Engine:
    workspace = Workspace(root)
    workspace.refresh()
    return Engine(workspace, Settings(), Offline())


def applied(root: Path, result: Result) -> Mapping[str, bytes | None]:
    assert result.report.status == "planned", result.report.summary
    write(root, result.before, result.after)
    return result.after


@pytest.fixture
def project(tmp_path: Path) -> Path:
    projects.write(tmp_path / "project", PROJECT)
    return tmp_path / "project"


@pytest.mark.parametrize(
    ("ask", "limited"),
    [
        (Ask("add-rate-limiting", scope="project"), ["/health", "/items", "/items"]),
        (Ask("add-rate-limiting", "items.py", scope="file"), ["/items", "/items"]),
        (Ask("generate", text="rate limit all items endpoints"), ["/items", "/items"]),
        (Ask("generate", text="throttle each endpoint"), ["/health", "/items", "/items"]),
        (Ask("add-rate-limiting", text="every endpoint in items.py"), ["/items", "/items"]),
    ],
    ids=["project", "file", "named", "all", "file-in-words"],
)
async def test_several_endpoints(project: Path, ask: Ask, limited: list[str]) -> None:
    result = await engine(project).run(ask)
    applied(project, result)
    assert [it.status for it in result.report.steps] == ["planned"] * len(limited)
    assert result.report.unserved == []
    backend = Workspace(project).refresh()
    assert sorted(it.path for it in backend.routes if it.rate_limit) == limited
    again = await engine(project).run(ask)
    assert (again.report.status, again.exit_status, again.report.files) == ("planned", 0, [])


async def test_the_change_is_one_that_an_editor_can_make(project: Path) -> None:
    result = await engine(project).run(Ask("add-rate-limiting", scope="project"))
    workspace = Workspace(project)
    documents = {it.path: workspace.snapshot(it.path) for it in result.change.files}
    made = apply({path: it for path, it in documents.items() if it is not None}, result.change)
    assert made == result.after


async def test_a_follow_up_is_for_the_same_endpoints(project: Path) -> None:
    one = engine(project)
    applied(project, await one.run(Ask("generate", text="limit all items endpoints to 20/minute")))
    result = await engine(project).refine("10 a minute")
    applied(project, result)
    limits = {it.title: it.rate_limit for it in Workspace(project).refresh().routes}
    assert limits["GET /items"] == limits["POST /items"]
    assert "10" in limits["GET /items"]
    assert limits["GET /health"] == ""


async def test_what_does_not_fit_one_endpoint_is_told_and_the_others_are_done(
    project: Path,
) -> None:
    source = (project / "items.py").read_text()
    source += '\n\nbp.add_url_rule("/more", view_func=lambda: {})\n'
    (project / "items.py").write_text(source)
    result = await engine(project).run(Ask("add-rate-limiting", "items.py", scope="file"))
    by_title = {it.title: it.status for it in result.report.steps}
    assert by_title["GET /items"] == by_title["POST /items"] == "planned"
    left = [title for title, status in by_title.items() if status not in {"planned", "done"}]
    assert all(any(title in it for it in result.report.unserved) for title in left)


def test_the_command_line_takes_a_file_or_all(project: Path) -> None:
    program = [sys.executable, "-m", "backwright", "run", "add-rate-limiting"]
    for arguments in (["--at", "items.py"], ["--all"]):
        done = subprocess.run(
            [*program, "--workspace", project, *arguments],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "POST /items" in done.stdout


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\nb\nc\n", b"a\nB\nc\nd\n"),
        (b"a\r\nb\r\n", b"a\r\nx\r\nb\r\n"),
        (b"", b"new\n"),
        (b"all\ngone\n", b""),
        (None, b"created\n"),
    ],
)
def test_a_change_between_two_texts(before: bytes | None, after: bytes) -> None:
    present = {"f": Snapshot("f", before, 1)} if before is not None else {}
    change = change_between(present.get, {"f": after})
    assert apply(present, change) == {"f": after}


FEATURE = (
    "A FastAPI service for invoices with line items: an API to create, list, update and delete"
    " them, send invoice emails in the background with celery when an invoice is created, retries"
    " with exponential backoff. Tests for everything."
)


async def test_a_feature_is_built_step_by_step_and_its_tests_pass(tmp_path: Path) -> None:
    folder = tmp_path / "billing"
    folder.mkdir()
    result = await engine(folder).run(Ask("build-feature", text=FEATURE))
    applied(folder, result)
    steps = [(it.recipe, it.status) for it in result.report.steps]
    assert steps == [
        ("rest-api", "planned"),
        ("background-job", "planned"),
        ("generate-tests", "planned"),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    again = await engine(folder).run(Ask("build-feature", text=FEATURE))
    assert (again.exit_status, again.report.files) == (0, [])


async def test_a_step_can_be_left_for_later(tmp_path: Path) -> None:
    folder = tmp_path / "billing"
    folder.mkdir()
    ask = Ask("build-feature", text=FEATURE, inputs={"steps": "rest-api"})
    first = await engine(folder).run(ask)
    applied(folder, first)
    assert [it.recipe for it in first.report.steps] == ["rest-api"]
    second = await engine(folder).run(Ask("build-feature", text=FEATURE))
    statuses = {it.recipe: it.status for it in second.report.steps}
    assert statuses["rest-api"] == "done"
    assert statuses["background-job"] == statuses["generate-tests"] == "planned"
