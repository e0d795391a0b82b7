"""Runs the tests that a change adds, in a scratch copy of the project, where that is allowed."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from backwright.facts.backend import Stack
from backwright.index.discover import PRUNED
from backwright.index.testfiles import is_test
from backwright.verify.review import Check, Review

NAME = "tests"
SECONDS = 120
_LINKED = ("node_modules", ".venv", "venv")
_SHOWN = 1500


async def trial(
    root: Path,
    review: Review,
    policy: Literal["never", "ask", "always"],
    *,
    trusted: bool,
    consent: bool,
) -> Check | None:
    """The result of the changed test files; None when no test file changed.

    Nothing of an untrusted workspace is run, whoever asks.
    """
    files = [path for path in review.sources if is_test(path)]
    if not files:
        return None
    if not trusted:
        return Check(NAME, "skipped", "not run: the workspace is not trusted")
    if policy == "never" or (policy == "ask" and not consent):
        return Check(NAME, "skipped", f"not run: verify.runTests is {policy}")
    command = _command(root, review.stack, files)
    if command is None:
        return Check(NAME, "skipped", "not run: no test runner is known for this project")
    with tempfile.TemporaryDirectory(prefix="backwright-") as scratch:
        copy = Path(scratch) / root.name
        await asyncio.to_thread(_copy, root, copy, review.after)
        return await _run(command, copy / review.stack.root)


def _command(root: Path, stack: Stack, files: list[str]) -> list[str] | None:
    inside = [_relative(path, stack.root) for path in files]
    folder = root / stack.root
    if all(path.endswith(".py") for path in files):
        return [_python(folder, root), "-m", "pytest", "-q", "-p", "no:cacheprovider", *inside]
    for runner, arguments in (("vitest", ["run"]), ("jest", []), ("mocha", [])):
        for place in (folder, root):
            program = place / "node_modules" / ".bin" / runner
            if program.exists():
                return [f"{_up(folder, place)}node_modules/.bin/{runner}", *arguments, *inside]
    return None


def _up(folder: Path, place: Path) -> str:
    return "./" if folder == place else "../" * len(folder.relative_to(place).parts)


def _relative(path: str, folder: str) -> str:
    return path.removeprefix(folder.rstrip("/") + "/") if folder not in {"", "."} else path


def _python(folder: Path, root: Path) -> str:
    for place in (folder, root):
        for program in (".venv/bin/python", "venv/bin/python", ".venv/Scripts/python.exe"):
            if (place / program).exists():
                return str(place / program)
    active = os.environ.get("VIRTUAL_ENV")
    return str(Path(active) / "bin" / "python") if active else sys.executable


def _copy(root: Path, copy: Path, after: Mapping[str, bytes | None]) -> None:
    """The project without what is only built or installed; installed packages are linked."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if name in PRUNED}

    shutil.copytree(root, copy, ignore=left_out, symlinks=True, ignore_dangling_symlinks=True)
    for name in _LINKED:
        for found in [root / name, *root.glob(f"*/{name}"), *root.glob(f"*/*/{name}")]:
            target = copy / found.relative_to(root)
            if found.is_dir() and target.parent.is_dir() and not target.exists():
                target.symlink_to(found.resolve(), target_is_directory=True)
    for path, source in after.items():
        file = copy / path
        if source is None:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(source)


async def _run(command: list[str], folder: Path) -> Check:
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env=_environment(),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(), SECONDS)
    except TimeoutError:
        return Check(NAME, "failed", f"the tests did not end within {SECONDS} s")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    text = output.decode("utf-8", "replace").strip()
    if process.returncode == 0:
        return Check(NAME, "passed", text.splitlines()[-1] if text else "the new tests pass")
    return Check(NAME, "failed", f"{shlex.join(command)} failed:\n{text[-_SHOWN:]}")


def _environment() -> dict[str, str]:
    """The environment without keys of model endpoints."""
    return {k: v for k, v in os.environ.items() if not k.endswith(("_API_KEY", "_TOKEN"))}
