"""Gaps as SARIF 2.1.0, which code hosts and editors show beside the code."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from urllib.parse import quote

import backwright
from backwright.gaps.find import rules
from backwright.gaps.rule import Gap, Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"


def sarif(gaps: Sequence[Gap]) -> dict[str, object]:
    """The log of one run. Paths are relative to the workspace."""
    known = rules()
    numbers = {rule.id: number for number, rule in enumerate(known)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Backwright",
                        "version": backwright.__version__,
                        "semanticVersion": backwright.__version__,
                        "rules": [_rule(rule) for rule in known],
                    }
                },
                "results": [_result(gap, numbers[gap.kind]) for gap in gaps],
            }
        ],
    }


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why} The recipe {rule.recipe} adds what is missing."},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"recipe": rule.recipe},
    }


def _result(gap: Gap, number: int) -> dict[str, object]:
    return {
        "ruleId": gap.kind,
        "ruleIndex": number,
        "level": gap.severity,
        "message": {"text": f"{gap.message}."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(gap.file), "uriBaseId": _ROOT},
                    "region": {"startLine": max(gap.line, 1)},
                }
            }
        ],
        "partialFingerprints": {"backwright/v1": _fingerprint(gap)},
    }


def _fingerprint(gap: Gap) -> str:
    """The same after lines were added above, so that a gap that is known stays known."""
    said = "\0".join((gap.kind, gap.file, gap.message))
    return hashlib.sha256(said.encode()).hexdigest()[:32]
