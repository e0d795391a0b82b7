"""Facts of any source can be stored, also where a language allows what the encoding does not."""

from __future__ import annotations

import pytest

from backwright.facts.extract import extract
from backwright.index.cache import decode, encode


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("half.py", r'HALF = "\ud800"'),
        ("named.py", r'SMILE = "\N{GRINNING FACE}"'),
        ("large.py", "LARGE = 123456789012345678901234567890"),
        ("power.py", "LARGEST = 0xFFFFFFFFFFFFFFFF_FFFF"),
        ("half.js", r'const half = "\ud800"'),
        ("large.ts", "const large = 123456789012345678901234567890n"),
        ("float.py", "INFINITE = 1e999"),
    ],
)
def test_odd_literals_are_stored_and_read_again(path: str, source: str) -> None:
    facts = extract(path, source.encode())
    assert facts is not None
    assert facts.steps
    assert decode(encode(facts)) == facts
