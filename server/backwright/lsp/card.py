"""What is known of one thing as a card: a table in Markdown, or aligned lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backwright.facts.backend import Place


@dataclass(frozen=True, slots=True)
class Row:
    """`names` come from the code, `words` are ours."""

    title: str
    names: Sequence[str] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """`rows` without anything to say are left out."""

    title: str
    library: str
    rows: Sequence[Row]

    def as_markdown(self, links: Sequence[str] = ()) -> str:
        """`links` are Markdown too; they stand above the table, which a small window cuts off."""
        heading = f"**{_code(self.title)}** {_escaped(self.library)}"
        rows = []
        for row in self._said:
            shown = ", ".join(_code(it) for it in row.names) or row.words
            rows.append(f"| {_escaped(row.title)} | {shown} |")
        above = [" · ".join(links), ""] if links else []
        return "\n".join([heading, "", *above, "| | |", "|---|---|", *rows])

    def as_text(self) -> str:
        rows = [f"{it.title:<12} {', '.join(it.names) or it.words}" for it in self._said]
        return "\n".join([f"{self.title} ({self.library})", *rows])

    @property
    def _said(self) -> list[Row]:
        return [it for it in self.rows if it.names or it.words]


def at(place: Place) -> str:
    return f"{place.file}:{place.line}"


def _code(text: str) -> str:
    """Inline code, whatever the text holds: names come from code that anyone may have written."""
    line = " ".join(text.replace("`", "'").split()).replace("|", "\\|")
    return f"`{line}`"


def _escaped(text: str) -> str:
    """A name as plain text: fields of a database may be called anything."""
    line = " ".join(text.split())
    return "".join(it if it.isalnum() or it in " -_.()" else f"\\{it}" for it in line)
