"""Sets the `=` of neighbouring lines below each other, as `terraform fmt` does."""

from __future__ import annotations

import re

_LINE = re.compile(r"^( *)([\w-]+|\"[^\"]+\") += (.*[^{\[(])$")


def aligned(text: str) -> str:
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        group: list[re.Match[str]] = []
        while at < len(lines) and (found := _LINE.match(lines[at])):
            if group and found[1] != group[0][1]:
                break
            group.append(found)
            at += 1
        width = max((len(it[2]) for it in group), default=0)
        for offset, it in enumerate(group):
            lines[at - len(group) + offset] = f"{it[1]}{it[2].ljust(width)} = {it[3]}"
        at += not group
    return "\n".join(lines)
