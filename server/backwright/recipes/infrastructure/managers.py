"""How an application's packages are installed: its package manager's commands and files."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from backwright.recipes.infrastructure.present import first_present
from backwright.recipes.outcome import Situation


class Manager(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One package manager as `managers.toml` describes it."""

    language: str
    files: tuple[str, ...]
    locked: str
    unlocked: str
    locks: tuple[str, ...] = ()
    setup: str = ""
    production: str = ""
    omit: str = ""
    dev: str = ""
    cache: str = ""
    run: str = ""
    exec: str = ""
    environment: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Install:
    """How one application is installed. Paths are relative to its folder.

    `files` are what the commands need; `whole` when that is all of the project. `lock` is "" when
    there is none. `setup` comes first, once.
    """

    manager: str
    files: tuple[str, ...]
    everything: str
    production: str
    lock: str = ""
    setup: str = ""
    cache: str = ""
    run: str = ""
    exec: str = ""
    whole: bool = False
    environment: tuple[tuple[str, str], ...] = ()


@cache
def managers() -> dict[str, Manager]:
    file = Path(__file__).with_name("managers.toml")
    return msgspec.toml.decode(file.read_bytes(), type=dict[str, Manager])


def install_of(situation: Situation, name: str, *, exact_version: str = "") -> Install:
    """How the application is installed with the manager of that name.

    `exact_version` is the manager's own where the project says it, such as `9.12.0`.
    """
    known = managers()[name]
    folder = situation.stack.root
    lock = _inside(first_present(situation, folder, known.locks), folder)
    files = [_inside(first_present(situation, folder, [it]), folder) for it in known.files]
    command = known.locked if lock else known.unlocked
    # Without the project saying which pnpm it is written for, corepack would ask or take any.
    setup = known.setup
    if name == "pnpm" and not exact_version:
        setup = "npm install --global pnpm@10"
    return Install(
        manager=name,
        files=tuple(it for it in (*files, lock) if it),
        everything=f"{command} {known.dev}".strip(),
        production=known.production or f"{command} {known.omit}".strip(),
        lock=lock,
        setup=setup,
        cache=known.cache,
        run=known.run,
        exec=known.exec,
        environment=tuple(known.environment.items()),
    )


def _inside(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder or ".") if path else ""
