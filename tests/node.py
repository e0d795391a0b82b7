"""The Node packages that tests need, installed once for all test runs and linked where needed.

`package.json` beside this file names them. They are kept in the user's cache under a name made from
what that file asks for, so a change of it is installed afresh and an interrupted install never
counts. BACKWRIGHT_TEST_CACHE moves the cache.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

_HERE = Path(__file__).resolve().parent
_MANIFEST = _HERE / "package.json"
_TIMEOUT = 600  # seconds; a first install downloads some 300 MB


class NodeError(Exception):
    """Node or npm is missing, or npm could not install the packages."""


def node_modules() -> Path:
    """The folder that holds the installed packages; installs them when it is not there yet."""
    cache = cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    home = cache / f"node-{_fingerprint(_MANIFEST)}"
    with FileLock(cache / "node.lock", timeout=_TIMEOUT):
        if not home.is_dir():
            _install(home)
    return home / "node_modules"


def link_node_modules(folder: Path) -> Path:
    """Makes the packages importable from `folder` and below it; returns the link.

    A folder that has packages of its own keeps them.
    """
    link, target = folder / "node_modules", node_modules()
    if link.is_dir() and not link.is_symlink():
        return link
    if not link.is_symlink() or link.readlink() != target:
        # Renaming replaces the link in one step: other test processes may be reading through it.
        fresh = folder / f".node_modules-{os.getpid()}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target, target_is_directory=True)
        fresh.replace(link)
    return link


def command(name: str) -> str:
    """The full path of `node`, `npm` or `npx`; raises NodeError when it is not installed."""
    found = shutil.which(name)
    if found is None:
        raise NodeError(f"{name} is not installed; the tests of Express projects need Node 20.19")
    return found


def cache_folder() -> Path:
    """Where tests keep what is slow to make and the same for every run."""
    moved = os.environ.get("BACKWRIGHT_TEST_CACHE")
    return Path(moved) if moved else user_cache_path("backwright-tests")


def _fingerprint(manifest: Path) -> str:
    table = json.loads(manifest.read_text(encoding="utf-8"))
    wanted = {key: table.get(key, {}) for key in ("dependencies", "devDependencies")}
    return hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()[:16]


def _install(home: Path) -> None:
    with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
        staged = Path(scratch, home.name)
        staged.mkdir()
        shutil.copy(_MANIFEST, staged)
        flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
        done = subprocess.run(
            [command("npm"), "install", *flags],
            cwd=staged,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_TIMEOUT,
            check=False,
        )
        if done.returncode != 0:
            raise NodeError(f"npm install ended with {done.returncode}\n{done.stderr}")
        staged.rename(home)
