"""The packages that new projects ask for, each with its range of versions."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec


class _Ranges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    python: dict[str, str]
    node: dict[str, str]


def python_requirements(*names: str) -> list[str]:
    """Requirements as a manifest of Python lists them; a name may have extras."""
    ranges = _ranges().python
    return [f"{name}{ranges[name.partition('[')[0]]}" for name in sorted(names)]


def node_ranges(*names: str) -> dict[str, str]:
    """Names with ranges, as package.json has them."""
    return {name: _ranges().node[name] for name in sorted(names)}


@cache
def _ranges() -> _Ranges:
    file = Path(__file__).with_name("packages.toml")
    return msgspec.toml.decode(file.read_bytes(), type=_Ranges)
