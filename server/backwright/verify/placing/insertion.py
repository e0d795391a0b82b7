"""Puts new statements beside others, with blank lines as the file has them."""

from __future__ import annotations

from typing import Literal

from tree_sitter import Node

from backwright.syntax.symbols import Symbol, closing_statements
from backwright.text.span import Span
from backwright.verify.placing.draft import Draft, Item, Problem, items
from backwright.verify.placing.indent import dedent, rebase
from backwright.verify.placing.piece import Piece, Place, Statement
from backwright.verify.placing.spacing import Spacing, blanks_above, blanks_below

_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "all"})


def place_of(container: Node) -> Place:
    places: dict[str, Place] = {"class_body": "class", "object": "object"}
    return places.get(container.type, "module")


def owner_of(draft: Draft, symbol: Symbol) -> Symbol | None:
    """The symbol just around this one: its class, its suite, its function."""
    outer = [
        it
        for it in draft.symbols
        if it.inner != symbol.inner and it.inner.covers(symbol.inner) and it.name != symbol.name
    ]
    return outer[-1] if outer else None


def insert_beside(
    draft: Draft, symbol: Symbol, piece: Piece, where: Literal["before", "after"]
) -> Draft | Problem:
    """The draft with `piece` before or after the symbol, as its sibling."""
    container = draft.container(symbol.inner)
    fresh = without_known(draft, container, piece)
    if isinstance(fresh, Problem) or not fresh.text:
        return fresh if isinstance(fresh, Problem) else draft
    if piece.place != place_of(container):
        kind = {"class": "a class", "object": "an object", "module": "a block of statements"}
        return Problem(
            f"`{symbol.name}` stands in {kind[place_of(container)]} of {draft.path}; "
            f"what shall come {where} it must be written as it stands there."
        )
    if container.type == "object":
        return _insert_member(draft, symbol, fresh, where)
    lines = draft.whole_lines(symbol.span)
    if isinstance(lines, Problem):
        return lines
    at = draft.with_comments(lines).start if where == "before" else lines.end
    prefix = draft.indentation(symbol.span.start)
    return _insert_lines(draft, container, at, fresh, prefix)


def append(draft: Draft, piece: Piece) -> Draft | Problem:
    """The draft with `piece` at its end, before a main guard or the exports that close the file."""
    fresh = without_known(draft, draft.root, piece)
    if isinstance(fresh, Problem) or not fresh.text:
        return fresh if isinstance(fresh, Problem) else draft
    if not draft.source.strip():
        return draft.spliced(Span(0, len(draft.source)), f"{fresh.text}\n")
    at = _end_of_code(draft)
    if not _closes(fresh, draft):
        for span in reversed(closing_statements(draft.root, draft.language.name)):
            lines = draft.whole_lines(span)
            if isinstance(lines, Problem) or draft.source[lines.end : at].strip():
                break
            at = draft.with_comments(lines).start
    return _insert_lines(draft, draft.root, at, fresh, "")


def without_known(draft: Draft, container: Node, piece: Piece) -> Piece | Problem:
    """The piece less the statements that need not be added to the container."""
    known = known_statements(draft, container, piece)
    return known if isinstance(known, Problem) else piece.without(known)


def known_statements(draft: Draft, container: Node, piece: Piece) -> list[Statement] | Problem:
    """The statements that the container already has word for word, and those that only describe,
    such as a docstring.

    A problem where the piece defines again, differently, what is there.
    """
    siblings = _siblings(draft, container)
    present = {_plain(draft, it.span) for it in items(container)}
    found: list[Statement] = []
    for statement in piece.statements:
        words = _normal(_uncommented(piece.text_of(statement)))
        if words in present or _is_string(statement, words):
            found.append(statement)
            continue
        for name in statement.names:
            known = [it for own, it in siblings if own == name]
            if known and not _may_repeat(known[0], name):
                return Problem(
                    f"{draft.path} already has `{known[0].name}` (line "
                    f"{draft.line(known[0].span.start)}); use replace={known[0].name} to change it."
                )
    return found


def _siblings(draft: Draft, container: Node) -> list[tuple[str, Symbol]]:
    """The symbols directly in the container, by the name they have there."""
    outer = [
        it
        for it in draft.symbols
        if it.inner.start <= container.start_byte and container.end_byte <= it.inner.end
    ]
    around = outer[-1].name if outer and container.parent is not None else ""
    starts = {it.span.start for it in items(container)}
    listed = []
    for it in draft.symbols:
        if it.span.start in starts:
            own = it.name.removeprefix(around)
            listed.append((own.removeprefix(" > ").removeprefix(".") if around else own, it))
    return listed


def _may_repeat(symbol: Symbol, name: str) -> bool:
    """True for calls that are made more than once: `app.use("/api", …)`, not `app.get(…)`."""
    return symbol.kind == "call" and name.split(" ")[0].rpartition(".")[2].lower() not in _VERBS


def _plain(draft: Draft, span: Span) -> str:
    start = draft.lines.start_of(draft.line(span.start))
    text = draft.source[start : span.end].decode("utf-8", "surrogateescape")
    return _normal(dedent(text, draft.language))


def _is_string(statement: Statement, words: str) -> bool:
    return statement.item.kind == "expression_statement" and words[:1] in {"'", '"'}


def _uncommented(text: str) -> str:
    lines = text.split("\n")
    while lines and lines[0].strip().startswith(("#", "//", "/*", "*")):
        lines = lines[1:]
    return "\n".join(lines)


def _normal(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).strip().rstrip(";,")


def _insert_member(
    draft: Draft, symbol: Symbol, piece: Piece, where: Literal["before", "after"]
) -> Draft | Problem:
    """Members of an object are parted by commas."""
    rest = draft.source[symbol.span.end :].lstrip()
    ended = rest.startswith(b",")
    if where == "after" and not ended:
        draft = draft.spliced(Span(symbol.span.end, symbol.span.end), ",")
    lines = draft.whole_lines(symbol.span)
    if isinstance(lines, Problem):
        return lines
    comma = "," if where == "before" or ended else ""
    text = f"{piece.text.rstrip().rstrip(',')}{comma}"
    at = draft.with_comments(lines).start if where == "before" else lines.end
    container = draft.container(symbol.inner)
    prefix = draft.indentation(symbol.span.start)
    return _insert_lines(draft, container, at, Piece(text, piece.place, piece.statements), prefix)


def _insert_lines(draft: Draft, container: Node, at: int, piece: Piece, prefix: str) -> Draft:
    spacing = Spacing.of(draft, container)
    text = rebase(piece.text, draft.language, prefix, draft.unit).rstrip("\n")
    first, last = _edges(piece)
    above = max((it for it in spacing.items if it.span.end <= at), default=None, key=_start)
    below = min((it for it in spacing.items if it.span.start >= at), default=None, key=_start)
    unended = "\n" if at and draft.source[at - 1 : at] != b"\n" else ""
    before = max(0, spacing.between(above, first) - blanks_above(draft, at)) if above else 0
    after = max(0, spacing.between(last, below) - blanks_below(draft, at)) if below else 0
    after = after if piece.statements else 0  # a comment belongs to what follows
    return draft.spliced(Span(at, at), unended + "\n" * before + text + "\n" + "\n" * after)


def _edges(piece: Piece) -> tuple[Item, Item]:
    """The first and the last statement of a piece; a comment where it has none."""
    if not piece.statements:
        comment = Item(Span(0, 0), "comment")
        return comment, comment
    return piece.statements[0].item, piece.statements[-1].item


def _start(item: Item) -> int:
    return item.span.start


def _end_of_code(draft: Draft) -> int:
    """The end of the last line that is not blank."""
    return draft.lines.end_of(draft.line(len(draft.source.rstrip()) - 1))


def _closes(piece: Piece, draft: Draft) -> bool:
    """True when the piece itself belongs at the very end: it exports, or starts the program."""
    names = [alias for it in piece.statements for symbol in it.symbols for alias in symbol.aliases]
    exports = any(name.startswith(("exports.", "module.exports")) for name in names)
    ends = Draft(draft.path, piece.text.encode("utf-8", "surrogateescape"), draft.language)
    return exports or bool(closing_statements(ends.root, draft.language.name))
