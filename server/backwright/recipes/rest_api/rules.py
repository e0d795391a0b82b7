"""Rules of business in a request: they are not guessed, so they are said to be left out."""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"(?<=[.;!?\n])\s+|\n+")
_RULE = re.compile(
    r"\b(?:must|should|may|can|shall)(?:\s+not|n.?t)\b|\bcannot\b|\bnever\b|\bnobody\b"
    r"|\b(?:may|can|must|should)\s+only\b|\bonly\s+(?:the|an?|one|once|if|when|after|before|by)\b"
    r"|\bat\s+(?:most|least)\s+(?:one|two|three|\d+)\b|\bwhenever\b|\bautomatically\b",
    re.IGNORECASE,
)
_SERVED = re.compile(
    r"\b(?:null|empty|negative|blank|password|hash\w*|html|leak\w*|crash\w*|unique)\b",
    re.IGNORECASE,
)
"""What such a sentence may ask for that every API here does."""


def rules_in(request: str) -> list[str]:
    """The sentences that state a rule which is more than the shape of data."""
    sentences = (it.strip(" -*•\t") for it in _CLAUSE.split(request))
    return [it.rstrip(".") for it in sentences if _RULE.search(it) and not _SERVED.search(it)]
