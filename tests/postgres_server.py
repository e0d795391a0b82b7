"""A PostgreSQL server of its own for a test, where one is installed; it starts in two seconds."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

TOOLS = ("initdb", "pg_ctl", "psql")


def missing() -> str:
    """Why no server can be started here, "" when one can."""
    absent = [name for name in TOOLS if shutil.which(name) is None]
    if absent:
        return f"{', '.join(absent)} is not installed"
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("runuser") is None:
        return "PostgreSQL does not run as root"
    return ""


class Server:
    def __init__(self, socket: Path) -> None:
        self._socket = socket

    def run(self, *files: Path) -> None:
        """Runs the statements of the files, in order."""
        self._psql([part for file in files for part in ("-f", str(file))])

    def ask(self, statement: str) -> str:
        return self._psql(["-c", statement])

    def _psql(self, arguments: Sequence[str]) -> str:
        command = [
            "psql",
            "-h",
            str(self._socket),
            "-U",
            "postgres",
            "-XAtq",
            "-v",
            "ON_ERROR_STOP=1",
        ]
        done = subprocess.run(
            [*command, *arguments], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """A server whose data and socket lie in `folder`, which is not a long path."""
    as_user: list[str] = []
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    options = f"-c listen_addresses='' -k {folder} -F"

    def call(*command: str) -> None:
        subprocess.run(
            [*as_user, *command], cwd=folder, stdout=subprocess.DEVNULL, timeout=60, check=True
        )

    call("initdb", "-D", str(data), "-A", "trust", "-N", "-U", "postgres")
    call("pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield Server(folder)
    finally:
        call("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
