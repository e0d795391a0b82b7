"""Pythons with packages that the tests' own environment can't have, each made once for all runs."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from filelock import FileLock

from node import cache_folder

_TIMEOUT = 600


def python_with(*requirements: str) -> Path:
    """The program of an environment that has the packages; it is made when it is not there yet."""
    named = hashlib.sha256(" ".join((sys.version, *requirements)).encode()).hexdigest()[:16]
    home = cache_folder() / f"python-{named}"
    program = home / "bin" / "python"
    cache_folder().mkdir(parents=True, exist_ok=True)
    with FileLock(cache_folder() / f"{home.name}.lock", timeout=_TIMEOUT):
        if not (home / "complete").exists():
            shutil.rmtree(home, ignore_errors=True)
            venv.create(home, with_pip=True)
            install = [program, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
            subprocess.run([*install, *requirements], timeout=_TIMEOUT, check=True)
            (home / "complete").touch()
    return program
