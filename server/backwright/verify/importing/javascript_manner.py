"""How a JavaScript or TypeScript file writes its imports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from backwright.syntax.tree import text
from backwright.verify.importing.javascript_reading import Import, Statement
from backwright.verify.placing.draft import Draft

LINE_LENGTH = 80
"""Longer statements are spread over lines, unless the file has longer ones itself."""

Style = Literal["esm", "commonjs"]

_ENDED = frozenset({"expression_statement", "lexical_declaration", "variable_declaration"})
"""Statements that end with a semicolon where the file has them."""

_EXTENSIONS = frozenset({".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".jsx", ".tsx"})
"""What a module's name may end with; `./pet.entity` ends with none."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the file writes its imports."""

    style: Style
    quote: str
    semicolon: str
    keyword: str
    spaced: bool
    width: int
    extension: str
    indent: str

    @classmethod
    def of(cls, draft: Draft, statements: Sequence[Statement], own: Style) -> Manner:
        shown = [text(it.node) for it in statements]
        sample = shown or [text(it) for it in draft.root.named_children if it.type in _ENDED]
        single = sum(it.count("'") for it in sample)
        double = sum(it.count('"') for it in sample)
        ended = sum(it.rstrip().endswith(";") for it in sample)
        braces = [it for it in shown if "{" in it]
        local = [it.module for it in statements if it.module.startswith(".")]
        suffixes = {PurePosixPath(it).suffix for it in local if not it.endswith(".json")}
        return cls(
            style=_style(draft, statements, own),
            quote="'" if single > double else '"',
            semicolon=";" if ended * 2 >= len(sample) else "",
            keyword="var" if shown and all(it.startswith("var ") for it in shown) else "const",
            spaced=not braces or sum("{ " in it or "{\n" in it for it in braces) * 2 >= len(braces),
            width=max([LINE_LENGTH, *(len(line) for it in shown for line in it.split("\n"))]),
            extension=suffixes.pop() if len(suffixes) == 1 and suffixes <= _EXTENSIONS else "",
            indent=draft.language.indent,
        )

    def adapted(self, one: Import, path: str, exists: Callable[[str], bool]) -> Import:
        """`one` as this file would write it: with a suffix where local modules have theirs."""
        module = one.module
        if self.style != "esm" or not self.extension or not module.startswith("."):
            return one
        if PurePosixPath(module).suffix in {*_EXTENSIONS, ".json"}:
            return one
        folder = PurePosixPath(path).parent
        inner = f"{module.rstrip('/')}/index"
        found = any(exists(_joined(folder, f"{inner}{it}")) for it in (self.extension, ".ts"))
        module = f"{inner if found else module}{self.extension}"
        return Import(one.kind, module, one.local, one.name, one.is_type)

    def braced(self, inner: str) -> str:
        return f"{{ {inner} }}" if self.spaced else f"{{{inner}}}"

    def statement(self, one: Import) -> str:
        module = f"{self.quote}{one.module}{self.quote}"
        if self.style == "commonjs":
            required = f"require({module}){self.semicolon}"
            if one.kind == "side":
                return required
            local = one.local
            if one.kind == "name":
                local = self.braced(local if local == one.name else f"{one.name}: {local}")
            return f"{self.keyword} {local} = {required}"
        start = "import type" if one.is_type else "import"
        if one.kind == "side":
            return f"import {module}{self.semicolon}"
        local = f"* as {one.local}" if one.kind == "all" else one.local
        if one.kind == "name":
            alias = "" if one.local == one.name else f" as {one.local}"
            local = self.braced(f"{one.name}{alias}")
        return f"{start} {local} from {module}{self.semicolon}"


def _joined(folder: PurePosixPath, module: str) -> str:
    parts: list[str] = list(folder.parts)
    for part in module.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _style(draft: Draft, statements: Sequence[Statement], own: Style) -> Style:
    kinds = {child.type for child in draft.root.named_children}
    if kinds & {"import_statement", "export_statement"}:
        return "esm"
    names = {alias for it in draft.symbols for alias in (it.name, *it.aliases)}
    if statements or any(it.startswith(("module.exports", "exports.")) for it in names):
        return "commonjs"
    suffix = PurePosixPath(draft.path).suffix
    fixed: dict[str, Style] = {".mjs": "esm", ".mts": "esm", ".cjs": "commonjs", ".cts": "commonjs"}
    return fixed.get(suffix, own)
