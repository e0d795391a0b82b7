"""The worker process by itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from backwright.settings import Settings
from backwright.workers.link import PROGRAM
from backwright.workers.messages import (
    HEAD,
    FromWorker,
    Open,
    Published,
    Ready,
    framed,
    from_worker,
)


def test_it_ends_when_its_pipe_does(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("import fastapi\n")
    with subprocess.Popen(PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin is not None
        worker.stdin.write(framed(Open(str(tmp_path), 3, Settings())))
        worker.stdin.flush()
        said = heard(worker)
        while not isinstance(said[-1], Published):
            said += heard(worker)
        assert isinstance(said[0], Ready)
        assert said[-1].revision == 3
        worker.stdin.close()
        assert worker.wait(10) == 0


def test_a_project_can_not_replace_its_modules(tmp_path: Path) -> None:
    """Editors start servers in the project's folder, where anyone may have put a `json.py`."""
    for name in ("json", "msgspec", "backwright"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('loaded from the project')")
    with subprocess.Popen(
        PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path
    ) as worker:
        assert isinstance(heard(worker)[0], Ready)
        worker.kill()


def heard(worker: subprocess.Popen[bytes]) -> list[FromWorker]:
    assert worker.stdout is not None
    head = worker.stdout.read(HEAD.size)
    assert head, f"the worker ended with {worker.wait(10)}; {sys.executable}"
    return [from_worker(worker.stdout.read(HEAD.unpack(head)[0]))]
