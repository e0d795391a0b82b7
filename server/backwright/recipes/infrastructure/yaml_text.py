"""Writes YAML the way a person would: blocks, plain words where YAML reads them as such."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

Value = str | int | bool | None | Sequence["Value"] | Mapping[str, "Value"]

_PLAIN = re.compile(r"[A-Za-z_./$][^\n\"'`|>&*!%@#]*|[A-Za-z_./$](?:[^\n]*[^\s:])?")
_DURATION = re.compile(r"\d+(?:ms|s|m|h|Mi|Gi)")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"})
_INDENT = "  "


def yaml_text(value: Mapping[str, Value], *, apart: Sequence[str] = ()) -> str:
    """The document; with `apart` there are blank lines between its keys and those below `apart`."""
    blocks = []
    for key, inner in value.items():
        if key in apart and isinstance(inner, Mapping) and inner:
            parts = ["\n".join(_entry(name, it, _INDENT)) for name, it in inner.items()]
            blocks.append(f"{_key(key)}:\n" + "\n\n".join(parts))
        else:
            blocks.append("\n".join(_entry(key, inner, "")))
    simple = [not isinstance(it, Mapping | list | tuple) for it in value.values()]
    text = blocks[0] if blocks else ""
    for at in range(1, len(blocks)):
        close = not apart or (simple[at - 1] and simple[at])
        text += ("\n" if close else "\n\n") + blocks[at]
    return f"{text}\n"


def _entry(key: str, value: Value, indent: str) -> Iterator[str]:
    match value:
        case None:
            yield f"{indent}{_key(key)}:"
        case str() if "\n" in value:
            yield f"{indent}{_key(key)}: |"
            yield from (f"{indent}{_INDENT}{it}".rstrip() for it in value.strip("\n").split("\n"))
        case Mapping() if value:
            yield f"{indent}{_key(key)}:"
            for name, inner in value.items():
                yield from _entry(name, inner, indent + _INDENT)
        case list() | tuple() if value and not _fits_in_line(value):
            yield f"{indent}{_key(key)}:"
            for item in value:
                yield from _item(item, indent + _INDENT)
        case _:
            yield f"{indent}{_key(key)}: {_inline(value)}"


def _item(value: Value, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        lines = [line for key, inner in value.items() for line in _entry(key, inner, "")]
        yield f"{indent}- {lines[0]}"
        yield from (f"{indent}{_INDENT}{line}".rstrip() for line in lines[1:])
    else:
        yield f"{indent}- {_inline(value)}"


def _inline(value: Value) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return value if _is_plain(value) else json.dumps(value, ensure_ascii=False)
        case Mapping():
            return "{}"
        case _:
            return json.dumps(list(value), ensure_ascii=False)


def _fits_in_line(values: Sequence[Value]) -> bool:
    """A command in exec form stays on its line: it begins with the name of a program."""
    words = [it for it in values if isinstance(it, str)]
    return len(words) == len(values) > 1 and words[0] in _PROGRAMS


_PROGRAMS = frozenset({"CMD", "CMD-SHELL", "sh", "node", "npm", "python", "uvicorn", "gunicorn"})


def _key(text: str) -> str:
    return text if text == "on" or _is_plain(text) else json.dumps(text)


def _is_plain(text: str) -> bool:
    """Whether YAML reads the text as itself, without quotes."""
    return _DURATION.fullmatch(text) is not None or (
        _PLAIN.fullmatch(text) is not None
        and text == text.strip()
        and text.lower() not in _WORDS
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
        and not re.fullmatch(r"\.[\d_]+|\.(?:inf|nan)", text, re.IGNORECASE)
    )
