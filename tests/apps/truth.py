"""The route table of a small project as its own framework reports it when the project is run.

Every project under this folder carries an `app.toml` that says how to load it (README.md lists
the keys). The project is loaded in a process of its own, and no port is opened. Express projects
run on the packages that `tests/node.py` installs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from node import command, link_node_modules
from ruby import missing

_HERE = Path(__file__).resolve().parent
_TIMEOUT = 300  # seconds; building a Next.js app on a busy machine takes more than one minute
_DUMPS = {
    "fastapi": "dump_asgi.py",
    "starlette": "dump_asgi.py",
    "flask": "dump_flask.py",
    "ariadne": "dump_graphql.py",
    "aiohttp": "dump_aiohttp.py",
    "tornado": "dump_tornado.py",
    "sanic": "dump_sanic.py",
    "litestar": "dump_litestar.py",
    "falcon": "dump_falcon.py",
    "django": "dump_django.py",
    "express": "dump_express.cjs",
    "fastify": "dump_fastify.cjs",
    "graphene": "dump_graphql.py",
    "graphql": "dump_graphql.cjs",
    "hapi": "dump_hapi.cjs",
    "hono": "dump_hono.mjs",
    "koa": "dump_koa.cjs",
    "nestjs": "dump_nest.cjs",
    "nextjs": "dump_next.cjs",
    "strawberry": "dump_graphql.py",
    "sveltekit": "dump_sveltekit.mjs",
    "trpc": "dump_trpc.mjs",
    "rails": "dump_rails.rb",
    "sinatra": "dump_sinatra.rb",
    "grape": "dump_grape.rb",
}


@dataclass(frozen=True, slots=True, order=True)
class TrueRoute:
    """One method of one path, in the normal form of `backwright routes --json`."""

    method: str
    path: str


class TruthError(Exception):
    """A project could not be loaded, or registers something that has no normal form."""


def true_routes(app_dir: Path) -> list[TrueRoute]:
    """The sorted routes of every app that `app_dir/app.toml` describes.

    Within one app equal entries are folded into one; two apps of a monorepo that answer the same
    path each contribute an entry.
    """
    return sorted(
        TrueRoute(method, path)
        for entry in read_entries(app_dir)
        for method, path in _dump(app_dir, entry)
    )


def app_dirs(root: Path = _HERE) -> list[Path]:
    """The folders below `root` that hold an `app.toml`, sorted."""
    found = (path.parent for path in root.glob("*/*/app.toml"))
    return sorted(path for path in found if "node_modules" not in path.parts)


def cannot_run(app_dir: Path) -> str:
    """Why a project can't be run here, "" where it can."""
    in_ruby = (it for it in read_entries(app_dir) if _DUMPS[it.framework].endswith(".rb"))
    gems = {gem for it in in_ruby for gem in (it.framework, *it.source_roots) if gem != "."}
    return next(filter(None, (missing(gem) for gem in sorted(gems))), "")


@dataclass(frozen=True, slots=True)
class Entry:
    """How one app of a project is loaded; folders are relative to the project's."""

    framework: str
    entry: str
    export: str = "default"
    root: str = "."
    source_roots: tuple[str, ...] = (".",)
    typescript: bool = False
    env: Mapping[str, str] = field(default_factory=dict)


def read_entries(app_dir: Path) -> list[Entry]:
    """The apps of `app_dir/app.toml`: the file's own, or one for each `[[app]]` table."""
    table = tomllib.loads((app_dir / "app.toml").read_text(encoding="utf-8"))
    apps = table.pop("app", [{}])
    return [_entry({**table, **app}, app_dir) for app in apps]


def _entry(table: dict[str, object], app_dir: Path) -> Entry:
    roots = table.get("source_roots", ["."])
    env = table.get("env", {})
    if not isinstance(roots, list) or not isinstance(env, dict):
        raise TruthError(f"{app_dir / 'app.toml'}: source_roots is a list and env is a table")
    return Entry(
        framework=str(table["framework"]),
        entry=str(table["entry"]),
        export=str(table.get("export", "default")),
        root=str(table.get("root", ".")),
        source_roots=tuple(str(it) for it in roots),
        typescript=table.get("typescript") is True,
        env={str(key): str(value) for key, value in env.items()},
    )


def _dump(app_dir: Path, entry: Entry) -> list[tuple[str, str]]:
    root = (app_dir / entry.root).resolve()
    # The table travels in a file because an app may print while it is loaded.
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch, "routes.json")
        done = subprocess.run(
            _command(root, entry, out),
            cwd=root,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **entry.env},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_TIMEOUT,
            check=False,
        )
        if done.returncode != 0:
            raise TruthError(f"{app_dir}: the dump ended with {done.returncode}\n{done.stderr}")
        return [(method, path) for method, path in json.loads(out.read_text(encoding="utf-8"))]


def _command(root: Path, entry: Entry, out: Path) -> list[str]:
    script = _DUMPS.get(entry.framework)
    if script is None:
        raise TruthError(f"{root}: no dump for the framework {entry.framework!r}")
    dump = str(_HERE / script)
    if script.endswith(".py"):
        roots = [str((root / it).resolve()) for it in entry.source_roots]
        return [sys.executable, dump, str(out), entry.entry, *roots]
    if script.endswith(".rb"):
        return ["ruby", dump, str(out), entry.entry, entry.export]
    link_node_modules(_HERE)
    loader = ["--import", "tsx"] if entry.typescript else []
    return [command("node"), *loader, dump, str(out), entry.entry, entry.export]
