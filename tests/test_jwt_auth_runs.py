"""What jwt-auth writes, run: the tests that it generates, and projects called as clients do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import jwt
import pytest

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


@pytest.mark.parametrize("language", ["TypeScript", "JavaScript"])
async def test_a_new_project_of_express_is_behind_tokens(language: str, tmp_path: Path) -> None:
    request = f"JWT middleware for Express in {language} that handles expired tokens"
    folder = await made(request, tmp_path)
    typed = language == "TypeScript"
    link_node_modules(folder)
    run([command("node"), str(folder / "node_modules/vitest/vitest.mjs"), "run"], folder)
    if typed:
        run([command("node"), str(folder / "node_modules/typescript/bin/tsc"), "-p", "."], folder)
    entry = Entry(
        "express",
        "src/app.ts" if typed else "src/app.js",
        export="createApp()",
        typescript=typed,
        env={"JWT_SECRET": SECRET},
    )
    claims = {"sub": "7", "exp": int(time.time()) + 60}
    with running(folder, entry) as port:
        assert asked(port, "GET /health")[0] == 200
        assert asked(port, "GET /me")[1]["error"] == "token_missing"
        assert asked(port, "GET /me", token=jwt.encode(claims, SECRET)) == (200, {"id": "7"})
        late = jwt.encode({**claims, "exp": int(time.time()) - 60}, SECRET)
        assert asked(port, "GET /me", token=late)[1]["error"] == "token_expired"
        unsigned = jwt.encode(claims, None, algorithm="none")
        assert asked(port, "GET /me", token=unsigned)[1]["error"] == "token_invalid"
