"""Adds the text of a unit to a file: beside a symbol, at the end, or where its names stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from backwright.edits.units import Unit
from backwright.syntax.symbols import Symbol
from backwright.verify.importing.merge import merge_imports
from backwright.verify.placing.draft import Draft, Problem
from backwright.verify.placing.indent import with_first_line
from backwright.verify.placing.insertion import append, insert_beside, owner_of, place_of
from backwright.verify.placing.marks import find_elision, without_marks
from backwright.verify.placing.piece import read_piece
from backwright.verify.placing.rewriting import merge_definitions
from backwright.verify.placing.wrapping import unwrapped


def add(unit: Unit, draft: Draft, exists: Callable[[str], bool]) -> Draft | Problem:
    """The draft with the unit's text before or after its symbol, or at the end; imports in it join
    those of the file. A replacement that names no symbol goes where its definitions stand."""
    symbol = draft.find(unit.symbol) if unit.action in {"before", "after"} else None
    if isinstance(symbol, Problem):
        return symbol
    wanted = place_of(draft.container(symbol.inner)) if symbol is not None else "module"
    text = without_marks(_written(unit, draft, symbol), draft.language)
    if (elision := find_elision(text, draft.language)) is not None:
        return Problem(f"`{elision}` in what shall {unit} stands for nothing; write it out.")
    piece = read_piece(text, draft, wanted)
    if isinstance(piece, Problem):
        return piece
    if unit.action == "replace":
        return merge_definitions(draft, piece, exists)
    imports = [it for it in piece.statements if it.imports]
    body = piece.without(imports)
    placed: Draft | Problem = draft
    if body.text.strip() and symbol is None:
        placed = append(draft, body)
    elif body.text.strip() and symbol is not None:
        where: Literal["before", "after"] = "before" if unit.action == "before" else "after"
        placed = insert_beside(draft, symbol, body, where)
    if isinstance(placed, Problem) or not imports:
        return placed
    return merge_imports(placed, "\n".join(piece.text_of(it) for it in imports), exists)


def _written(unit: Unit, draft: Draft, symbol: Symbol | None) -> str:
    """The text to insert: what stands beside the symbol, not the class around both."""
    if symbol is None:
        return unit.text.strip("\n")
    owner, text = owner_of(draft, symbol), unit.text.strip("\n")
    if owner is not None and owner.kind == "class":
        text = unwrapped(text, owner.name.rpartition(".")[2], draft.language)
    prefix = draft.indentation(symbol.span.start)
    return with_first_line(text, draft.language, prefix, draft.unit)
