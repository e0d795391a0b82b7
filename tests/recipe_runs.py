"""Runs what recipes write: the tests that they generate, and projects called as clients do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from backwright.edits import disk
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.engine.result import Result
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import Settings
from node import command, link_node_modules
from recipe_cases import Case


async def made(request: str, tmp_path: Path, recipe: str = "jwt-auth") -> Path:
    """A project that the request has made in an empty folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    result = await ran(request, folder, recipe)
    assert result.exit_status == 0, result.report.summary
    assert [it for it in result.report.checks if it.status == "failed"] == []
    disk.write(folder, result.before, result.after)
    return folder


async def ran(request: str, folder: Path, recipe: str = "jwt-auth") -> Result:
    workspace = Workspace(folder)
    workspace.refresh()
    return await Engine(workspace, Settings(), Offline()).run(Ask(recipe, text=request))


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
        run([sys.executable, "-m", "ruff", "check", *lint, "--select", "E,F,I,UP", *code], folder)
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
