"""The command `gaps`: what is missing."""

from __future__ import annotations

import argparse
import sys

from backwright.cli.answers import pretty
from backwright.cli.opening import open_workspace
from backwright.cli.table import table
from backwright.gaps.find import find_gaps
from backwright.gaps.rule import Gap, gap_json
from backwright.gaps.sarif import sarif


def show(options: argparse.Namespace) -> int:
    backend = open_workspace(options.folder).backend
    for path, reason in backend.skipped.items():
        print(f"backwright: skipped {path or 'the rest'}: {reason}", file=sys.stderr)
    gaps = find_gaps(backend)
    if options.sarif:
        print(pretty(sarif(gaps)))
    elif options.json:
        print(pretty([gap_json(it) for it in gaps]))
    else:
        print(as_text(gaps))
    return 0


def as_text(gaps: list[Gap]) -> str:
    if not gaps:
        return "Nothing is missing that can be told."
    rows = [[f"{it.file}:{it.line}", it.kind, it.message, it.recipe] for it in gaps]
    return table(["WHERE", "KIND", "WHAT", "RECIPE"], rows)
