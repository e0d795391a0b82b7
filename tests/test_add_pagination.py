"""Pages that are asked for by running the changed application."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from backwright.edits.disk import write
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.engine.result import Result
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import Settings

_MODELS = """
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool


class Base(DeclarativeBase):
    pass


class Ferry(Base):
    __tablename__ = "ferries"

    id: Mapped[int] = mapped_column(primary_key=True)
    berth: Mapped[int]


engine = create_engine(
    "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
)
Base.metadata.create_all(engine)
with Session(engine) as filled:
    # Two to a berth, and the later ones in the lower berths.
    filled.add_all(Ferry(id=it, berth=(240 - it) // 2) for it in range(1, 241))
    filled.commit()
"""
FASTAPI = f"""
from fastapi import FastAPI
{_MODELS}
app = FastAPI()


@app.get("/ferries")
def list_ferries() -> list[dict[str, int]]:
    with Session(engine) as session:
        rows = session.scalars(QUERY).all()
        return [{{"id": it.id, "berth": it.berth}} for it in rows]
"""
NAMED = FASTAPI.replace(
    "rows = session.scalars(QUERY).all()",
    "result = session.execute(select(Ferry))\n        rows = result.scalars().all()",
)
FLASK = f"""
from flask import Flask, jsonify
{_MODELS}
app = Flask(__name__)


@app.get("/ferries")
def list_ferries():
    \"\"\"All of them.\"\"\"
    with Session(engine) as session:
        return jsonify([{{"id": it.id, "berth": it.berth}} for it in session.scalars(QUERY).all()])
"""
MEMORY = """
from fastapi import FastAPI

app = FastAPI()
ferries = {it: {"id": it} for it in range(1, 241)}


@app.get("/ferries")
async def list_ferries():
    return list(ferries.values())
"""
CALL_FASTAPI = "from fastapi.testclient import TestClient\nget = TestClient(app).get\n"
CALL_FLASK = """
class Got:
    def __init__(self, it): self.it, self.status_code = it, it.status_code
    def json(self): return self.it.get_json()
get = lambda path: Got(app.test_client().get(path))
"""
IDS = "ids = lambda path: [it['id'] for it in get(path).json()]\n"


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


async def asked(project: Path, source: str, request: str = "") -> Result:
    project.mkdir()
    framework = "flask" if "Flask(" in source else "fastapi"
    (project / "requirements.txt").write_text(f"{framework}\nsqlalchemy\n")
    (project / "app.py").write_text(source.lstrip())
    workspace = Workspace(project)
    workspace.refresh()
    engine = Engine(workspace, Settings(), Offline())
    ask = Ask("add-pagination", "app.py", source.lstrip().index("def list_"), text=request)
    result = await engine.run(ask)
    if result.report.status == "planned":
        write(project, result.before, result.after)
        workspace.refresh()
        at = (project / "app.py").read_text().index("def list_")
        again = await engine.run(Ask("add-pagination", "app.py", at, text=request))
        assert (again.exit_status, again.report.files) == (0, []), again.report.summary
    return result


def run(project: Path, script: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from app import *\n" + script],
        cwd=project,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr + (project / "app.py").read_text()


@pytest.mark.parametrize(
    "source",
    [FASTAPI.replace("QUERY", "select(Ferry)"), NAMED, MEMORY],
    ids=["query", "named result", "memory"],
)
async def test_fastapi_answers_pages_within_bounds(source: str, tmp_path: Path) -> None:
    result = await asked(tmp_path / "it", source)
    assert result.report.status == "planned", result.report.summary
    run(
        tmp_path / "it",
        CALL_FASTAPI
        + IDS
        + """
assert ids("/ferries") == list(range(1, 51))
assert ids("/ferries?limit=100&offset=100") == list(range(101, 201))
assert ids("/ferries?offset=235") == [236, 237, 238, 239, 240]
assert ids("/ferries?offset=2147483647") == []
for wrong in ("limit=0", "limit=101", "offset=-1", "limit=many", "offset=99999999999999999999"):
    assert get("/ferries?" + wrong).status_code == 422, wrong
""",
    )


async def test_rows_alike_in_the_order_are_in_one_page_each(tmp_path: Path) -> None:
    source = FASTAPI.replace("QUERY", "select(Ferry).order_by(Ferry.berth)")
    result = await asked(tmp_path / "it", source, "page and page_size, 7 per page, at most 20")
    assert result.report.status == "planned", result.report.summary
    run(
        tmp_path / "it",
        CALL_FASTAPI
        + IDS
        + """
pages = [ids(f"/ferries?page={it}") for it in range(1, 36)]
assert [len(it) for it in pages] == [7] * 34 + [2]
assert sorted(sum(pages, [])) == list(range(1, 241))
assert pages[0] == [239, 240, 237, 238, 235, 236, 233]
assert len(ids("/ferries?page=2&page_size=20")) == 20
assert get("/ferries?page_size=21").status_code == get("/ferries?page=0").status_code == 422
""",
    )


async def test_flask_brings_them_within_bounds(tmp_path: Path) -> None:
    result = await asked(tmp_path / "it", FLASK.replace("QUERY", "select(Ferry)"))
    assert result.report.status == "planned", result.report.summary
    run(
        tmp_path / "it",
        CALL_FLASK
        + IDS
        + """
assert ids("/ferries") == list(range(1, 51))
assert ids("/ferries?limit=3&offset=4") == [5, 6, 7]
assert len(ids("/ferries?limit=1000")) == 100
assert ids("/ferries?limit=many&offset=-5") == list(range(1, 51))
assert ids("/ferries?offset=99999999999999999999") == []
""",
    )


@pytest.mark.parametrize(
    ("source", "request_", "reason"),
    [
        (FASTAPI.replace("QUERY", "select(Ferry)"), "cursor pagination", "cursor"),
        (FASTAPI.replace("QUERY", "select(Ferry.berth)"), "", "one model"),
        (FASTAPI.replace("QUERY", "select(Ferry).join(Ferry)"), "", ".join()"),
        (
            FASTAPI.replace("QUERY", "select(Ferry)").replace("in rows]", "in rows if len(rows)]"),
            "",
            "more than the answer",
        ),
        (MEMORY.replace("@app.get", "@app.post"), "", "no GET"),
        (MEMORY.replace("list(ferries.values())", "ferries"), "", "a whole list"),
    ],
)
async def test_refused_where_a_page_would_be_wrong(
    source: str, request_: str, reason: str, tmp_path: Path
) -> None:
    result = await asked(tmp_path / "it", source, request_)
    assert (result.report.status, result.exit_status) == ("refused", 4)
    assert reason in result.report.summary
