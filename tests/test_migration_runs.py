"""Migrations that are generated apply and roll back with the tool they are written for."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import postgres_server
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import Settings

ENV = """
from alembic import context
from sqlalchemy import create_engine
from desk.models import Base

with create_engine("sqlite:///app.db").connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, compare_type=False)
    with context.begin_transaction():
        context.run_migrations()
"""
FIRST = """
import sqlalchemy as sa
from alembic import op

revision = "0f1e2d3c4b5a"
down_revision = None


def upgrade():
    op.create_table(
        "tickets",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("fax", sa.String(20), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
    )
    op.execute("INSERT INTO tickets VALUES (1, 'open', '1', '2024-01-01 00:00:00')")


def downgrade():
    op.drop_table("tickets")
"""
MODELS = """from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Ticket(Base):
    __tablename__ = "tickets"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(20))
    fax: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[datetime]
"""
REQUEST = (
    "add urgent boolean and cancelled_at optional to tickets, drop the fax field, and an index on"
    " status and created_at"
)


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


async def applied(
    folder: Path, request: str, file: str, recipe: str = "generate-migration"
) -> list[str]:
    """Runs the recipe at the first model of a file and writes what comes of it."""
    workspace = Workspace(folder)
    workspace.refresh()
    model = next(it for it in workspace.backend.models if it.place.file == file and it.table)
    ask = Ask(recipe, file, model.place.start, request)
    result = await Engine(workspace, Settings(), Offline()).run(ask)
    assert result.report.status == "planned", result.report.summary
    assert [it for it in result.report.checks if it.status == "failed"] == []
    for path, source in result.after.items():
        assert source is not None
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(source)
    return result.report.review


def ran(folder: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def columns(file: Path, table: str) -> set[str]:
    database = sqlite3.connect(file)
    found = {it[1] for it in database.execute(f"PRAGMA table_info({table})")}
    found |= {it[1] for it in database.execute(f"PRAGMA index_list({table})")}
    database.close()
    return found


async def test_alembic(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    (folder / "migrations/versions").mkdir(parents=True)
    (folder / "desk").mkdir()
    (folder / "desk/__init__.py").touch()
    (folder / "desk/models.py").write_text(MODELS)
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/migrations\n")
    (folder / "migrations/env.py").write_text(ENV)
    (folder / "migrations/versions/0f1e2d3c4b5a_tickets.py").write_text(FIRST)
    ran(folder, "-m", "alembic", "upgrade", "head")
    before = columns(folder / "app.db", "tickets")
    review = await applied(folder, REQUEST, "desk/models.py")
    assert any("destroys" in it for it in review)
    ran(folder, "-m", "alembic", "upgrade", "head")
    after = columns(folder / "app.db", "tickets")
    assert {"urgent", "cancelled_at", "tickets_status_created_at_idx"} == after - before
    assert before - after == {"fax"}
    ran(folder, "-m", "alembic", "check")  # the model says the same as the database
    ran(folder, "-m", "alembic", "downgrade", "-1")
    assert columns(folder / "app.db", "tickets") == before


async def test_indexes_in_the_model_and_the_database_agree(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    (folder / "migrations/versions").mkdir(parents=True)
    (folder / "desk").mkdir()
    (folder / "desk/__init__.py").touch()
    (folder / "desk/models.py").write_text(MODELS)
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/migrations\n")
    (folder / "migrations/env.py").write_text(ENV)
    (folder / "migrations/versions/0f1e2d3c4b5a_tickets.py").write_text(FIRST)
    await applied(folder, "", "desk/models.py", "add-indexes")
    ran(folder, "-m", "alembic", "upgrade", "head")
    ran(folder, "-m", "alembic", "check")
    assert "tickets_status_created_at_idx" in columns(folder / "app.db", "tickets")
    before = (folder / "desk/models.py").read_bytes()
    await applied(folder, "", "desk/models.py", "add-indexes")  # nothing is left to do
    assert (folder / "desk/models.py").read_bytes() == before


DJANGO = """from django.db import models


class Ticket(models.Model):
    status = models.CharField(max_length=20)
    fax = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()
"""
SETTINGS = """
SECRET_KEY = "only for this test"
INSTALLED_APPS = ["desk"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "app.db"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
"""
MANAGE = """
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
from django.core.management import execute_from_command_line

execute_from_command_line(sys.argv)
"""


async def test_django(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    (folder / "desk").mkdir(parents=True)
    (folder / "desk/__init__.py").touch()
    (folder / "desk/models.py").write_text(DJANGO)
    (folder / "settings.py").write_text(SETTINGS)
    (folder / "manage.py").write_text(MANAGE)
    ran(folder, "manage.py", "makemigrations", "desk")
    ran(folder, "manage.py", "migrate")
    before = columns(folder / "app.db", "desk_ticket")
    await applied(folder, REQUEST, "desk/models.py")
    ran(folder, "manage.py", "migrate")
    after = columns(folder / "app.db", "desk_ticket")
    assert {"urgent", "cancelled_at"} < after - before
    assert before - after == {"fax"}
    # The model says the same as the migrations.
    ran(folder, "manage.py", "makemigrations", "--check", "--dry-run")
    ran(folder, "manage.py", "migrate", "desk", "0001")
    assert columns(folder / "app.db", "desk_ticket") == before


PRISMA = """datasource db {
  provider = "postgresql"
}

model Ticket {
  id        Int      @id @default(autoincrement())
  status    String
  fax       String?
  createdAt DateTime @map("created_at")

  @@map("tickets")
}
"""
TYPEORM = """import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity("tickets")
export class Ticket {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  status!: string;

  @Column({ nullable: true })
  fax!: string;

  @Column({ name: "created_at" })
  createdAt!: Date;
}
"""
TABLE = """
CREATE TABLE tickets (id serial PRIMARY KEY, status text NOT NULL, fax text,
    created_at timestamp NOT NULL);
INSERT INTO tickets (status, created_at) VALUES ('open', now());
"""


@pytest.mark.parametrize("orm", ["prisma", "typeorm"])
async def test_sql_of_prisma_and_typeorm(orm: str, tmp_path: Path) -> None:
    if reason := postgres_server.missing():
        pytest.skip(reason)
    folder = tmp_path / "project"
    file = "prisma/schema.prisma" if orm == "prisma" else "src/ticket.entity.ts"
    (folder / file).parent.mkdir(parents=True)
    (folder / file).write_text(PRISMA if orm == "prisma" else TYPEORM)
    (folder / "package.json").write_text(
        json.dumps({"dependencies": {"typeorm": "0.3", "pg": "8"}})
    )
    await applied(folder, REQUEST, file)
    if orm == "prisma":
        (up,) = folder.glob("prisma/migrations/*/migration.sql")
        (down,) = folder.glob("prisma/migrations/*/down.sql")
        forward, back = up.read_text(), down.read_text()
    else:
        (made,) = folder.glob("src/migrations/*.ts")
        text = made.read_text()
        parts = text.split("async down")
        forward, back = ("; ".join(it.split("`")[1::2]) for it in parts)
    with (
        tempfile.TemporaryDirectory(prefix="pg") as place,
        postgres_server.server(Path(place)) as server,
    ):
        server.ask(TABLE)
        names = "SELECT column_name FROM information_schema.columns WHERE table_name = 'tickets'"
        before = set(server.ask(names).split())
        server.ask(forward)
        after = set(server.ask(names).split())
        assert before - after == {"fax"}
        assert len(after - before) == 2
        server.ask(back)
        assert set(server.ask(names).split()) == before
