"""Which version of a language an application is run with."""

from __future__ import annotations

import re

_NODE = ("24", "22", "26", "20", "18", "16")
_PYTHON = ("3.13", "3.12", "3.14", "3.11", "3.10", "3.9", "3.8")
"""The versions in the order of preference: what packages are ready for comes first."""

_BOUND = re.compile(r"(>=|<=|==|!=|~=|\^|~|>|<|=)?\s*v?(\d+)(?:\.(\d+|x|\*))?(?:\.(?:\d+|x|\*))*")


def node_version(wanted: str) -> str:
    """The Node release for a range such as `>=20.19`, `^22` or `18 || 20`."""
    return _chosen(wanted, _NODE) or next(iter(re.findall(r"\d+", wanted)), _NODE[0])


def python_version(wanted: str) -> str:
    """The Python for a range such as `>=3.11,<3.14` or `^3.12`."""
    exact = re.search(r"\d+\.\d+", wanted)
    return _chosen(wanted, _PYTHON) or (exact[0] if exact else _PYTHON[0])


def _chosen(wanted: str, known: tuple[str, ...]) -> str:
    choices = [it for it in wanted.split("||") if it.strip()]
    if not choices:
        return known[0]
    return next((it for it in known if any(_fits(it, choice) for choice in choices)), "")


def _fits(version: str, wanted: str) -> bool:
    bounds = [it for it in _BOUND.finditer(wanted) if it[2]]
    return all(_within(version, it[1] or "", it[2], it[3] or "") for it in bounds)


def _within(version: str, operator: str, major: str, minor: str) -> bool:
    """Whether the newest patch of `version` lies on the right side of a bound.

    Node's versions here are a major alone, which has all of its minor ones.
    """
    mine = [int(it) for it in version.split(".")]
    bound = [int(major)] + ([int(minor)] if minor.isdigit() else [])
    bound_here = bound[: len(mine)]
    match operator:
        case ">=" | ">":
            return mine >= bound_here
        case "<":
            return mine < bound_here or (mine == bound_here and any(bound[len(mine) :]))
        case "<=":
            return mine[: len(bound_here)] <= bound_here
        case "!=":
            return mine != bound
        case "^" | "~=" if len(mine) > 1:
            return mine >= bound_here and mine[0] == bound[0]
        case _:
            return mine[: len(bound_here)] == bound_here
