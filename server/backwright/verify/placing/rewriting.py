"""Places the text of a whole file, and the text that only seems to be one."""

from __future__ import annotations

from collections.abc import Callable

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
    imports = "\n".join(piece.text_of(it) for it in piece.statements if it.imports)
    statements = [it for it in piece.statements if not it.imports]
    waiting: list[Statement] = []
    anchor = ""
    merged: Draft | Problem = draft
    for statement in statements:
        known = [it for it in merged.symbols if it.name in statement.names]
        text = piece.text_of(statement)
        if known:
            merged = _replaced(merged, known[0], statement, text, exists)
            for before in waiting:
                if isinstance(merged, Draft):
                    merged = _added(merged, piece, before, known[0].name, "before")
            waiting, anchor = [], known[0].name
        elif anchor:
            merged = _added(merged, piece, statement, anchor, "after")
            anchor = statement.names[0] if statement.names else anchor
        else:
            waiting.append(statement)
        if isinstance(merged, Problem):
            return merged
    for statement in waiting:
        merged = _added(merged, piece, statement, "", "after")
        if isinstance(merged, Problem):
            return merged
    return merge_imports(merged, imports, exists) if imports else merged


def _replaced(
    draft: Draft, symbol: Symbol, statement: Statement, text: str, exists: Exists
) -> Draft | Problem:
    names = {it.name for it in statement.symbols}
    lost = [it for it in _lasting(draft) if symbol.inner.covers(it.inner) and it.name not in names]
    if lost:
        return Problem(
            f"The block for {draft.path} leaves out `{lost[0].name}`; write it too, mark it with "
            f"`{draft.language.comment} ... existing code ...`, or say delete={lost[0].name}."
        )
    return replace_symbol(draft, symbol.name, text, exists)


def _added(
    draft: Draft, piece: Piece, statement: Statement, anchor: str, where: str
) -> Draft | Problem:
    """The draft with a statement that it has under no name."""
    one = _alone(piece, statement)
    if not statement.names:
        fresh = without_known(draft, draft.root, one)
        if isinstance(fresh, Piece) and not fresh.text:
            return draft
        shown = piece.text_of(statement).strip().split("\n")[0]
        return Problem(
            f"The block for {draft.path} is no whole file, and it does not say where "
            f"`{shown[:80]}` belongs; use replace=, before= or after= with a name."
        )
    if not anchor:
        return append(draft, one)
    symbol = draft.find(anchor)
    if isinstance(symbol, Problem):
        return symbol
    return insert_beside(draft, symbol, one, "before" if where == "before" else "after")


def _alone(piece: Piece, statement: Statement) -> Piece:
    return piece.without([it for it in piece.statements if it != statement])


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
