"""Schemas that are generated for a model hold what is sent to its limits, and leave secrets out."""

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
from node import command, link_node_modules

MODELS = """
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Numeric, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(20))
    credit: Mapped[Decimal] = mapped_column(Numeric(8, 2), default=0)
    born: Mapped[datetime | None]
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
"""
USED = """
import datetime, json
from pydantic import ValidationError
from models import User
from schemas import UserCreate, UserRead, UserUpdate
made = UserCreate(email="a@b.c")
failed = []
for wrong in ({}, {"email": "x" * 21}, {"email": "a@b.c", "credit": "much"}):
    try:
        UserCreate(**wrong)
    except ValidationError:
        failed.append(True)
now = datetime.datetime(2024, 1, 1)
user = User(id=1, email="a@b.c", credit=2, born=None, password_hash="x", created_at=now)
read = UserRead.model_validate(user).model_dump(mode="json")
changed = UserUpdate(email="d@e.f").model_dump(exclude_unset=True)
print(json.dumps([len(failed), sorted(read), changed]))
"""
PRISMA = """datasource db {
  provider = "postgresql"
}

model User {
  id           Int       @id @default(autoincrement())
  email        String
  credit       Decimal   @default(0)
  born         DateTime?
  passwordHash String
  createdAt    DateTime  @default(now())
}
"""
TRIED = """
const { createUserSchema, updateUserSchema, userSchema } = require("./schemas/user.js");
const good = createUserSchema.safeParse({ email: "ada@example.org" });
const bad = [{}, { email: 4 }, { email: "ada@example.org", credit: "much" }];
const failed = bad.filter((it) => !createUserSchema.safeParse(it).success).length;
const partial = updateUserSchema.safeParse({}).success;
console.log(JSON.stringify([good.success, failed, partial, Object.keys(userSchema.shape).sort()]));
"""


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


async def applied(folder: Path) -> None:
    workspace = Workspace(folder)
    workspace.refresh()
    ask = Ask("generate-schemas", "", 0, "schemas for the User model")
    result = await Engine(workspace, Settings(), Offline()).run(ask)
    assert result.report.status == "planned", result.report.summary
    assert [it for it in result.report.checks if it.status == "failed"] == []
    for path, source in result.after.items():
        assert source is not None
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(source)


def output(folder: Path, *call: str) -> object:
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


async def test_pydantic(tmp_path: Path) -> None:
    (tmp_path / "models.py").write_text(MODELS)
    await applied(tmp_path)
    failed, read, changed = output(tmp_path, sys.executable, "-W", "error", "-c", USED)  # type: ignore[misc]
    assert failed == 3
    assert read == ["born", "created_at", "credit", "email", "id"]
    assert changed == {"email": "d@e.f"}


async def test_zod(tmp_path: Path) -> None:
    (tmp_path / "prisma").mkdir()
    (tmp_path / "prisma/schema.prisma").write_text(PRISMA)
    (tmp_path / "package.json").write_text(json.dumps({"dependencies": {"zod": "4"}}))
    (tmp_path / "index.js").write_text("module.exports = {};\n")
    await applied(tmp_path)
    link_node_modules(tmp_path)
    (made,) = list(tmp_path.glob("schemas/*"))
    if made.read_text().startswith("import"):
        made.rename(made.with_suffix(".mjs"))
        program = TRIED.replace("const {", "import {", 1).replace(
            '} = require("./schemas/user.js")', '} from "./schemas/user.mjs"'
        )
        call = [command("node"), "--input-type=module", "-e", program]
    else:
        call = [command("node"), "-e", TRIED]
    good, failed, partial, keys = output(tmp_path, *call)  # type: ignore[misc]
    assert (good, failed, partial) == (True, 3, True)
    assert keys == ["born", "createdAt", "credit", "email", "id"]
