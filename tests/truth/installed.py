"""Installs a backend with its packages, once, in a folder of the user's cache."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from platformdirs import user_cache_path

from truth.project import Project


class NotInstalledError(Exception):
    """pip or npm failed; the message is the end of what it printed."""


_TIMEOUT = 1800  # seconds; some projects have hundreds of packages


def installed(project: Project) -> Path:
    """The folder that `project` is installed in."""
    asked = json.dumps([project.install, project.overrides, sys.version_info[:2]])
    digest = hashlib.sha256(asked.encode()).hexdigest()[:12]
    home = user_cache_path("backwright-truth") / f"{project.name}-{digest}"
    done = home / ".installed"
    if not done.is_file():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        print(f"installing {', '.join(project.install)} …", flush=True)
        (_with_npm if project.dump == "express" else _with_pip)(project, home)
        done.touch()
    return home


def python(home: Path) -> Path:
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def sources(project: Project, home: Path) -> Path:
    """The folder that is read: the package, or copies of the project's packages side by side."""
    if project.dump != "express":
        [site] = home.glob("**/site-packages")
        return site / project.read[0]
    modules = home / "node_modules"
    if len(project.read) == 1:
        return modules / project.read[0]
    together = home / "packages"
    for name in project.read:
        target = together / name.replace("/", "-")
        if not target.is_dir():
            own = shutil.ignore_patterns("node_modules")
            shutil.copytree(modules / name, target, ignore=own)
    return together


def _with_pip(project: Project, home: Path) -> None:
    _run([sys.executable, "-m", "venv", str(home)], home)
    pip = [str(python(home)), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    _run([*pip, "install", *project.install], home)


def _with_npm(project: Project, home: Path) -> None:
    wanted: dict[str, str] = {}
    for spec in project.install:
        name, _, version = spec.rpartition("@") if spec.count("@") == 1 else spec.partition("@")
        wanted[name] = version
    # The dump takes the version of Express from here.
    wanted.setdefault("express", project.express)
    manifest = {"private": True, "dependencies": wanted, "overrides": project.overrides}
    (home / "package.json").write_text(json.dumps(manifest, indent=2), "utf-8")
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is not installed")
    _run([npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"], home)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=_TIMEOUT, check=False
    )
    if done.returncode:
        raise NotInstalledError(f"{' '.join(command[-2:])}: {done.stderr[-2000:]}")
