"""What rbac writes, run: the tests that it generates, and a project called as clients do."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import jwt
import pytest

import postgres_server
from apps.truth import Entry
from backwright.edits import disk
from node import command, link_node_modules
from recipe_cases import cases
from recipe_runs import asked, made, ran, run, run_tests
from running import running

SECRET = "only for this test: 32 bytes or more"
APPLIED = {
    it.name: it
    for it in cases()
    if it.recipe == "rbac" and any("test" in path.lower() for path in it.after)
}
REQUEST = (
    "role-based access control, fastapi: roles (admin, editor). Editors can write posts. Include a"
    " dependency that checks if the current user has permission"
)
GUARDED = """

@app.get("/guarded", dependencies=[Depends(require_permission("posts:write"))])
def guarded() -> dict[str, bool]:
    return {"done": True}
"""


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("name", APPLIED)
async def test_the_tests_of_a_case_pass(name: str, tmp_path: Path) -> None:
    case, folder = APPLIED[name], tmp_path / "project"
    result = await case.run(folder)
    disk.write(folder, result.before, result.after)
    run_tests(case, folder)


async def test_a_new_project_has_accounts_with_roles(tmp_path: Path) -> None:
    folder = await made(REQUEST, tmp_path, "rbac")
    run([sys.executable, "-m", "pytest", "-q", "-p", "no:asyncio"], folder)
    run([sys.executable, "-m", "ruff", "check", "."], folder)
    run([sys.executable, "-m", "ruff", "format", "--check", "."], folder)
    assert not (await ran(REQUEST, folder, "rbac")).change
    main = folder / "app/main.py"
    text = main.read_text("utf-8").replace("import FastAPI", "import Depends, FastAPI")
    main.write_text(f"from app.access import require_permission\n{text}{GUARDED}", "utf-8")
    env = {"JWT_SECRET": SECRET}
    with running(folder, Entry("fastapi", "app.main:app", env=env)) as port:
        person = {"email": "ada@example.com", "password": "a long enough secret", "name": "Ada"}
        signed = {"email": person["email"], "password": person["password"]}
        assert asked(port, "POST /auth/register", person)[0] == 201
        token = asked(port, "POST /auth/login", signed)[1]["access_token"]
        assert asked(port, "GET /guarded")[0] == 401
        assert asked(port, "GET /guarded", token=token)[0] == 403
        access(folder, env, "give_role")
        assert asked(port, "GET /guarded", token=token)[0] == 200
        access(folder, env, "take_role")
        assert asked(port, "GET /guarded", token=token)[0] == 403


def access(folder: Path, env: dict[str, str], change: str) -> None:
    """Gives the first account the role, or takes it, beside the app that is running."""
    code = (
        "from app.access import *; from app.database import SessionLocal\n"
        f"with SessionLocal() as session: seed_roles(session); {change}(session, 1, 'editor')"
    )
    environment = {**os.environ, **env}
    subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, check=True)


@pytest.mark.skipif(bool(postgres_server.missing()), reason=postgres_server.missing())
async def test_roles_in_postgresql_guard_an_app_of_express(tmp_path: Path) -> None:
    name = next(it for it in APPLIED if it.startswith("rbac/express: TypeScript"))
    folder = tmp_path / "project"
    result = await APPLIED[name].run(folder)
    disk.write(folder, result.before, result.after)
    link_node_modules(folder)
    app = folder / "src/app.ts"
    text = app.read_text("utf-8").replace(
        "authenticate, (", "authenticate, authorize('tickets', 'delete'), ("
    )
    app.write_text(f"import {{ authorize }} from './middleware/authorize.js';\n{text}", "utf-8")
    with (
        tempfile.TemporaryDirectory(prefix="pg-") as short,
        postgres_server.server(Path(short)) as server,
    ):
        server.run(*sorted((folder / "migrations").glob("*.sql")))
        server.ask("INSERT INTO users (email) VALUES ('ada@example.com')")
        env = {
            "JWT_SECRET": SECRET,
            "PGHOST": short,
            "PGUSER": "postgres",
            "PGDATABASE": "postgres",
        }
        entry = Entry("express", "src/app.ts", export="createApp()", typescript=True, env=env)
        token = jwt.encode({"sub": "1"}, SECRET)
        with running(folder, entry) as port:
            assert asked(port, "DELETE /tickets/3")[0] == 401
            status, answer = asked(port, "DELETE /tickets/3", token=token)
            assert (status, answer["code"]) == (403, "permission_missing")
            server.ask("INSERT INTO user_roles (user_id, role) VALUES (1, 'agent')")
            assert asked(port, "DELETE /tickets/3", token=token)[0] == 403
            server.ask("INSERT INTO user_roles (user_id, role) VALUES (1, 'admin')")
            assert asked(port, "DELETE /tickets/3", token=token)[0] == 200
            server.ask("DELETE FROM user_roles WHERE role = 'admin'")
            assert asked(port, "DELETE /tickets/3", token=token)[0] == 403


async def test_a_new_project_of_express_has_roles(tmp_path: Path) -> None:
    request = "rbac for express: users, roles, permissions + middleware"
    folder = await made(request, tmp_path, "rbac")
    link_node_modules(folder)
    run([command("node"), str(folder / "node_modules/vitest/vitest.mjs"), "run"], folder)
    run([command("node"), str(folder / "node_modules/typescript/bin/tsc"), "-p", "."], folder)
