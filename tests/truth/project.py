"""What `projects.toml` says of each backend."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

HERE = Path(__file__).resolve().parent


class Project(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One backend; `projects.toml` tells what its fields mean."""

    name: str
    install: list[str]
    read: list[str]
    dump: Literal["asgi", "django", "flask", "express"]
    entry: str
    express: str = "5"
    overrides: dict[str, str] = {}
    env: dict[str, str] = {}
    elsewhere: list[str] = []


class _File(msgspec.Struct, frozen=True):
    project: list[Project]


def projects() -> list[Project]:
    return msgspec.toml.decode((HERE / "projects.toml").read_bytes(), type=_File).project
