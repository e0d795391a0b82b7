"""Nothing that a folder may hold brings the index down; what is left out is named with reasons."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from backwright.facts.backend import Backend
from backwright.index import discover
from backwright.index.workspace import Workspace

ROUTE = "\n\n@app.get('/health')\ndef health():\n    return 'ok'\n"
APP = f"from fastapi import FastAPI\n\napp = FastAPI(){ROUTE}"


def _read(root: Path) -> Backend:
    """The backend of a folder that also holds one sound app, whose route must be there."""
    (root / "sound.py").write_text(APP)
    backend = Workspace(root).refresh()
    assert "GET /health" in {it.title for it in backend.routes}
    return backend


SKIPPED = {
    "larger than 512 KiB": b"x = 1\n" * 100_000,
    "binary": b"x = 1\n\0\0\0",
    "not UTF-8": "ä = 'ö'\n".encode("latin-1"),
    "minified": b"var a=1;" * 10_000,
}


@pytest.mark.parametrize(("reason", "content"), SKIPPED.items(), ids=SKIPPED)
def test_files_that_are_not_read_are_named(reason: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "odd.js").write_bytes(content)
    assert _read(tmp_path).skipped == {"odd.js": reason}


BROKEN = {
    "cut off": "from fastapi import FastAPI\napp = FastAPI(\n@app.get('/x'\ndef x(:",
    "brackets alone": "((((([[[[{{{{",
    "a conflict": "<<<<<<< ours\napp = 1\n=======\napp = 2\n>>>>>>> theirs\n",
    "empty": "",
    "blank": "\n\n\t\n",
    "another language": "<html><body>{% if x %}</body></html>",
    "a byte order mark": "\ufeffimport os\n",
    "line ends of old": "import os\rimport sys\r",
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("name", ["odd.py", "odd.ts", "odd.js", "odd.tsx"])
def test_broken_files_hurt_nothing(name: str, source: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(source)
    assert _read(tmp_path).skipped == {}


def test_noise_in_every_place(tmp_path: Path) -> None:
    chance = random.Random(7)
    pieces = [*"()[]{}:,.=*@#\\'\"\n\t ", "def ", "class ", "import ", "from ", "app.get(", "=>"]
    for number in range(60):
        noise = "".join(chance.choices(pieces, k=400))
        (tmp_path / f"noise{number}.{('py', 'ts', 'js')[number % 3]}").write_text(noise)
    _read(tmp_path)


DEEP = {
    "calls": ("a.py", f"x = {'f(' * 3000}1{')' * 3000}\n"),
    "lists": ("a.py", f"x = {'[' * 3000}{']' * 3000}\n"),
    "members": ("a.js", f"x = a{'.b()' * 3000};\n"),
    "sums": ("a.py", f"x = {' + '.join(['1'] * 5000)}\n"),
    "blocks": ("a.js", f"{'if (a) { ' * 2000}b(){'}' * 2000}\n"),
    "branches": ("a.js", f"if (a) b(); {'else if (a) b(); ' * 2000}\n"),
    "elifs": ("a.py", "if a:\n    b()\n" + "elif a:\n    b()\n" * 2000),
    "functions": ("a.js", f"{'function f() { ' * 1000}{'}' * 1000}\n"),
    "arrows": ("a.js", f"x = {'a => ' * 2000}1;\n"),
    "lambdas": ("a.py", f"x = {'lambda: ' * 2000}1\n"),
    "assignments": ("a.js", f"{'a = ' * 3000}1;\n"),
    "parentheses": ("a.js", f"x = {'(' * 3000}1{')' * 3000};\n"),
    "types": ("a.ts", f"let x: {'A<' * 2000}B{'>' * 2000};\n"),
    "classes": ("a.js", f"{'class A { m() { ' * 500}{'} }' * 500}\n"),
    "templates": ("a.js", f"x = {'`${' * 1000}1{'}`' * 1000};\n"),
    "patterns": ("a.js", f"const {'{a: ' * 2000}b{'}' * 2000} = c;\n"),
    "attempts": ("a.js", f"{'try { ' * 2000}a(){'} catch {}' * 2000}\n"),
}


@pytest.mark.parametrize(("name", "source"), DEEP.values(), ids=DEEP)
def test_deep_nesting(name: str, source: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(source)
    before = sys.getrecursionlimit()
    _read(tmp_path)
    assert sys.getrecursionlimit() == before


CYCLES = {
    "modules that import each other": {
        "a.py": "from b import y\nfrom fastapi import APIRouter\nx = APIRouter(prefix=y)",
        "b.py": "from a import x\ny = x",
    },
    "a package that imports itself": {
        "p/__init__.py": "from p import q\nfrom . import *",
        "p/q.py": "from p import q, r\nfrom p.q import q as s",
    },
    "names that stand for each other": {
        "a.js": "export { x } from './b'; export * from './b';",
        "b.js": "import { x } from './a'; export { x } from './a'; export * from './a'; x();",
    },
    "modules that require each other": {
        "a.js": "const b = require('./b'); module.exports = { ...b, use: () => b.use() };",
        "b.js": "const a = require('./a'); module.exports = { ...a, use: () => a.use() }; a.use();",
    },
    "routers under each other": {
        "a.py": """
            from fastapi import APIRouter, FastAPI
            app, one, two = FastAPI(), APIRouter(prefix="/one"), APIRouter(prefix="/two")
            one.include_router(two)
            two.include_router(one)
            one.include_router(one)
            app.include_router(one)
            """
    },
    "an app under itself": {
        "a.js": """
            const app = require('express')();
            app.use('/again', app);
            app.get('/x', (req, res) => res.end());
            """
    },
    "functions that call each other": {
        "a.py": """
            from fastapi import APIRouter
            def make(depth):
                router = APIRouter()
                router.include_router(other(depth + 1))
                return router
            def other(depth):
                return make(depth + 1)
            make(0)
            """
    },
    "classes that derive from each other": {
        "a.py": "import b\nclass A(b.B): ...\nA().x",
        "b.py": "import a\nclass B(a.A): ...\nB().x\nclass C(C): ...\nC()",
    },
    "a list in itself": {
        "a.py": """
            from starlette.applications import Starlette
            routes = []
            routes.append(routes)
            app = Starlette(routes=routes)
            """
    },
    "a table in itself": {
        "a.js": """
            const express = require('express');
            const app = express();
            const table = [];
            table.push(table);
            app.use(table);
            app.get('/x', table);
            """
    },
    "settings from themselves": {
        "a.py": """
            from flask import Flask
            app = Flask(__name__)
            app.config.from_object(app.config)
            app.config.from_object("a.app.config")
            app.config["A"] = app.config["A"] + "/a"
            """
    },
    "a dependency of itself": {
        "a.py": """
            from fastapi import Depends, FastAPI
            app = FastAPI()
            def one(it=Depends(lambda: two)): ...
            def two(it=Depends(one), again=Depends(two)): ...
            @app.get("/two")
            def read(it=Depends(two)): ...
            """
    },
}


@pytest.mark.parametrize("files", CYCLES.values(), ids=CYCLES)
def test_cycles_end(files: dict[str, str], tmp_path: Path) -> None:
    for name, source in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(dedent(source))
    _read(tmp_path)


def test_a_long_chain_of_imports(tmp_path: Path) -> None:
    count = 600
    for number in range(count):
        following = f"from m{number + 1} import router\n" if number + 1 < count else ""
        last = "from fastapi import APIRouter\nrouter = APIRouter(prefix='/deep')\n"
        (tmp_path / f"m{number}.py").write_text(following or last)
    (tmp_path / "main.py").write_text(
        "from fastapi import FastAPI\nfrom m300 import router\napp = FastAPI()\n"
        "@router.get('/x')\ndef x(): ...\napp.include_router(router)\n"
    )
    assert "GET /deep/x" in {it.title for it in _read(tmp_path).routes}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_that_lead_back(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "inner" / "itself").symlink_to(tmp_path / "inner" / "itself")
    (tmp_path / "gone.py").symlink_to(tmp_path / "nowhere.py")
    backend = _read(tmp_path)
    assert [it.title for it in backend.routes] == ["GET /health"]


def test_folders_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    opened = os.scandir

    def scandir(path: str | os.PathLike[str]) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return opened(path)

    monkeypatch.setattr(discover.os, "scandir", scandir)
    assert _read(tmp_path).skipped == {"locked": "Permission denied"}


def test_files_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked.py").write_text(APP)
    read = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == "locked.py":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert _read(tmp_path).skipped == {"locked.py": "Permission denied"}


def test_a_file_that_goes_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("gone.py", "gone/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(APP)
    read = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if "gone" in str(path.relative_to(tmp_path)):
            path.unlink()
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    backend = _read(tmp_path)
    assert set(backend.skipped) == {"gone.py", "gone/__init__.py"}


def test_more_files_than_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discover, "MAX_FILES", 20)
    for number in range(30):
        (tmp_path / f"z{number:02}.py").write_text("x = 1\n")
    backend = _read(tmp_path)
    assert backend.skipped == {"": "more than 20 files; the rest is not read"}


def test_thousands_of_files(tmp_path: Path) -> None:
    for folder in range(30):
        (tmp_path / f"f{folder}").mkdir()
        for number in range(100):
            (tmp_path / f"f{folder}" / f"m{number}.py").write_text(f"VALUE = {number}\n")
    _read(tmp_path)


def test_a_loop_over_much_data(tmp_path: Path) -> None:
    rows = ", ".join(f"'/r{number}'" for number in range(3000))
    (tmp_path / "many.py").write_text(
        "from fastapi import FastAPI\napp = FastAPI()\n"
        f"for a in [{rows}]:\n  for b in [{rows}]:\n    for c in [{rows}]:\n"
        "      app.add_api_route(a + b + c, print)\n"
    )
    _read(tmp_path)


def test_odd_names(tmp_path: Path) -> None:
    for name in ("sp ace.py", "ünï.py", "quo'te.py", "-dash.py", "new\nline.py", "a.b.c.py"):
        (tmp_path / name).write_text("from fastapi import FastAPI\n")
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "package.json").write_text("[1, 2")
    (tmp_path / "tsconfig.json").write_text('{"extends": "./tsconfig.json", "compilerOptions": 3}')
    (tmp_path / "pyproject.toml").write_text("[project\nname=")
    (tmp_path / "a.ts").write_text("import x from 'y'; import '../../..'; import z from '/z';")
    _read(tmp_path)
