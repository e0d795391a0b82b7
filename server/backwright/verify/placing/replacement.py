"""Replaces and deletes what is addressed by a symbol."""

from __future__ import annotations

from collections.abc import Callable

from backwright.syntax.symbols import Symbol
from backwright.text.span import Span
from backwright.verify.importing.merge import merge_imports
from backwright.verify.placing.draft import Draft, Problem, items
from backwright.verify.placing.elisions import fill
from backwright.verify.placing.indent import dedent, rebase, with_first_line
from backwright.verify.placing.insertion import known_statements, owner_of, place_of
from backwright.verify.placing.piece import WRAPPERS, Piece, Statement, read_piece
from backwright.verify.placing.wrapping import unwrapped

Exists = Callable[[str], bool]


def replace_symbol(draft: Draft, name: str, text: str, exists: Exists) -> Draft | Problem:
    """The draft with `text` in the place of the symbol; imports in it join those of the file."""
    symbol = draft.find(name)
    if isinstance(symbol, Problem):
        return symbol
    piece = _piece(draft, symbol, text)
    if isinstance(piece, Problem):
        return piece
    imports: list[Statement] = []
    if not _is_import(draft, symbol):
        imports = [it for it in piece.statements if it.imports]
    body = piece.without(imports)
    if (problem := _unfit(draft, symbol, body)) is not None:
        return problem
    checked = _less_known(draft, symbol, body)
    if isinstance(checked, Problem):
        return checked
    replaced = _spliced(draft, symbol, checked)
    if isinstance(replaced, Problem) or not imports:
        return replaced
    lines = "\n".join(piece.text_of(it) for it in imports)
    return merge_imports(replaced, lines, exists)


def delete_symbol(draft: Draft, name: str) -> Draft | Problem:
    """The draft without the symbol, its comments and the blank lines that parted it."""
    symbol = draft.find(name)
    if isinstance(symbol, Problem):
        return symbol
    if others := _same_statement(draft, symbol):
        return Problem(f"`{symbol.name}` is defined together with `{others[0]}`; replace both.")
    container = draft.container(symbol.inner)
    if container.type == "block" and len(list(items(container))) == 1:
        return Problem(
            f"Without `{symbol.name}` its block would be empty; replace the whole of it."
        )
    lines = draft.whole_lines(symbol.span)
    if isinstance(lines, Problem):
        return lines
    lines = draft.with_comments(lines)
    start, end = lines.start, lines.end
    while end < len(draft.source) and draft.is_blank(draft.line(end)):
        end = draft.lines.end_of(draft.line(end))
    if end >= container.end_byte or end == len(draft.source):  # nothing follows: part from above
        end = lines.end
        while start > 0 and draft.is_blank(draft.line(start) - 1):
            start = draft.lines.start_of(draft.line(start) - 1)
    return draft.spliced(Span(start, end), "")


def _piece(draft: Draft, symbol: Symbol, text: str) -> Piece | Problem:
    """The text read for the place of the symbol, with what it leaves out put back."""
    place = place_of(draft.container(symbol.inner))
    unit, prefix = draft.unit, draft.indentation(symbol.span.start)
    owner = owner_of(draft, symbol)
    own = text.strip("\n")
    if owner is not None and owner.kind == "class":
        own = unwrapped(own, owner.name.rpartition(".")[2], draft.language)
    whole = with_first_line(own, draft.language, prefix, unit)
    plain = rebase(dedent(whole, draft.language), draft.language, "", unit)
    filled = fill(plain, _old_text(draft, symbol), draft.language, unit, WRAPPERS[place])
    return filled if isinstance(filled, Problem) else read_piece(filled, draft, place)


def _old_text(draft: Draft, symbol: Symbol) -> str:
    lines = draft.whole_lines(symbol.span)
    span = symbol.span if isinstance(lines, Problem) else lines
    return dedent(
        draft.source[span.start : span.end].decode("utf-8", "surrogateescape"), draft.language
    )


def _is_import(draft: Draft, symbol: Symbol) -> bool:
    piece = read_piece(_old_text(draft, symbol), draft)
    return isinstance(piece, Piece) and all(it.imports for it in piece.statements)


def _own_name(draft: Draft, symbol: Symbol) -> str:
    """The name of the symbol in its container."""
    owner = owner_of(draft, symbol)
    if owner is None:
        return symbol.name
    return symbol.name.removeprefix(owner.name).removeprefix(" > ").removeprefix(".")


def _same_statement(draft: Draft, symbol: Symbol) -> list[str]:
    """Other names that the same statement defines: `const a = 1, b = 2`."""
    return [it.name for it in draft.symbols if it.span == symbol.span and it.name != symbol.name]


def _unfit(draft: Draft, symbol: Symbol, body: Piece) -> Problem | None:
    """Why the text can't stand for the symbol."""
    own = _own_name(draft, symbol)
    place = place_of(draft.container(symbol.inner))
    if not body.statements or body.place != place:
        return Problem(f"The text for `{symbol.name}` in {draft.path} is not its whole definition.")
    if lost := [it for it in _same_statement(draft, symbol) if it not in body.names]:
        return Problem(f"`{symbol.name}` is defined together with `{lost[0]}`; write both.")
    if own not in body.names and symbol.kind not in {"call", "test"}:
        if not _is_renamed(symbol, body):
            return Problem(
                f"The text for `{symbol.name}` in {draft.path} does not define `{own}`; "
                "write its whole definition."
            )
    elif lost := _lost_members(draft, symbol, body):
        mark = f"{draft.language.comment} ... existing code ..."
        return Problem(
            f"The text for `{symbol.name}` in {draft.path} leaves out `{lost[0]}`; write it too, "
            f"mark what stays with `{mark}`, or say delete={lost[0]}."
        )
    return None


def _is_renamed(symbol: Symbol, body: Piece) -> bool:
    """True when the text is one definition of the same kind under another name."""
    if len(body.statements) != 1 or len(body.names) != 1:
        return False
    kind = next(it.kind for it in body.statements[0].symbols)
    functions = {"function", "method"}
    return kind == symbol.kind or {kind, symbol.kind} <= functions


def _lost_members(draft: Draft, symbol: Symbol, body: Piece) -> list[str]:
    """The methods and tests in the symbol that its new text has not."""
    if symbol.kind not in {"class", "test"}:
        return []
    own = _own_name(draft, symbol)
    around = symbol.name.removesuffix(own)
    names = {f"{around}{it.name}" for statement in body.statements for it in statement.symbols}
    return [
        it.name
        for it in draft.symbols
        if it.kind in {"method", "test"}
        and it != symbol
        and symbol.inner.covers(it.inner)
        and it.name not in names
    ]


def _less_known(draft: Draft, symbol: Symbol, body: Piece) -> Piece | Problem:
    """The body less other statements that are there already; a problem where they differ."""
    container = draft.container(symbol.inner)
    own = _own_name(draft, symbol)
    defines_own = any(own in it.names for it in body.statements)
    others = [it for it in body.statements if own not in it.names]
    if not others or not defines_own:
        return body
    known = known_statements(draft, container, Piece(body.text, body.place, tuple(others)))
    return known if isinstance(known, Problem) else body.without(known)


def _spliced(draft: Draft, symbol: Symbol, body: Piece) -> Draft | Problem:
    old = symbol.span.of(draft.source)
    prefix = draft.indentation(symbol.span.start)
    text = rebase(body.text, draft.language, prefix, draft.unit).rstrip()
    if body.place == "object":
        text = text.rstrip(",")
    if old.endswith(b";") and not text.endswith((";", "}")):
        text += ";"
    lines = draft.whole_lines(symbol.span)
    if isinstance(lines, Problem):
        return lines if "\n" in text else draft.spliced(symbol.span, text.strip())
    start = lines.start
    if body.statements and _opens_with_comment(body):
        start = _comments_replaced(draft, lines, body)
    return draft.spliced(Span(start, symbol.span.end), text)


def _opens_with_comment(body: Piece) -> bool:
    return body.text.lstrip().startswith(("#", "//", "/*"))


def _comments_replaced(draft: Draft, lines: Span, body: Piece) -> int:
    """Where the replaced text begins: at the comments above, when the new ones stand for them."""
    whole = draft.with_comments(lines)
    above = draft.source[whole.start : lines.start].decode("utf-8", "surrogateescape")
    old = {line.strip() for line in above.split("\n") if len(line.strip()) > 3}
    new = {line.strip() for line in body.text.split("\n")}
    both_blocks = above.lstrip().startswith("/**") and body.text.lstrip().startswith("/**")
    return whole.start if old & new or both_blocks else lines.start
