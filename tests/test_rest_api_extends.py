"""`rest-api` and `generate-crud` in projects that are there: what they add is run with the rest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import backwright
from backwright.edits import disk
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.engine.result import Result
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import Settings
from node import command, link_node_modules
from projects import write

SAMPLES = Path(backwright.__file__).parent / "samples"
WORKSHOP = (
    "REST API for suppliers (name, email unique, website optional) and parts (name, price decimal,"
    " quantity), a supplier has many parts"
)
# Flat modules, an asynchronous session by the name of db, schemas that end in In and Out, and all
# endpoints on the app itself.
FLAT = """
#- requirements.txt
fastapi
sqlalchemy
aiosqlite
#- db.py
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import StaticPool

engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
Local = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


async def get_db():
    async with Local() as session:
        yield session
#- models.py
from sqlalchemy import Column, ForeignKey, Integer, String

from db import Base


class Author(Base):
    __tablename__ = "authors"

    id = Column(Integer, primary_key=True)
    name = Column(String(80), nullable=False)


class Prize(Base):
    __tablename__ = "prizes"

    id = Column(Integer, primary_key=True)
    title = Column(String(80), nullable=False)
    author_id = Column(Integer, ForeignKey("authors.id"), nullable=False)
#- schemas.py
from pydantic import BaseModel


class AuthorIn(BaseModel):
    name: str


class AuthorOut(AuthorIn):
    id: int

    class Config:
        from_attributes = True
#- main.py
from typing import List

from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

import models
import schemas
from db import Base, engine, get_db

app = FastAPI()


@app.on_event("startup")
async def make_tables():
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)


@app.get("/authors", response_model=List[schemas.AuthorOut])
async def authors(db: AsyncSession = Depends(get_db)):
    return (await db.scalars(select(models.Author))).all()


@app.post("/authors", response_model=schemas.AuthorOut, status_code=201)
async def add_author(payload: schemas.AuthorIn, db: AsyncSession = Depends(get_db)):
    author = models.Author(**payload.model_dump())
    db.add(author)
    await db.commit()
    return author


@app.get("/authors/{author_id}", response_model=schemas.AuthorOut)
async def author(author_id: int, db: AsyncSession = Depends(get_db)):
    found = await db.get(models.Author, author_id)
    if not found:
        raise HTTPException(status_code=404, detail="Author not found")
    return found
"""
CALLS = """
#- test_calls.py
from fastapi.testclient import TestClient

from main import app


def test_calls():
    with TestClient(app) as client:
        author = client.post("/authors", json={"name": "Someone"}).json()["id"]
        missing = client.get("/PATH/9")
        assert (missing.status_code, missing.json()["detail"]) == (404, "NAME not found")
        made = client.post("/PATH", json={"title": "One", "author_id": author})
        assert made.status_code == 201, made.text
        assert client.get("/PATH").json() == [made.json()]
        assert client.get(f"/PATH?author_id={author + 1}").json() == []
        assert client.get(f"/authors/{author}/PATH").json() == [made.json()]
        one = f"/PATH/{made.json()['id']}"
        assert client.patch(one, json={"title": "Two"}).json()["title"] == "Two"
        assert client.put(one, json={"title": "Three"}).status_code == 422
        assert client.post("/PATH", json={"title": "", "author_id": author}).status_code == 422
        assert client.post("/PATH", json={"title": "One", "author_id": 77}).status_code == 422
        assert client.post("/authors/77/PATH", json={"title": "One"}).status_code == 404
        assert client.post(f"/authors/{author}/PATH", json={"title": "Below"}).status_code == 201
        assert client.delete(one).status_code == 204
        assert client.get(one).status_code == 404
"""


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


async def run(folder: Path, recipe: str, request: str) -> Result:
    workspace = Workspace(folder)
    workspace.refresh()
    return await Engine(workspace, Settings(), Offline()).run(Ask(recipe, text=request))


async def applied(folder: Path, recipe: str, request: str) -> Result:
    result = await run(folder, recipe, request)
    assert result.report.status == "planned", result.report.summary
    assert result.change
    disk.write(folder, result.before, result.after)
    again = await run(folder, recipe, request)
    assert (again.report.status, bool(again.change)) == ("planned", False), again.report.summary
    return result


def passes(folder: Path) -> None:
    """The project's tests pass, and its code is in order."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    commands = (
        ["pytest", "-q", "-p", "no:asyncio"],
        ["ruff", "check", "--select", "E,F,I", "--line-length", "100", "app"],
        ["ruff", "format", "--check", "--line-length", "100", "app"],
    )
    for words in commands if (folder / "app").is_dir() else commands[:1]:
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=folder,
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-1000:]}"


def sample(folder: Path) -> Path:
    shutil.copytree(SAMPLES / "fastapi_makerspace", folder)
    return folder


async def test_an_application_of_some_age_keeps_its_ways(tmp_path: Path) -> None:
    folder = sample(tmp_path / "project")
    result = await applied(folder, "rest-api", WORKSHOP)
    router = (folder / "app/routers/parts.py").read_text("utf-8")
    for own in ("SessionDep", "PaginationDep", "Page[PartRead]", "NotFound(", "Conflict("):
        assert own in router
    assert "class Part(Base)" in (folder / "app/models.py").read_text("utf-8")
    assert result.report.unserved == []
    passes(folder)


async def test_names_and_folders_may_be_others(tmp_path: Path) -> None:
    """The same application with another package, folder of routers, session and exception."""
    folder = sample(tmp_path / "project")
    names = {
        "app.": "workshop.", '"app"': '"workshop"', "SessionDep": "Db", "session: Db": "db: Db",
        "NotFound": "Missing", "routers": "endpoints", "from app ": "from workshop ",
    }  # fmt: skip
    for file in [*folder.rglob("*.py"), *folder.rglob("*.toml")]:
        text = file.read_text("utf-8")
        for old, new in names.items():
            text = text.replace(old, new)
        file.write_text(text, "utf-8")
    (folder / "app/routers").rename(folder / "app/endpoints")
    (folder / "app").rename(folder / "workshop")
    for file in (folder / "workshop/endpoints").glob("*.py"):  # handlers alone take it as `db`
        lines = file.read_text("utf-8").replace("session: Session", "db: Session")
        file.write_text(lines.replace("session.", "db.").replace("(session", "(db"), "utf-8")
    await applied(folder, "rest-api", WORKSHOP)
    router = (folder / "workshop/endpoints/parts.py").read_text("utf-8")
    assert "db: Db" in router
    assert "Missing(" in router


async def test_flat_modules_with_an_asynchronous_session(tmp_path: Path) -> None:
    folder = write(tmp_path / "project", FLAT)
    await applied(folder, "rest-api", "REST API for books (title) that belong to an author")
    write(folder, CALLS.replace("PATH", "books").replace("NAME", "Book"))
    passes(folder)


async def test_a_model_without_endpoints_gets_them(tmp_path: Path) -> None:
    folder = write(tmp_path / "project", FLAT)
    before = (folder / "models.py").read_text("utf-8")
    await applied(folder, "generate-crud", "generate CRUD for the Prize model")
    assert (folder / "models.py").read_text("utf-8") == before
    write(folder, CALLS.replace("PATH", "prizes").replace("NAME", "Prize"))
    passes(folder)


async def test_a_new_project_grows(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    await applied(folder, "rest-api", "FastAPI REST API for posts (title, body)")
    await applied(folder, "rest-api", "add a REST API for reviews (body, rating) of a post")
    passes(folder)


async def test_a_new_project_in_express_grows(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    await applied(folder, "rest-api", "Express REST API in TypeScript for posts (title, body)")
    request = (
        "add a REST API for reviews (body, price decimal) of a post, and badges (label unique)"
    )
    await applied(folder, "rest-api", request)
    link_node_modules(folder)
    for script in ("typescript/bin/tsc", "vitest/vitest.mjs run"):
        done = subprocess.run(
            [command("node"), *f"node_modules/{script}".split()],
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=240,
        )
        assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-1000:]}"


async def test_an_express_project_of_another_form_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(SAMPLES / "express_carpool", folder)
    result = await run(folder, "rest-api", "REST API for vouchers (code, amount decimal)")
    assert result.report.status == "refused"
    assert "have the form of its own" in result.report.summary
