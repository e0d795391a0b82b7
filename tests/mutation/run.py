"""Runs the tests of an endpoint against mutants of it: how many do they notice?"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from generated_tests import Written
from mutation.mutant import Mutant
from mutation.python_mutants import python_mutants
from mutation.script_mutants import script_mutants
from node import link_node_modules
from sample_projects import run_tests

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Trial:
    """One mutant against the tests of one route."""

    mutant: Mutant
    written: Written
    killed: bool


def mutants_of(project: Path, written: Sequence[Written]) -> list[tuple[Mutant, Written]]:
    make = script_mutants if (project / "package.json").is_file() else python_mutants
    return [(mutant, it) for it in written for mutant in make(project, it.route)]


def trials(project: Path, mutants: Sequence[tuple[Mutant, Written]], scratch: Path) -> list[Trial]:
    """Every mutant tried, in two copies of the project side by side."""
    copies: SimpleQueue[Path] = SimpleQueue()
    for number in range(WORKERS):
        copies.put(_copy(project, scratch / f"copy-{number}"))

    def tried(one: tuple[Mutant, Written]) -> Trial:
        copy = copies.get()
        try:
            with one[0].inside(copy):
                return Trial(*one, killed=not _passes(copy, one[1]))
        finally:
            copies.put(copy)

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(tried, mutants))


def sampled(mutants: list[tuple[Mutant, Written]], count: int) -> list[tuple[Mutant, Written]]:
    """So many of them, the same ones each time."""
    return random.Random(7).sample(mutants, min(count, len(mutants)))


def report(found: Sequence[Trial]) -> str:
    """The rate in all and by operator, and what survived."""
    lines = [f"killed {sum(it.killed for it in found)} of {len(found)} mutants"]
    for operator in sorted({it.mutant.operator for it in found}):
        own = [it for it in found if it.mutant.operator == operator]
        lines.append(f"  {operator}: {sum(it.killed for it in own)} of {len(own)}")
    survivors = (f"  {it.written.route.title}: {it.mutant}" for it in found if not it.killed)
    return "\n".join([*lines, "survived:", *survivors])


def _copy(project: Path, target: Path) -> Path:
    shutil.copytree(project, target, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    if (project / "package.json").is_file():
        link_node_modules(target)
    return target


def _passes(project: Path, written: Written) -> bool:
    if (project / "package.json").is_file():
        pattern = re.escape(written.selection) + r"(?![/:\w])"
        return run_tests(project, written.file, "-t", pattern, "--bail", "1").returncode == 0
    done = run_tests(project, written.file, "-x", "-k", _exactly(project, written))
    return done.returncode == 0


def _exactly(project: Path, written: Written) -> str:
    """An expression for pytest that leaves out tests of handlers whose name begins alike."""
    source = (project / written.file).read_text("utf-8")
    names = re.findall(r"def (test_\w+)", source)
    own = [it for it in names if it == written.selection or it.startswith(written.selection + "_")]
    return " or ".join(own)
