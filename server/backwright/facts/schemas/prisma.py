"""Reads schemas of Prisma: blocks of fields with attributes."""

from __future__ import annotations

import re

from backwright.facts.schema import Attribute, Block, Entry, Schema
from backwright.facts.schemas.lines import Lines

_BLOCK = re.compile(r"^[ \t]*(model|view|type|enum)\s+(\w+)\s*\{", re.MULTILINE)
_FIELD = re.compile(r"(\w+)\s+(Unsupported\(\"[^\"]*\"\)|[\w.]+)(\[\])?(\?)?")
_ATTRIBUTE = re.compile(r"(@@?)([\w.]+)")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def read_prisma(source: str) -> Schema:
    """Every model, view, composite type and enum of the file."""
    plain, lines = _without_comments(source), Lines(source)
    blocks = []
    at = 0
    while match := _BLOCK.search(plain, at):
        end = _closing(plain, match.end() - 1)
        blocks.append(_block(match, plain[match.end() : end], end, lines))
        at = end
    return Schema(blocks=blocks)


def _block(match: re.Match[str], body: str, end: int, lines: Lines) -> Block:
    entries: list[Entry] = []
    attributes: list[Attribute] = []
    for offset, text in _lines(body):
        if text.startswith("@@"):
            attributes += _attributes(text)
        elif text:
            entries.append(_entry(text, lines.line(match.end() + offset)))
    start = match.start(1)
    return Block(
        match[1],
        match[2],
        entries,
        attributes,
        lines.line(start),
        lines.byte(start),
        lines.byte(end + 1),
    )


def _entry(text: str, line: int) -> Entry:
    field = _FIELD.match(text)
    if field is None:
        return Entry(text.split()[0], line=line)
    attributes = _attributes(text[field.end() :])
    return Entry(field[1], field[2], bool(field[3]), bool(field[4]), attributes, line)


def _attributes(text: str) -> list[Attribute]:
    found = []
    at = 0
    while match := _ATTRIBUTE.search(text, at):
        at = match.end()
        arguments = ""
        if text[at : at + 1] == "(":
            end = _closing(text, at)
            arguments = " ".join(text[at + 1 : end].split())
            at = end + 1
        found.append(Attribute(match[2], arguments))
    return found


def _lines(body: str) -> list[tuple[int, str]]:
    """The lines of a block with their offsets; one goes on where a bracket is open."""
    found: list[tuple[int, str]] = []
    at = start = depth = 0
    while at <= len(body):
        char = body[at : at + 1]
        if char == '"':
            string = _STRING.match(body, at)
            at = string.end() if string else at + 1
            continue
        depth += (char in {"(", "["}) - (char in {")", "]"}) if char else 0
        if char in {"\n", ""} and depth <= 0:
            text = body[start:at]
            found.append((start + len(text) - len(text.lstrip()), text.strip()))
            start = at + 1
        at += 1
    return found


def _closing(text: str, at: int) -> int:
    """Where the bracket that opens at `at` closes; the end of the text when it does not."""
    pairs = {"(": ")", "{": "}", "[": "]"}
    opening, closing = text[at], pairs[text[at]]
    depth = 0
    while at < len(text):
        if text[at] == '"':
            string = _STRING.match(text, at)
            at = string.end() if string else at + 1
            continue
        depth += (text[at] == opening) - (text[at] == closing)
        if not depth:
            return at
        at += 1
    return len(text)


def _without_comments(source: str) -> str:
    """The text with its comments blanked, so that offsets stay."""

    def blank(match: re.Match[str]) -> str:
        return match[0] if match[0].startswith('"') else re.sub(r"[^\n]", " ", match[0])

    return re.sub(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?(?:\*/|\Z)', blank, source, flags=re.DOTALL)
