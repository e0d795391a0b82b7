"""A file while units are placed in it: its text with LF line ends, and its syntax."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tree_sitter import Node

from backwright.syntax.language import Language
from backwright.syntax.symbols import Ambiguous, Symbol, find, symbols_in
from backwright.syntax.tree import parse
from backwright.text.lines import Lines
from backwright.text.span import Span
from backwright.verify.importing.nodes import is_import
from backwright.verify.placing.indent import indent_unit


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a unit can't be placed: a sentence that a model can act on."""

    text: str

    def __str__(self) -> str:
        return self.text


CONTAINERS = frozenset(
    {"module", "program", "block", "statement_block", "class_body", "object", "switch_body"}
)
"""The nodes whose children are whole statements or members."""

_REST_OF_LINE = re.compile(rb"[ \t]*[;,]?[ \t]*(?:(?:#|//).*|/\*.*?\*/[ \t]*)?$")
_COMMENT_LINE = re.compile(rb"^[ \t]*(?:#|//|/\*|\*)")


@dataclass(frozen=True)
class Draft:
    """`source` is what the file holds so far."""

    path: str
    source: bytes
    language: Language

    @cached_property
    def root(self) -> Node:
        return parse(self.source, self.language.name).root_node

    @cached_property
    def symbols(self) -> list[Symbol]:
        return symbols_in(self.root, self.language.name)

    @cached_property
    def lines(self) -> Lines:
        return Lines.of(self.source)

    @cached_property
    def unit(self) -> str:
        """One level of indentation; that of the language where nothing is indented."""
        return indent_unit(self.text) or self.language.indent

    @property
    def text(self) -> str:
        return self.source.decode("utf-8", "surrogateescape")

    def spliced(self, span: Span, text: str) -> Draft:
        """The draft with `text` in the place of `span`."""
        inserted = text.encode("utf-8", "surrogateescape")
        source = self.source[: span.start] + inserted + self.source[span.end :]
        return Draft(self.path, source, self.language)

    def find(self, name: str) -> Symbol | Problem:
        """The symbol that `name` means, or which names there are."""
        found = find(self.symbols, name)
        if isinstance(found, Symbol):
            return found
        if isinstance(found, Ambiguous):
            names = [f"`{it.name}` (line {self.line(it.span.start)})" for it in found.candidates]
            return Problem(f"`{name}` is ambiguous in {self.path}: {', '.join(names)}.")
        listed = [it for it in self.symbols if it.kind == "test" or " > " not in it.name]
        names = list(dict.fromkeys(f"`{it.name}`" for it in listed if it.kind != "variable"))
        shown = ", ".join(names[:40]) or "nothing that has a name"
        return Problem(f"{self.path} has no `{name}`; it has {shown}.")

    def line(self, offset: int) -> int:
        return self.lines.number_at(offset)

    def line_text(self, number: int) -> bytes:
        return self.source[self.lines.start_of(number) : self.lines.end_of(number)].rstrip(b"\n")

    def is_blank(self, number: int) -> bool:
        return not self.line_text(number).strip()

    def indentation(self, offset: int) -> str:
        """The blanks at the beginning of the line that holds `offset`."""
        text = self.line_text(self.line(offset))
        return text[: len(text) - len(text.lstrip())].decode()

    def container(self, inner: Span) -> Node:
        """The node that holds the statement around `inner`."""
        node = self.root.descendant_for_byte_range(inner.start, inner.end) or self.root
        while node.parent is not None and (
            node.type not in CONTAINERS or node.end_byte - node.start_byte < inner.end - inner.start
        ):
            node = node.parent
        return node

    def whole_lines(self, span: Span) -> Span | Problem:
        """`span` as the lines it fills; a problem where it shares a line with other code."""
        start = self.lines.start_of(self.line(span.start))
        end = self.lines.end_of(self.line(max(span.start, span.end - 1)))
        before = self.source[start : span.start]
        after = self.source[span.end : end].rstrip(b"\n")
        if before.strip() or not _REST_OF_LINE.match(after):
            line = self.line(span.start)
            return Problem(f"Line {line} of {self.path} holds more than one statement.")
        return Span(start, end)

    def with_comments(self, lines: Span) -> Span:
        """`lines` and the comment lines just above that have the same indentation."""
        column = self.indentation(lines.start)
        start = lines.start
        while (number := self.line(start)) > 1:
            above = self.line_text(number - 1)
            if not _COMMENT_LINE.match(above) or not self._stands_at(above, column):
                break
            start = self.lines.start_of(number - 1)
        return Span(start, lines.end)

    def _stands_at(self, line: bytes, column: str) -> bool:
        text = line.decode("utf-8", "replace")
        own = text[: len(text) - len(text.lstrip())]
        return own == column or (own == f"{column} " and text.lstrip().startswith("*"))


@dataclass(frozen=True, slots=True)
class Item:
    """A statement or member in its container, and whether blank lines are kept around it."""

    span: Span
    kind: str
    wide: bool = False
    imports: bool = False


_WIDE = frozenset(
    {
        "function_definition",
        "class_definition",
        "decorated_definition",
        "function_declaration",
        "generator_function_declaration",
        "class_declaration",
        "abstract_class_declaration",
        "interface_declaration",
        "enum_declaration",
        "method_definition",
    }
)


def items(container: Node) -> Iterator[Item]:
    """What stands in the container, comments left out, decorators with what they decorate."""
    start: int | None = None
    for child in container.named_children:
        if child.type in {"comment", "hash_bang_line"}:
            continue
        start = child.start_byte if start is None else start
        if child.type == "decorator":
            continue
        spread = child.end_point.row > child.start_point.row
        imports = is_import(child)
        wide = child.type in _WIDE or (spread and not imports)
        yield Item(Span(start, child.end_byte), child.type, wide, imports)
        start = None
