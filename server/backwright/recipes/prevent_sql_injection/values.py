"""The code of the values that are bound, and names for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backwright.recipes.prevent_sql_injection.built import Hole, Part

_WORD = re.compile(r"[A-Za-z_]\w*")
_SPECIAL = re.compile(r"[\\\n]")
_READING = frozenset({"get", "args", "query", "params", "body", "str", "json", "String"})


def python_value(parts: Sequence[Part]) -> str:
    """The expression of a value: `term`, or `f"%{term}%"` for what is made of several."""
    if len(parts) == 1 and isinstance(parts[0], Hole) and parts[0].spec in {"", "!r", "!s"}:
        return parts[0].code
    codes = "".join(it.code for it in parts if isinstance(it, Hole))
    quote = next((it for it in "\"'" if it not in codes), "")
    if not quote or _SPECIAL.search(codes):
        return " + ".join(_operand(it) for it in _runs(parts))
    pieces = (
        _escaped(it, quote) if isinstance(it, str) else f"{{{it.code}{_spec(it)}}}"
        for it in _runs(parts)
    )
    return f"f{quote}{''.join(pieces)}{quote}"


def script_value(parts: Sequence[Part]) -> str:
    """The expression of a value: `term`, or a template for what is made of several."""
    if len(parts) == 1 and isinstance(parts[0], Hole):
        return parts[0].code
    pieces = (
        re.sub(r"([`\\]|\$\{)", r"\\\1", it) if isinstance(it, str) else f"${{{it.code}}}"
        for it in _runs(parts)
    )
    return f"`{''.join(pieces)}`"


def name_of(parts: Sequence[Part], taken: set[str]) -> str:
    """A name for the value, after what it reads: `term` for `request.args["term"]`."""
    code = next((it.code for it in parts if isinstance(it, Hole)), "")
    words = [it for it in _WORD.findall(code) if it not in _READING]
    wanted = words[-1].lower() if words else "value"
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}_{number}", number + 1
    return name


def _runs(parts: Sequence[Part]) -> list[str | Hole]:
    """The parts with characters that follow each other as one text."""
    found: list[str | Hole] = []
    for it in parts:
        last = found[-1] if found else None
        if isinstance(it, Hole):
            found.append(it)
        elif isinstance(last, str):
            found[-1] = last + it.value
        else:
            found.append(it.value)
    return found


def _operand(run: str | Hole) -> str:
    return (
        f'"{_escaped(run, chr(34), braces=False)}"' if isinstance(run, str) else f"str({run.code})"
    )


def _escaped(written: str, quote: str, *, braces: bool = True) -> str:
    escaped = written.replace("\\", "\\\\").replace(quote, f"\\{quote}").replace("\n", "\\n")
    return escaped.replace("{", "{{").replace("}", "}}") if braces else escaped


def _spec(hole: Hole) -> str:
    return "" if hole.spec in {"!r", "!s"} else hole.spec
