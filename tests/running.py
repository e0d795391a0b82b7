"""Apps of projects as processes that answer on the loopback interface."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from apps.truth import Entry
from node import command

SAMPLE_ENTRIES = {
    "fastapi_makerspace": Entry(
        "fastapi",
        "app.main:app",
        env={"MAKERSPACE_TOKEN_SECRET": "only for this test, long enough"},
    ),
    "flask_fieldnotes": Entry(
        "flask",
        "fieldnotes:create_app()",
        env={
            "FIELDNOTES_SECRET_KEY": "only for this test",
            "FIELDNOTES_SQLALCHEMY_DATABASE_URI": "sqlite://",
        },
    ),
    "express_carpool": Entry(
        "express",
        "src/app.js",
        export="createApp()",
        env={"CARPOOL_TOKEN_SECRET": "only for this test"},
    ),
}
"""How each of the bundled samples is started."""

_STARTS_WITHIN = 60  # seconds
_NODE = """
import { createRequire } from 'node:module';
const [file, name] = process.argv.slice(1);
// An app that asks whether it is the program, by `module.parent`, has to be required.
const isCommon = process.env.TEST_COMMONJS === '1';
const loaded = isCommon ? { default: createRequire(file)(file) } : await import(file);
const called = name.endsWith('()');
const found = loaded[called ? name.slice(0, -2) : name] ?? loaded.default?.[name.replace('()', '')];
const app = await (called ? found() : found);
const server = app.listen(Number(process.env.TEST_PORT), '127.0.0.1');
process.on('SIGTERM', () => { server.closeAllConnections(); process.exit(0); });
"""


@contextmanager
def running(folder: Path, entry: Entry) -> Iterator[int]:
    """The app as a process that answers on the port."""
    port = free_port()
    root = (folder / entry.root).resolve()
    roots = os.pathsep.join(str((root / it).resolve()) for it in entry.source_roots)
    log = folder.parent / f"{folder.name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            _command(entry, root, port),
            cwd=root,
            env={
                **os.environ,
                "PYTHONPATH": roots,
                "TEST_PORT": str(port),
                "TEST_COMMONJS": str(int(_is_common(root / entry.entry))),
                **entry.env,
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(port, process, log)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _command(entry: Entry, root: Path, port: int) -> list[str]:
    target, factory = entry.entry.removesuffix("()"), entry.entry.endswith("()")
    if entry.framework == "fastapi":
        made = ["--factory"] if factory else []
        serve = [sys.executable, "-m", "uvicorn", target, "--port", str(port), *made]
        return [*serve, "--log-level", "warning"]
    if entry.framework == "flask":
        return [sys.executable, "-m", "flask", "--app", entry.entry, "run", "--port", str(port)]
    loader = ["--import", "tsx"] if entry.typescript else []
    file = str((root / entry.entry).resolve())
    return [command("node"), *loader, "--input-type=module", "-e", _NODE, file, entry.export]


def _is_common(file: Path) -> bool:
    return file.suffix == ".js" and "require(" in file.read_text("utf-8")


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns once something answers at the port; fails with the log when the process ends."""
    end = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text("utf-8", "replace")[-3000:]
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing answers: {log.read_text('utf-8', 'replace')[-3000:]}")
