"""From the bytes of a file to its facts."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol

from msgspec.structs import replace
from tree_sitter import Node

from backwright.facts.addresses import schemes
from backwright.facts.called import called
from backwright.facts.code import FileFacts
from backwright.facts.environment import variables
from backwright.facts.imported import imported
from backwright.facts.schema import SUFFIXES
from backwright.facts.schemas.prisma import read_prisma
from backwright.facts.schemas.sql import read_sql
from backwright.syntax.language import Language, language_of, language_of_script, may_be_script
from backwright.syntax.tree import parse

MAX_BYTES = 512 * 1024
"""Larger files are generated or data; parsing them holds a core for seconds."""


_SOURCE_MAP = b"\n//# sourceMappingURL="
"""What follows is one long line that compilers add."""


class Reader(Protocol):
    """What a module of `backwright.facts.reading` offers."""

    def read(self, path: str, language: str, root: Node) -> FileFacts: ...


def unreadable(path: str, source: bytes) -> str | None:
    """Why the file is skipped, or None when it can be read."""
    if len(source) > MAX_BYTES:
        return f"larger than {MAX_BYTES // 1024} KiB"
    if b"\0" in source[:8192]:
        return "binary"
    try:
        source.decode("utf-8")
    except UnicodeDecodeError:
        return "not UTF-8"
    written = source[: source.rfind(_SOURCE_MAP)] if _SOURCE_MAP in source[-MAX_BYTES:] else source
    if len(written) > 20_000 and len(written) / (written.count(b"\n") + 1) > 1000:
        return "minified"
    return None


def extract(path: str, source: bytes) -> FileFacts | None:
    """The facts of the file, None when nothing reads it."""
    for suffix, read in _SCHEMAS.items():
        if path.endswith(suffix):
            schema = read(source.decode("utf-8", "replace"))
            return FileFacts(path, suffix.removeprefix("."), [], [], [], schema=schema)
    language = language_of(path)
    if language is None and may_be_script(path):
        language = language_of_script(source)
    if language is None:
        return None
    root = parse(source, language.name).root_node
    facts = _reader(language).read(path, language.name, root)
    return replace(
        facts,
        environment=variables(facts, source),
        schemes=schemes(facts, source),
        called=facts.called or called(source),
        imports=imported(facts),
    )


_SCHEMAS = dict(zip(SUFFIXES, (read_sql, read_prisma), strict=True))


def _reader(language: Language) -> Reader:
    module: Reader = import_module(f"backwright.facts.reading.{language.reader}")
    return module
