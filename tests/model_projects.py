"""The projects under model_apps/: what is read of their models, and what their library says.

Each project has an `app.toml` that names the module or file which loads all of its models; a dumper
beside the libraries' folders runs it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from backwright.cli.show import models_json
from backwright.index.workspace import Workspace
from node import command, link_node_modules, node_modules

ROOT = Path(__file__).resolve().parent / "model_apps"
Models = list[dict[str, Any]]


def projects(library: str) -> list[Path]:
    return sorted(file.parent for file in (ROOT / library).glob("*/app.toml"))


def read(project: Path, *kinds: str) -> Models:
    """What is read of the project, as it is compared: in the order of names, without places."""
    found = models_json(Workspace(project).refresh())
    return compared([it for it in found if it["kind"] in kinds])


def compared(models: Models) -> Models:
    return sorted(
        (
            {
                "name": it["name"],
                "table": it["table"],
                "fields": sorted(it["fields"], key=lambda field: field["name"]),
                "relations": sorted(it["relations"], key=lambda relation: relation["name"]),
                "indexes": sorted(
                    ({"fields": i["fields"], "unique": i["unique"]} for i in it["indexes"]),
                    key=lambda index: (index["fields"], index["unique"]),
                ),
            }
            for it in models
        ),
        key=lambda it: it["name"],
    )


def python_truth(dumper: str, project: Path, static: Models) -> Models:
    """What the library says, run in a process of its own."""
    return run(
        [sys.executable, "-W", "ignore", str(ROOT / dumper), entry(project)], project, static
    )


def node_truth(dumper: str, project: Path, static: Models) -> Models:
    """What a library of Node says, with TypeScript compiled as it is loaded."""
    link_node_modules(ROOT)
    tsx = (node_modules() / "tsx" / "dist" / "loader.mjs").as_uri()
    return run(
        [command("node"), "--import", tsx, str(ROOT / dumper), entry(project)], project, static
    )


def ruby_truth(dumper: str, project: Path, static: Models) -> Models:
    return run(["ruby", str(ROOT / dumper), entry(project)], project, static)


def entry(project: Path) -> str:
    table = tomllib.loads((project / "app.toml").read_text(encoding="utf-8"))
    return str(table["entry"])


def run(command: list[str], project: Path, static: Models) -> Models:
    done = subprocess.run(
        command,
        cwd=project,
        input=json.dumps(static),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    truth: Models = json.loads(done.stdout)
    return compared(truth)
