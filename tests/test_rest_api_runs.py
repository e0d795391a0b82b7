"""New projects of `rest-api`, run: their own tests, their linters, and calls over the network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import httpx2
import pytest

from apps.truth import Entry
from backwright.recipes.brief.brief import Brief
from backwright.recipes.rest_api.files import Order
from backwright.recipes.rest_api.reserved import with_free_classes
from backwright.recipes.rest_api.resources import Api, api_of
from briefs import BANK, BLOG, SHOP
from node import command, link_node_modules
from running import free_port, running, wait_for

PYTHON = {
    "fastapi": Entry("fastapi", "app.main:app"),
    "flask": Entry("flask", "app:create_app()"),
}
SCRIPT = {
    "typescript": ("express", "dist/server.js"),
    "javascript": ("express", "src/server.js"),
    "nestjs": ("nestjs", "dist/main.js"),
}
BRIEFS = {"blog": BLOG, "shop": SHOP, "bank": BANK}


def made(brief: Brief, how: str, folder: Path) -> Path:
    """A new project for the brief."""
    language = "python" if how in PYTHON else "typescript" if how == "nestjs" else how
    framework = SCRIPT[how][0] if how in SCRIPT else how
    api = api_of(brief)
    assert isinstance(api, Api)
    make = import_module(f"backwright.recipes.rest_api.{framework}.new_project").new_project
    for file in make(with_free_classes(api, language), Order("Test API", language)):
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text, encoding="utf-8", newline="\n")
    return folder


def run(folder: Path, *command: str) -> None:
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, f"{done.stdout[-4000:]}\n{done.stderr[-2000:]}"


def run_node(folder: Path, package: str, script: str, *arguments: str) -> None:
    run(folder, command("node"), f"node_modules/{package}/{script}", *arguments)


@contextmanager
def answering(folder: Path, how: str) -> Iterator[httpx2.Client]:
    """A client of the project, which runs with its own database."""
    if how in PYTHON:
        with running(folder, PYTHON[how]) as port, _client(port) as client:
            yield client
        return
    if SCRIPT[how][1].startswith("dist/"):
        run_node(folder, "typescript", "bin/tsc", "-p", "tsconfig.build.json")
    port = free_port()
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [command("node"), SCRIPT[how][1]],
            cwd=folder,
            env={**os.environ, "PORT": str(port)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(port, process, log)
        with _client(port) as client:
            yield client
    finally:
        process.terminate()
        process.wait(20)


def _client(port: int) -> httpx2.Client:
    return httpx2.Client(base_url=f"http://127.0.0.1:{port}")


@pytest.mark.parametrize("brief", ["shop", "bank"])
@pytest.mark.parametrize("how", PYTHON)
def test_a_new_project_in_python_passes_its_tests_and_linters(
    how: str, brief: str, tmp_path: Path
) -> None:
    folder = made(BRIEFS[brief], how, tmp_path / "project")
    run(folder, sys.executable, "-m", "ruff", "check", ".")
    run(folder, sys.executable, "-m", "ruff", "format", "--check", ".")
    run(folder, sys.executable, "-m", "pytest", "-q", "-p", "no:asyncio")


@pytest.mark.parametrize("brief", ["shop", "bank"])
@pytest.mark.parametrize("how", ["typescript", "nestjs"])
def test_a_new_project_in_typescript_compiles(how: str, brief: str, tmp_path: Path) -> None:
    folder = made(BRIEFS[brief], how, tmp_path / "project")
    link_node_modules(folder)
    run_node(folder, "typescript", "bin/tsc", "--noEmit")


@pytest.mark.parametrize(
    ("how", "brief"),
    [
        ("typescript", "blog"),
        ("javascript", "bank"),
        ("nestjs", "blog"),
    ],
)
def test_a_new_project_on_node_passes_its_tests(how: str, brief: str, tmp_path: Path) -> None:
    folder = made(BRIEFS[brief], how, tmp_path / "project")
    link_node_modules(folder)
    run_node(folder, "vitest", "vitest.mjs", "run")


@pytest.mark.parametrize("how", [*PYTHON, *SCRIPT])
def test_a_new_project_answers(how: str, tmp_path: Path) -> None:
    folder = made(BLOG, how, tmp_path / "project")
    if how in SCRIPT:
        link_node_modules(folder)
    invalid = 422 if how in PYTHON else 400
    key = "post_id" if how in PYTHON else "postId"
    with answering(folder, how) as client:
        assert client.get("/posts").json() == {"items": [], "total": 0, "limit": 20, "offset": 0}
        post = client.post("/posts", json={"title": "One", "content": "Words"})
        assert post.status_code == 201
        one = f"/posts/{post.json()['id']}"
        assert client.get(one).json() == post.json()
        comment = client.post(f"{one}/comments", json={"author": "Someone", "body": "Well"})
        assert comment.status_code == 201
        assert comment.json()[key] == post.json()["id"]
        assert client.get(f"{one}/comments").json()["items"] == [comment.json()]
        assert client.get("/comments", params={key: post.json()["id"]}).json()["total"] == 1
        assert client.get("/comments", params={key: 77}).json()["total"] == 0
        changed = client.patch(one, json={"title": "Two"})
        assert (changed.json()["title"], changed.json()["content"]) == ("Two", "Words")
        assert client.patch(one, json={"title": None}).status_code == invalid
        replaced = client.put(one, json={"title": "Three", "content": "Others"})
        assert replaced.json()["content"] == "Others"
        assert client.put(one, json={"title": "Three"}).status_code == invalid
        for path in ("/posts/999", "/posts/999/comments", "/nowhere"):
            missing = client.get(path)
            assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not_found")
        assert client.post("/posts/999/comments", json=comment.json()).status_code == 404
        unknown = {"author": "Someone", "body": "Well", key: 999}
        assert client.post("/comments", json=unknown).status_code == invalid
        refused = client.post("/posts", json={"title": ""})
        assert refused.status_code == invalid
        assert refused.json()["error"]["details"]
        broken = client.post("/posts", content="{", headers={"Content-Type": "application/json"})
        assert broken.status_code in {400, 422}
        assert set(broken.json()["error"]) == {"code", "message", "details"}
        assert client.get("/posts/99999999999999999999").status_code in {404, invalid}
        assert client.get("/posts", params={"limit": 1000}).status_code == invalid
        assert client.delete(one).status_code == 204
        assert client.get("/comments").json()["total"] == 0
        assert client.delete(one).status_code == 404


def test_the_manifest_on_node_names_what_is_imported(tmp_path: Path) -> None:
    folder = made(SHOP, "nestjs", tmp_path / "project")
    manifest = json.loads((folder / "package.json").read_text("utf-8"))
    named = {*manifest["dependencies"], *manifest["devDependencies"]}
    imported = set()
    for file in folder.rglob("*.ts"):
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("import type "):
                continue  # its types come with those of another package
            module = line.rpartition("from '")[2].removesuffix("';") if " from '" in line else ""
            if module and not module.startswith((".", "node:")):
                parts = module.split("/")
                imported.add("/".join(parts[: 2 if module.startswith("@") else 1]))
    assert imported <= named
