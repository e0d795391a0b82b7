"""A MariaDB server of its own for a test, where one is installed; it starts in some seconds."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TOOLS = ("mariadbd", "mariadb-install-db", "mariadb")


def missing() -> str:
    """Why no server can be started here, "" when one can."""
    absent = [name for name in TOOLS if shutil.which(name) is None]
    return f"{', '.join(absent)} is not installed" if absent else ""


class Server:
    def __init__(self, socket: Path) -> None:
        self._socket = socket

    def ask(self, statements: str, database: str = "mysql") -> str:
        command = ["mariadb", "--no-defaults", "-S", str(self._socket), "-N", "-B", database]
        done = subprocess.run(
            command, input=statements, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """A server whose data and socket lie in `folder`, which is not a long path."""
    data, socket = folder / "data", folder / "socket"
    as_root = "--user=root"
    subprocess.run(
        [
            *("mariadb-install-db", "--no-defaults", f"--datadir={data}", as_root),
            *("--auth-root-authentication-method=normal", "--skip-test-db"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=120,
        check=True,
    )
    process = subprocess.Popen(
        [
            *("mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={socket}", as_root),
            *("--skip-networking", f"--pid-file={folder / 'pid'}", "--innodb-flush-method=nosync"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(socket, process)
        yield Server(socket)
    finally:
        process.terminate()
        process.wait(60)


def _wait_for(socket: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while not socket.exists():
        assert process.poll() is None and time.monotonic() < end, "MariaDB does not start"
        time.sleep(0.1)
