"""Places the text of a whole file, and the text that only seems to be one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from backwright.syntax.symbols import Symbol
from backwright.text.span import Span
from backwright.verify.importing.merge import merge_imports
from backwright.verify.placing.draft import Draft, Problem, items
from backwright.verify.placing.elisions import fill
from backwright.verify.placing.indent import rebase
from backwright.verify.placing.insertion import append, insert_beside, without_known
from backwright.verify.placing.piece import Piece, Statement, read_piece
from backwright.verify.placing.replacement import replace_symbol

Exists = Callable[[str], bool]


def rewrite(draft: Draft, text: str, exists: Exists) -> Draft | Problem:
    """The draft with the whole of `text` in its place.

    A text that leaves out what the file has is no whole file: what it defines then replaces what
    has the same name, new definitions are added, and nothing is lost.
    """
    plain = rebase(text.strip("\n"), draft.language, "", draft.unit)
    filled = fill(plain, draft.text, draft.language, draft.unit, ("", ""))
    if isinstance(filled, Problem):
        return filled
    piece = read_piece(filled, draft)
    if isinstance(piece, Problem):
        return piece
    if not _left_out(draft, piece):
        return draft.spliced(Span(0, len(draft.source)), f"{filled.rstrip()}\n")
    return merge_definitions(draft, piece, exists)


def merge_definitions(draft: Draft, piece: Piece, exists: Exists) -> Draft | Problem:
    """The draft with each statement of `piece` in the place of the one that has its name."""
    for step in _steps(draft, piece):
        placed = _placed(draft, piece, step, exists)
        if isinstance(placed, Problem):
            return placed
        draft = placed
    imports = "\n".join(piece.text_of(it) for it in piece.statements if it.imports)
    return merge_imports(draft, imports, exists) if imports else draft


@dataclass(frozen=True, slots=True)
class _Step:
    """What becomes of one statement; `anchor` names the symbol that it replaces or stands by."""

    statement: Statement
    where: Literal["replace", "before", "after", "append"]
    anchor: str = ""


def _steps(draft: Draft, piece: Piece) -> Iterator[_Step]:
    """New statements follow the one they follow in the piece; the first go before the first that
    is known, and where none is known to the end."""
    known = {it.name for it in draft.symbols}
    waiting: list[Statement] = []
    anchor = ""
    for statement in piece.statements:
        if statement.imports:
            continue
        if name := next((it for it in statement.names if it in known), ""):
            yield _Step(statement, "replace", name)
            yield from (_Step(before, "before", name) for before in waiting)
            waiting, anchor = [], name
        elif anchor:
            yield _Step(statement, "after", anchor)
            anchor = statement.names[0] if statement.names else anchor
        else:
            waiting.append(statement)
    yield from (_Step(statement, "append") for statement in waiting)


def _placed(draft: Draft, piece: Piece, step: _Step, exists: Exists) -> Draft | Problem:
    one = piece.without([it for it in piece.statements if it != step.statement])
    if not step.statement.names:
        fresh = without_known(draft, draft.root, one)
        if isinstance(fresh, Piece) and not fresh.text:
            return draft
        shown = one.text.strip().split("\n")[0]
        return Problem(
            f"The block for {draft.path} is no whole file, and it does not say where "
            f"`{shown[:80]}` belongs; use replace=, before= or after= with a name."
        )
    if step.where == "append":
        return append(draft, one)
    symbol = draft.find(step.anchor)
    if isinstance(symbol, Problem):
        return symbol
    if step.where == "replace":
        lost = _lost(draft, symbol, step.statement)
        return lost or replace_symbol(draft, symbol.name, piece.text_of(step.statement), exists)
    return insert_beside(draft, symbol, one, step.where)


def _lost(draft: Draft, symbol: Symbol, statement: Statement) -> Problem | None:
    """The problem when the statement has not all that the symbol holds."""
    names = {it.name for it in statement.symbols}
    for it in _lasting(draft):
        if symbol.inner.covers(it.inner) and it.name not in names:
            return Problem(
                f"The block for {draft.path} leaves out `{it.name}`; write it too, mark it with "
                f"`{draft.language.comment} ... existing code ...`, or say delete={it.name}."
            )
    return None


def _left_out(draft: Draft, piece: Piece) -> list[Symbol]:
    names = {symbol.name for it in piece.statements for symbol in it.symbols}
    return [it for it in _lasting(draft) if it.name not in names]


def _lasting(draft: Draft) -> list[Symbol]:
    """What a file is known by: all that stands at its top, in its classes and in its suites."""
    whole = read_piece(draft.text, draft)
    imported = set()
    if isinstance(whole, Piece):
        imported = {name for it in whole.statements if it.imports for name in it.names}
    lasting: list[Symbol] = []
    around = -1  # where the function ends in which everything is local
    for it in draft.symbols:
        if it.inner.start >= around and it.name not in imported:
            lasting.append(it)
        if it.inner.start >= around and it.kind in {"function", "method", "call"}:
            around = it.inner.end
    return lasting


def is_empty(draft: Draft) -> bool:
    """True for a file in which nothing stands but comments."""
    return not any(items(draft.root))
