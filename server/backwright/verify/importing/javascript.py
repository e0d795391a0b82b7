"""Merges imports of JavaScript and TypeScript, written as the file writes its own.

An `import` becomes a `require` in a CommonJS file, and the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tree_sitter import Node

from backwright.syntax.tree import parse, text
from backwright.text.span import Span
from backwright.verify.importing.javascript_manner import Manner, Style
from backwright.verify.importing.javascript_reading import (
    Import,
    Statement,
    read_statement,
    same_module,
)
from backwright.verify.importing.nodes import is_javascript_import
from backwright.verify.placing.draft import Draft, Problem


def merge_javascript(draft: Draft, wanted: str, exists: Callable[[str], bool]) -> Draft | Problem:
    root = parse(wanted.encode("utf-8", "surrogateescape"), draft.language.name).root_node
    own: Style = "esm"
    for child in root.named_children:
        if child.type == "comment":
            continue
        if not is_javascript_import(child):
            shown = text(child).split("\n")[0]
            return Problem(f"`{shown}` is no import; only imports may stand in such a block.")
        own = "esm" if child.type == "import_statement" else "commonjs"
        for one in read_statement(child).imports:
            merged = _merged(draft, one, own, exists)
            if isinstance(merged, Problem):
                return merged
            draft = merged
    return draft


def _merged(
    draft: Draft, one: Import, own: Style, exists: Callable[[str], bool]
) -> Draft | Problem:
    statements = [
        read_statement(node) for node in draft.root.named_children if is_javascript_import(node)
    ]
    present = [it for statement in statements for it in statement.imports]
    if any(it.means(one) and it.local == one.local and it.is_type <= one.is_type for it in present):
        return draft
    if (clash := _clash(draft, one, present)) is not None:
        return clash
    manner = Manner.of(draft, statements, own)
    one = manner.adapted(one, draft.path, exists)
    for statement in sorted(statements, key=lambda it: _is_typed(it) != one.is_type):
        if (target := _room_in(statement, one)) is not None:
            return _with_name(draft, target, one, manner)
    for statement in statements:
        if (clause := _room_for_default(statement, one)) is not None:
            return draft.spliced(Span(clause.start_byte, clause.start_byte), f"{one.local}, ")
        if (default := _room_beside_default(statement, one)) is not None:
            end = default.end_byte
            return draft.spliced(Span(end, end), f", {manner.braced(_specifier(one))}")
    return _with_statement(draft, statements, manner.statement(one), one)


def _clash(draft: Draft, one: Import, present: Sequence[Import]) -> Problem | None:
    if not one.local:
        return None
    for it in present:
        if it.local == one.local:
            return Problem(
                f"`{one.local}` from {one.module!r} would clash in {draft.path} with "
                f"`{it.local}` from {it.module!r}."
            )
    if any(it.name == one.local and not it.aliases for it in draft.symbols):
        return Problem(f"`{one.local}` from {one.module!r} is already defined in {draft.path}.")
    return None


# Into a statement


def _room_in(statement: Statement, one: Import) -> Node | None:
    """The braces of a statement that can take one more name."""
    if one.kind != "name" or not same_module(statement.module, one.module):
        return None
    if _is_typed(statement) and not one.is_type:
        return None
    return _first(statement.node, {"named_imports", "object_pattern"})


def _is_typed(statement: Statement) -> bool:
    return any(child.type == "type" for child in statement.node.children)


def _room_for_default(statement: Statement, one: Import) -> Node | None:
    """The clause of names before which a default can stand."""
    if one.kind != "default" or not same_module(statement.module, one.module) or one.is_type:
        return None
    if any(it.kind in {"default", "all"} or it.is_type for it in statement.imports):
        return None
    return _first(statement.node, {"named_imports"})


def _room_beside_default(statement: Statement, one: Import) -> Node | None:
    """The default of a statement after which names can stand."""
    if one.kind != "name" or one.is_type or not same_module(statement.module, one.module):
        return None
    if statement.node.type != "import_statement" or len(statement.imports) != 1:
        return None
    clause = _first(statement.node, {"import_clause"})
    only = statement.imports[0]
    return clause if only.kind == "default" and not only.is_type else None


def _first(node: Node, kinds: set[str]) -> Node | None:
    if node.type in kinds:
        return node
    return next((it for child in node.named_children if (it := _first(child, kinds))), None)


def _specifier(one: Import, target: Node | None = None) -> str:
    if target is not None and target.type == "object_pattern":
        return one.name if one.local == one.name else f"{one.name}: {one.local}"
    statement = target.parent.parent if target is not None and target.parent is not None else None
    typed = statement is not None and any(it.type == "type" for it in statement.children)
    prefix = "type " if one.is_type and not typed else ""
    return prefix + (one.name if one.local == one.name else f"{one.name} as {one.local}")


def _with_name(draft: Draft, target: Node, one: Import, manner: Manner) -> Draft:
    entry = _specifier(one, target)
    entries = [it for it in target.named_children if it.type != "comment"]
    names = [text(it) for it in entries]
    if not entries:
        return draft.spliced(Span(target.start_byte, target.end_byte), manner.braced(entry))
    if entries[0].start_point.row > target.start_point.row:
        return _with_name_line(draft, entries, names, entry)
    number = draft.line(target.start_byte)
    on_one_line = target.start_point.row == target.end_point.row
    commented = any(it.type == "comment" for it in target.children)
    if on_one_line and not commented:
        place = _place_among(names, entry)
        listed = [*names[:place], entry, *names[place:]]
        inner = ", ".join(listed)
        length = len(draft.line_text(number).decode()) + len(entry) + 2
        if length > manner.width:
            inner = "".join(f"{manner.indent}{it},\n" for it in listed)
            return draft.spliced(Span(target.start_byte, target.end_byte), f"{{\n{inner}}}")
        first, last = entries[0].start_byte, entries[-1].end_byte
        return draft.spliced(Span(first, last), inner)
    end = entries[-1].end_byte
    return draft.spliced(Span(end, end), f", {entry}")


def _with_name_line(draft: Draft, entries: list[Node], names: list[str], entry: str) -> Draft:
    indent = draft.indentation(entries[0].start_byte)
    place = _place_among(names, entry)
    if place < len(entries):
        start = entries[place].start_byte
        return draft.spliced(Span(start, start), f"{entry},\n{indent}")
    last = entries[-1]
    comma = last.next_sibling
    if comma is not None and comma.type == ",":
        end = draft.lines.end_of(draft.line(comma.start_byte))
        return draft.spliced(Span(end, end), f"{indent}{entry},\n")
    return draft.spliced(Span(last.end_byte, last.end_byte), f",\n{indent}{entry}")


def _place_among(names: Sequence[str], name: str) -> int:
    """Where `name` goes so that sorted names stay sorted; the end where they are not."""
    keys = [it.casefold() for it in names]
    if len(names) > 1 and keys == sorted(keys):
        return sum(it <= name.casefold() for it in keys)
    return len(names)


# As a statement


def _with_statement(
    draft: Draft, statements: Sequence[Statement], statement: str, one: Import
) -> Draft:
    run = _opening_run(draft, statements)
    if not run:
        return _as_first(draft, statement)
    local = Statement(run[0].node, (one,)).is_local
    alike = [it for it in run if it.is_local == local]
    if alike or local:
        after = (alike or run)[-1].node
        end = draft.lines.end_of(draft.line(max(after.end_byte - 1, 0)))
        above = "" if draft.source[:end].endswith(b"\n") else "\n"
        return draft.spliced(Span(end, end), f"{above}{statement}\n")
    line = draft.lines.start_of(draft.line(run[0].node.start_byte))
    return draft.spliced(Span(line, line), f"{statement}\n")


def _opening_run(draft: Draft, statements: Sequence[Statement]) -> list[Statement]:
    """The imports at the beginning of the file, up to the first other statement below one.

    Calls such as `require("dotenv").config()` may stand between them.
    """
    known = {it.node.id: it for it in statements}
    run: list[Statement] = []
    for child in draft.root.named_children:
        if child.id in known:
            run.append(known[child.id])
        elif run and child.type not in {"comment", "expression_statement"}:
            break
    return run


def _as_first(draft: Draft, statement: str) -> Draft:
    """The statement in a file without imports: below the directives and the opening comments."""
    number = 0
    for child in draft.root.named_children:
        row = child.start_point.row + 1
        opening = child.type in {"comment", "hash_bang_line"} and row == number + 1
        directive = child.type == "expression_statement" and (
            child.named_children[0].type == "string"
        )
        if not opening and not directive:
            if child.start_point.row == number and number:
                number = 0 if draft.line_text(1)[:2] != b"#!" else 1
            break
        number = child.end_point.row + 1
    at = draft.lines.start_of(number + 1) if number else 0
    above = "" if not number else "\n" if draft.source[:at].endswith(b"\n") else "\n\n"
    if not draft.source[at:].strip():
        return draft.spliced(Span(at, len(draft.source)), f"{above}{statement}\n")
    below = "" if draft.is_blank(number + 1) else "\n"
    return draft.spliced(Span(at, at), f"{above}{statement}\n{below}")
