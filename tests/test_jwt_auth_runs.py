"""What jwt-auth writes, run: the tests that it generates, and projects called as clients do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import jwt
import pytest

from apps.truth import Entry
from backwright.edits import disk
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.engine.result import Result
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import Settings
from node import command, link_node_modules
from recipe_cases import Case, cases
from running import running

SECRET = "only for this test: 32 bytes or more"
APPLIED = {
    it.name: it
    for it in cases()
    if it.recipe == "jwt-auth" and any("test" in path.lower() for path in it.after)
}
NEW = {
    "fastapi": (
        "Build a FastAPI application for user management with registration, login using JWT, and"
        " profile endpoints. Include Pydantic models for request/response validation.",
        Entry("fastapi", "app.main:app", env={"JWT_SECRET": SECRET}),
    ),
    "flask": (
        "Create a Flask app where people can register, log in and see their profile. Login should"
        " hand out a JWT. Validate the request bodies.",
        Entry("flask", "app:create_app()", env={"JWT_SECRET": SECRET}),
    ),
}


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("name", APPLIED)
async def test_the_tests_of_a_case_pass(name: str, tmp_path: Path) -> None:
    case, folder = APPLIED[name], tmp_path / "project"
    result = await case.run(folder)
    disk.write(folder, result.before, result.after)
    run_tests(case, folder)


@pytest.mark.parametrize("framework", NEW)
async def test_a_new_project_passes_its_tests(framework: str, tmp_path: Path) -> None:
    folder = await made(NEW[framework][0], tmp_path)
    run([sys.executable, "-m", "pytest", "-q", "-p", "no:asyncio"], folder)
    run([sys.executable, "-m", "ruff", "check", "."], folder)
    run([sys.executable, "-m", "ruff", "format", "--check", "."], folder)
    again = await ran(NEW[framework][0], folder)
    assert not again.change


@pytest.mark.parametrize("framework", NEW)
async def test_a_new_project_answers(framework: str, tmp_path: Path) -> None:
    request, entry = NEW[framework]
    folder = await made(request, tmp_path)
    with running(folder, entry) as port:
        person = {"email": "ada@example.com", "password": "a long enough secret", "name": "Ada"}
        signed = {"email": person["email"], "password": person["password"]}
        assert asked(port, "POST /auth/register", person)[0] == 201
        assert asked(port, "POST /auth/register", person)[0] == 409
        assert asked(port, "POST /auth/register", {**person, "email": "none"})[0] == 422
        wrong = asked(port, "POST /auth/login", {**signed, "password": "wrong"})
        assert (wrong[0], wrong[1]["error"]["code"]) == (401, "invalid_credentials")
        status, answer = asked(port, "POST /auth/login", signed)
        assert status == 200
        token = answer["access_token"]
        status, profile = asked(port, "GET /profile", token=token)
        assert (status, profile["email"], profile["name"]) == (200, person["email"], "Ada")
        assert "password" not in json.dumps(profile)
        assert asked(port, "PATCH /profile", {"name": "Countess"}, token)[1]["name"] == "Countess"
        claims = {"sub": str(profile["id"]), "exp": int(time.time()) + 60}
        refused = {
            "": "token_missing",
            jwt.encode(claims, "x" * 32): "token_invalid",
            jwt.encode(claims, None, algorithm="none"): "token_invalid",
            jwt.encode({"sub": claims["sub"]}, SECRET): "token_invalid",
            jwt.encode({**claims, "sub": "999"}, SECRET): "token_invalid",
            jwt.encode({**claims, "exp": int(time.time()) - 60}, SECRET): "token_expired",
        }
        for given, code in refused.items():
            status, answer = asked(port, "GET /profile", token=given)
            assert (status, answer["error"]["code"]) == (401, code)
        assert asked(port, "GET /profile", token=jwt.encode(claims, SECRET))[0] == 200


@pytest.mark.parametrize("framework", NEW)
async def test_a_new_project_does_not_start_without_a_secret(
    framework: str, tmp_path: Path
) -> None:
    request, entry = NEW[framework]
    folder = await made(request, tmp_path)
    module, _, factory = entry.entry.partition(":")
    code = f"from {module} import {factory.removesuffix('()')} as app"
    code += "; app()" if factory.endswith("()") else ""
    env = {key: value for key, value in os.environ.items() if key != "JWT_SECRET"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"jwt_secret" in done.stderr.lower()


async def made(request: str, tmp_path: Path) -> Path:
    """A project that the request has made in an empty folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    result = await ran(request, folder)
    assert result.exit_status == 0, result.report.summary
    assert [it for it in result.report.checks if it.status == "failed"] == []
    disk.write(folder, result.before, result.after)
    return folder


async def ran(request: str, folder: Path) -> Result:
    workspace = Workspace(folder)
    workspace.refresh()
    return await Engine(workspace, Settings(), Offline()).run(Ask("jwt-auth", text=request))


def run_tests(case: Case, folder: Path) -> None:
    """The tests of a project that a case has changed, by what runs them there."""
    if "package.json" in case.before:
        link_node_modules(folder)
        packages = case.before["package.json"]
        tests = [path for path in case.after if ".test." in path or ".spec." in path]
        runner = next((it for it in ("vitest", "jest") if f'"{it}"' in packages), "")
        arguments = {"vitest": ["vitest", "run"], "jest": ["jest"]}.get(runner, ["--test"])
        module = folder / "node_modules" / runner / f"{'bin/jest.js' if runner == 'jest' else ''}"
        entry = [str(module if runner == "jest" else folder / "node_modules/vitest/vitest.mjs")]
        run(
            [command("node"), *(entry if runner else []), *arguments[1 if runner else 0 :], *tests],
            folder,
        )
        if any(path.endswith(".ts") for path in case.after):
            typecheck(folder)
    elif "manage.py" in case.before:
        settings = next(path for path in case.before if path.endswith("settings.py"))
        module = settings.removesuffix(".py").replace("/", ".")
        run(
            [sys.executable, "-m", "django", "test", "--settings", module, "--pythonpath", "."],
            folder,
        )
    else:
        tests = [path for path in case.after if path.rpartition("/")[2].startswith("test_")]
        run([sys.executable, "-m", "pytest", "-q", "-p", "no:asyncio", *tests], folder)
    code = [path for path in case.after if path.endswith(".py") and path not in case.before]
    if code:
        lint = ["--isolated", "--line-length", "100", "--no-cache"]
        run([sys.executable, "-m", "ruff", "check", *lint, "--select", "E,F,I,UP,B", *code], folder)
        run([sys.executable, "-m", "ruff", "format", *lint, "--check", *code], folder)


def typecheck(folder: Path) -> None:
    options = {"module": "nodenext", "target": "es2022", "strict": True, "noEmit": True}
    content = {"compilerOptions": {**options, "skipLibCheck": True, "types": ["node"]}}
    (folder / "tsconfig.json").write_text(json.dumps(content), "utf-8")
    run([command("node"), str(folder / "node_modules/typescript/bin/tsc"), "-p", "."], folder)


def run(command_: list[str], folder: Path) -> None:
    source = os.pathsep.join([str(folder), str(folder / "src")])
    done = subprocess.run(
        command_,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command_[:4])}\n{done.stdout}\n{done.stderr}"


def asked(
    port: int, title: str, body: dict[str, str] | None = None, token: str = ""
) -> tuple[int, Any]:
    """The status and what is answered."""
    method, path = title.split(" ")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    sent = json.dumps(body) if body is not None else None
    connection.request(method, path, sent, {"Content-Type": "application/json", **headers})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, json.loads(text) if text else None
