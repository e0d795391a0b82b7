"""The words for queries: data beside this file, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    numbers: dict[str, int]
    synonyms: dict[str, str]
    deeds: dict[str, str]
    money: dict[str, str]
    time: dict[str, str]
    label: dict[str, str]
    columns: dict[str, str]
    states: dict[str, str]
    ranks: dict[str, str]
    beyond: dict[str, str]


@cache
def words() -> _File:
    return msgspec.toml.decode((Path(__file__).parent / "words.toml").read_bytes(), type=_File)


def number(text: str) -> int | None:
    """`10` and `ten`; None for what is no number."""
    return int(text) if text.isdigit() else words().numbers.get(text.lower())
