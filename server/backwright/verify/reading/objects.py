"""Reads replies that are JSON: a list of objects, or one that holds a list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from backwright.verify.reading.addresses import Address, address_in_info


@dataclass(frozen=True, slots=True)
class Described:
    """One unit as an object describes it; `search` is empty unless lines shall be replaced."""

    address: Address
    text: str
    search: str = ""


def read_objects(text: str) -> list[Described]:
    """The units in a JSON text; none where it is not JSON or describes something else."""
    if text.lstrip()[:1] not in {"[", "{"}:
        return []
    try:
        decoded = json.loads(text)
    except ValueError:
        return []
    return [_unit(entry) for entry in _entries(decoded)]


def _entries(decoded: Any) -> Iterator[dict[str, Any]]:
    if isinstance(decoded, dict):
        for key in ("units", "files", "edits", "changes"):
            if isinstance(decoded.get(key), list):
                decoded = decoded[key]
                break
        else:
            decoded = [decoded]
    for entry in decoded if isinstance(decoded, list) else ():
        if not isinstance(entry, dict) or not _text_of(entry, *_PATH):
            continue
        if any(key in entry for key in (*_CONTENT, "action", "search")):
            yield entry


_PATH = ("path", "file", "filename")
_CONTENT = ("text", "content", "code", "replace", "replacement")


def _unit(entry: dict[str, Any]) -> Described:
    spoken = _text_of(entry, "action", "op", "operation", "type")
    address = address_in_info(f"json {spoken}" if "=" in spoken else f"json action={spoken}", ())
    symbol = _text_of(entry, "symbol", "target", "name", "anchor") or address.symbol
    address = replace(address, path=_text_of(entry, *_PATH), symbol=symbol)
    text = _text_of(entry, *_CONTENT, "new")
    search = _text_of(entry, "search", "find", "old")
    if not search or symbol or address.action not in {None, "edit", "replace"}:
        return Described(address, text)
    return Described(replace(address, action="edit"), text, search)


def _text_of(entry: dict[str, Any], *keys: str) -> str:
    for key in keys:
        if isinstance(value := entry.get(key), str):
            return value
    return ""
