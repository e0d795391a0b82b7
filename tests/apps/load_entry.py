"""Loads `pkg.main:app` or `pkg.main:create_app()` for the dumps that run a Python project."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path


def load_entry(entry: str, source_roots: list[str]) -> object:
    """The object that `entry` names; a trailing `()` calls it without arguments."""
    # The folder of the dumps must not be importable from inside the project.
    here = Path(__file__).resolve().parent
    sys.path[:] = [*source_roots, *(it for it in sys.path if Path(it).resolve() != here)]
    module_name, _, name = entry.partition(":")
    value: object = importlib.import_module(module_name)
    for part in name.removesuffix("()").split("."):
        value = getattr(value, part)
    if name.endswith("()"):
        if not callable(value):
            raise TypeError(f"{entry} is not callable")
        value = value()
    return value


def write_table(out: str, routes: Iterable[tuple[str, str]]) -> None:
    """Writes the routes, each once, as a sorted JSON list of [method, path]."""
    Path(out).write_text(json.dumps(sorted(set(routes))), encoding="utf-8")
