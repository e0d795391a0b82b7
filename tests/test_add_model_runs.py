"""Models that add-model declares load in their library, in a project that has models already."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import Settings
from node import command, link_node_modules, node_modules

REQUEST = (
    "add models Course and Lesson: a course has title, price (decimal, positive), starts_on date,"
    " status (draft, open) default draft; a course belongs to a teacher; courses have many tags,"
    " many-to-many. Each lesson has title, position integer, optional notes, and belongs to a"
    " course."
)
SQLALCHEMY = """
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Teacher(Base):
    __tablename__ = "teachers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
"""
COLUMNS = """
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Teacher(Base):
    __tablename__ = "teachers"

    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(50), nullable=False)
"""
SQLMODEL = """
from sqlmodel import Field, SQLModel


class Teacher(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
"""
CREATED = """
import json
import models
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.orm import configure_mappers
configure_mappers()
base = getattr(models, "Base", None) or models.SQLModel
engine = create_engine("sqlite://")
base.metadata.create_all(engine)
look = inspect(engine)
print(json.dumps({
    name: {
        "columns": sorted(it["name"] for it in look.get_columns(name)),
        "keys": sorted(it["referred_table"] for it in look.get_foreign_keys(name)),
        "indexed": sorted(it["column_names"][0] for it in look.get_indexes(name)),
    }
    for name in look.get_table_names()
}))
"""


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


async def applied(folder: Path, recipe: str, request: str) -> None:
    """Runs the recipe and writes what comes of it; a second run has nothing left to do."""
    for is_second in (False, True):
        workspace = Workspace(folder)
        workspace.refresh()
        result = await Engine(workspace, Settings(), Offline()).run(Ask(recipe, "", 0, request))
        assert result.report.status == "planned", result.report.summary
        assert [it for it in result.report.checks if it.status == "failed"] == []
        assert bool(result.change) != is_second, result.report.diff
        for path, source in result.after.items():
            assert source is not None
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(source)


def ran(folder: Path, program: str, *arguments: str) -> str:
    done = subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-W",
            "ignore::DeprecationWarning",
            "-c",
            program,
            *arguments,
        ],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("source", "tables"),
    [
        pytest.param(SQLALCHEMY, ("courses", "lessons", "tags", "teachers"), id="mapped"),
        pytest.param(COLUMNS, ("courses", "lessons", "tags", "teachers"), id="columns"),
        pytest.param(SQLMODEL, ("course", "lesson", "tag", "teacher"), id="sqlmodel"),
    ],
)
async def test_sqlalchemy_makes_the_tables(
    source: str, tables: tuple[str, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "models.py").write_text(source.lstrip())
    await applied(folder, "add-model", REQUEST)
    found = json.loads(ran(folder, CREATED))
    assert set(tables) <= set(found)
    course, lesson = found[tables[0]], found[tables[1]]
    wanted = {"id", "teacher_id", "title", "price", "starts_on", "status"}
    assert wanted <= set(course["columns"])
    assert {"course_id", "title", "position", "notes"} <= set(lesson["columns"])
    assert course["keys"] == [tables[3]]
    assert lesson["keys"] == [tables[0]]
    assert "teacher_id" in course["indexed"] and "course_id" in lesson["indexed"]
    (between,) = set(found) - set(tables)
    assert sorted(found[between]["keys"]) == sorted([tables[0], tables[2]])


DJANGO = """from django.db import models


class Teacher(models.Model):
    name = models.CharField(max_length=50)
"""
SETTINGS = """
SECRET_KEY = "only for this test"
INSTALLED_APPS = ["school"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
"""
CHECKED = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
import django
django.setup()
from django.core.management import call_command
call_command("check", fail_level="WARNING")
call_command("makemigrations", "school", verbosity=0)
call_command("migrate", verbosity=0)
from django.db import IntegrityError, transaction
from school.models import Course, Lesson, Tag, Teacher
teacher = Teacher.objects.create(name="Ada")
course = Course.objects.create(title="SQL", price=5, starts_on="2030-01-01", teacher=teacher)
course.tags.add(Tag.objects.create(name="databases"))
Lesson.objects.create(course=course, title="Joins", position=1)
print(course.status, course.lessons.count(), teacher.courses.count())
try:
    with transaction.atomic():
        Course.objects.create(title="x", price=-1, starts_on="2030-01-01", teacher=teacher)
except IntegrityError as fault:
    print("refused")
"""


async def test_django_migrates_and_holds_them(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    (folder / "school").mkdir(parents=True)
    (folder / "school/__init__.py").touch()
    (folder / "settings.py").write_text(SETTINGS)
    (folder / "manage.py").write_text("import django\n")
    (folder / "school/models.py").write_text(DJANGO)
    await applied(folder, "add-model", REQUEST)
    assert ran(folder, CHECKED).split()[-4:] == ["draft", "1", "1", "refused"]


PRISMA = """datasource db {
  provider = "postgresql"
}

model Teacher {
  id   Int    @id @default(autoincrement())
  name String
}
"""
DMMF = """
const fs = require("node:fs");
const { getDMMF } = require("@prisma/internals");
getDMMF({ datamodel: fs.readFileSync(process.argv[2], "utf8") }).then(({ datamodel }) =>
  process.stdout.write(JSON.stringify(
    Object.fromEntries(datamodel.models.map((it) => [it.name, it.fields.map((f) => f.name)])),
  )),
);
"""


async def test_prisma_accepts_the_schema(tmp_path: Path) -> None:
    modules = node_modules()
    folder = tmp_path / "project"
    (folder / "prisma").mkdir(parents=True)
    schema = folder / "prisma/schema.prisma"
    schema.write_text(PRISMA)
    await applied(folder, "add-model", REQUEST)
    program = tmp_path / "dmmf.cjs"
    program.write_text(DMMF)
    link_node_modules(tmp_path)
    done = subprocess.run(
        [command("node"), str(program), str(schema)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {"teacher", "tags", "lessons", "status"} <= set(found["Course"])
    assert "courses" in found["Teacher"] and modules is not None
