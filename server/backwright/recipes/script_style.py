"""How a JavaScript or TypeScript file is written: its indentation, quotes and semicolons."""

from __future__ import annotations

import re
from dataclasses import dataclass

_INDENTED = re.compile(r"^( +|\t+)\S", re.MULTILINE)
_STATEMENT = re.compile(r"^.*[\w)\]'\"`](;?)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ScriptStyle:
    indent: str = "  "
    quote: str = "'"
    semicolon: str = ";"

    def quoted(self, text: str) -> str:
        """A string literal; the other quotes where `text` holds the file's own."""
        quote = self.quote if self.quote not in text else {"'": '"', '"': "'"}[self.quote]
        return f"{quote}{text}{quote}"


def style_of(source: str) -> ScriptStyle:
    """The style of a text; the usual one as far as nothing shows in it."""
    indents = [it for it in _INDENTED.findall(source) if it.strip(" ") or len(it) > 1]
    indent = min(indents, key=len, default="  ")
    single, double = source.count("'"), source.count('"')
    ends = _STATEMENT.findall(source)
    without = sum(not it for it in ends)
    return ScriptStyle(
        indent="\t" if indent.startswith("\t") else indent,
        quote='"' if double > single else "'",
        semicolon="" if ends and without > len(ends) * 0.8 else ";",
    )
