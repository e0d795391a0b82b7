"""The routes that a backend's own framework reports once the backend is loaded."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from truth.installed import python, sources
from truth.project import HERE, Project

Routes = frozenset[tuple[str, str]]

_HOMES = ("HOME", "PREFECT_HOME", "AIRFLOW_HOME", "MLFLOW_HOME", "SUPERSET_HOME")
_TIMEOUT = 300  # seconds


class NotLoadedError(Exception):
    """The backend could not be loaded; the message is the end of what it printed."""


def reported(project: Project, home: Path) -> Routes:
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "routes.json"
        # Whatever a backend keeps goes into the scratch folder.
        places = dict.fromkeys(
            ("HOME", "PREFECT_HOME", "AIRFLOW_HOME", "MLFLOW_HOME", "SUPERSET_HOME"), scratch
        )
        done = subprocess.run(
            _command(project, home, out),
            cwd=home,
            env={**os.environ, **places, **project.env},
            capture_output=True,
            text=True,
            timeout=_TIMEOUT,
            check=False,
        )
        if done.returncode:
            raise NotLoadedError(f"{project.name}: {done.stderr[-2000:]}")
        return frozenset((method, path) for method, path in json.loads(out.read_text("utf-8")))


def _command(project: Project, home: Path, out: Path) -> list[str]:
    if project.dump == "asgi":
        return [str(python(home)), str(HERE / "dump_asgi.py"), str(out), project.entry]
    if project.dump in {"django", "flask"}:
        dump = HERE.parent / "apps" / f"dump_{project.dump}.py"
        return [str(python(home)), str(dump), str(out), project.entry, str(sources(project, home))]
    node = shutil.which("node")
    if node is None:
        raise FileNotFoundError("node is not installed")
    entry = shutil.copy(HERE / "entries" / project.entry, home)
    dump = HERE.parent / "apps" / "dump_express.cjs"
    return [node, str(dump), str(out), str(entry), "default()"]
