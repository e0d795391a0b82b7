"""Merges Python imports: into a statement of the same module, else among imports of their kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from backwright.syntax.tree import parse, text
from backwright.text.span import Span
from backwright.verify.importing.nodes import is_python_import
from backwright.verify.importing.python_reading import (
    Group,
    Import,
    Statement,
    absolute,
    group_of,
    guarded,
    meaning,
    own_module,
    read_statement,
)
from backwright.verify.placing.draft import Draft, Problem

LINE_LENGTH = 88
"""A longer `from` import is put in parentheses, one name a line."""


def merge_python(draft: Draft, wanted: str, exists: Callable[[str], bool]) -> Draft | Problem:
    root = parse(wanted.encode("utf-8", "surrogateescape"), draft.language.name).root_node
    for child in root.named_children:
        if child.type == "comment":
            continue
        if not is_python_import(child):
            shown = text(child).split("\n")[0]
            return Problem(f"`{shown}` is no import; only imports may stand in such a block.")
        for one in read_statement(child).imports:
            merged = _merged(draft, one, exists)
            if isinstance(merged, Problem):
                return merged
            draft = merged
    return draft


def _merged(draft: Draft, one: Import, exists: Callable[[str], bool]) -> Draft | Problem:
    statements = [
        read_statement(node) for node in draft.root.named_children if is_python_import(node)
    ]
    present = [it for statement in statements for it in statement.imports]
    present += [it for node in guarded(draft.root) for it in read_statement(node).imports]
    meant = partial(meaning, path=draft.path)
    if any(meant(it) == meant(one) and it.bound == one.bound for it in present):
        return draft
    module = absolute(one.module, draft.path)
    same_module = [
        it
        for it in statements
        if it.is_from and one.name and absolute(it.module, draft.path) == module
    ]
    if any(it.imports[0].name == "*" for it in same_module) and one.alias == "":
        return draft
    if one.name and module == own_module(draft.path):
        is_package = draft.path.rpartition("/")[2] == "__init__.py"
        if not is_package or any(it.name == one.name for it in draft.symbols):
            return draft  # a package imports its own modules, but not what it defines
    if (clash := _clash(draft, one, present)) is not None:
        return clash
    open_to_more = [it for it in same_module if it.imports[0].name != "*" and one.name != "*"]
    if open_to_more:
        return _with_entry(draft, open_to_more[-1], one)
    return _with_statement(draft, statements, one, exists)


def _clash(draft: Draft, one: Import, present: Sequence[Import]) -> Problem | None:
    """The problem when what `one` binds already means something else in the file."""
    for it in present:
        plain = not it.name and not it.alias and not one.name and not one.alias
        if it.bound == one.bound and it.name != "*" and not plain:
            return Problem(
                f"`{one.statement}` gives `{one.bound}` a second meaning in {draft.path}, "
                f"which has `{it.statement}`."
            )
    if any(it.name == one.bound for it in draft.symbols):
        return Problem(
            f"`{one.statement}` gives `{one.bound}` a second meaning in {draft.path}, "
            "which defines it itself."
        )
    return None


# Into a statement


def _with_entry(draft: Draft, statement: Statement, one: Import) -> Draft:
    names = [it.entry for it in statement.imports]
    place = _place_among(names, one.entry)
    if _stands_alone(statement):
        return _with_entry_line(draft, statement, one.entry, place)
    listed = [*names[:place], one.entry, *names[place:]]
    first = text(statement.node).split("\n")[0]
    added = len(first) + len(one.entry) + len(", ")
    commented = any(it.type == "comment" for it in statement.node.children)
    if added > LINE_LENGTH and not commented:
        rows = "".join(f"    {entry},\n" for entry in listed)
        module = statement.module
        span = Span(statement.node.start_byte, statement.node.end_byte)
        return draft.spliced(span, f"from {module} import (\n{rows})")
    if place == len(names):
        end = statement.entries[-1].end_byte
        return draft.spliced(Span(end, end), f", {one.entry}")
    start = statement.entries[place].start_byte
    return draft.spliced(Span(start, start), f"{one.entry}, ")


def _stands_alone(statement: Statement) -> bool:
    """True when each entry has a line of its own."""
    rows = [it.start_point.row for it in statement.entries]
    return rows[0] > statement.node.start_point.row and len(set(rows)) == len(rows)


def _with_entry_line(draft: Draft, statement: Statement, entry: str, place: int) -> Draft:
    indent = draft.indentation(statement.entries[0].start_byte)
    if place < len(statement.entries):
        start = statement.entries[place].start_byte
        return draft.spliced(Span(start, start), f"{entry},\n{indent}")
    last = statement.entries[-1]
    comma = last.next_sibling
    if comma is None or comma.type != ",":
        return draft.spliced(Span(last.end_byte, last.end_byte), f",\n{indent}{entry}")
    end = draft.lines.end_of(draft.line(comma.start_byte))
    return draft.spliced(Span(end, end), f"{indent}{entry},\n")


def _place_among(names: Sequence[str], name: str) -> int:
    """Where `name` goes so that sorted names stay sorted; the end where they are not."""
    for key in (_by_type, _by_letter, _by_code_point):
        keys = [key(it) for it in names]
        if keys == sorted(keys):
            return sum(it <= key(name) for it in keys)
    return len(names)


def _by_type(name: str) -> tuple[int, str]:
    """Constants, classes, functions: the order that isort and ruff keep."""
    bare = name.split(" ")[0]
    if bare.isupper() and len(bare) > 1:
        return 0, bare
    return (1 if bare[:1].isupper() else 2), bare


def _by_letter(name: str) -> tuple[int, str]:
    return 0, name.casefold()


def _by_code_point(name: str) -> tuple[int, str]:
    return 0, name


# As a statement


def _with_statement(
    draft: Draft, statements: Sequence[Statement], one: Import, exists: Callable[[str], bool]
) -> Draft:
    if not statements:
        return _as_first(draft, one.statement)
    grouped = partial(group_of, path=draft.path, exists=exists)
    blocks = list(_blocks(draft, statements))
    group, root = grouped(one.module), one.module.split(".")[0]
    groups = [{grouped(it.module) for it in block} for block in blocks]
    for block in blocks:
        if group is not Group.FUTURE and any(it.module.split(".")[0] == root for it in block):
            return _into_block(draft, block, one)
    for block, kinds in zip(reversed(blocks), reversed(groups), strict=True):
        if group in kinds or (len(kinds) > 1 and Group.FUTURE < group < max(kinds)):
            return _into_block(draft, block, one)
    before = [block for block, kinds in zip(blocks, groups, strict=True) if max(kinds) < group]
    if before:
        end = _line_end(draft, before[-1][-1])
        return draft.spliced(Span(end, end), f"\n{one.statement}\n")
    first = draft.with_comments(_line(draft, blocks[0][0]))
    start = first.start if draft.line(first.start) > 1 else _line(draft, blocks[0][0]).start
    return draft.spliced(Span(start, start), f"{one.statement}\n\n")


def _blocks(draft: Draft, statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Imports that stand together, with no blank line or other code between."""
    block = [statements[0]]
    for above, below in pairwise(statements):
        if below.node.start_point.row - above.node.end_point.row > 1:
            yield block
            block = []
        block.append(below)
    yield block


def _into_block(draft: Draft, block: Sequence[Statement], one: Import) -> Draft:
    wanted = Statement(block[0].node, (one,), ())
    place = len(block)
    for key in (_plain_first, _by_module):
        keys = [key(it) for it in block]
        if keys == sorted(keys):
            place = sum(it <= key(wanted) for it in keys)
            break
    at = _line_end(draft, block[place - 1]) if place else _line(draft, block[0]).start
    return draft.spliced(Span(at, at), f"{one.statement}\n")


def _plain_first(statement: Statement) -> tuple[bool, str]:
    return statement.is_from, statement.module.casefold()


def _by_module(statement: Statement) -> tuple[bool, str]:
    return False, statement.module.casefold()


def _line(draft: Draft, statement: Statement) -> Span:
    start = draft.lines.start_of(draft.line(statement.node.start_byte))
    return Span(start, _line_end(draft, statement))


def _line_end(draft: Draft, statement: Statement) -> int:
    return draft.lines.end_of(draft.line(max(statement.node.end_byte - 1, 0)))


def _as_first(draft: Draft, statement: str) -> Draft:
    """The statement in a file without imports: below the docstring and the opening comments."""
    number = _header(draft)
    at = draft.lines.start_of(number + 1) if number else 0
    above = "\n" if number else ""
    if number and not draft.source[:at].endswith(b"\n"):
        above = "\n\n"
    blank = 0
    while number + blank + 1 <= len(draft.lines) and draft.is_blank(number + blank + 1):
        blank += 1
    if at + blank >= len(draft.source):
        return draft.spliced(Span(at, len(draft.source)), f"{above}{statement}\n")
    following = draft.line_text(number + blank + 1).lstrip()
    needed = 2 if following.startswith((b"def ", b"class ", b"@", b"async ")) else 1
    return draft.spliced(Span(at, at), f"{above}{statement}\n" + "\n" * max(0, needed - blank))


def _header(draft: Draft) -> int:
    """The last line of the module's docstring or opening comments; 0 for none."""
    number = 0
    for child in draft.root.named_children:
        row = child.start_point.row + 1
        if child.type == "comment" and row == number + 1:
            number = row
            continue
        is_docstring = child.type == "expression_statement" and (
            len(child.named_children) == 1 and child.named_children[0].type == "string"
        )
        if is_docstring:
            return child.end_point.row + 1
        if number and row == number + 1 and not _opens_with_marker(draft):
            return 0  # the comment belongs to this statement
        break
    return number


def _opens_with_marker(draft: Draft) -> bool:
    """True when the file opens with a line that an interpreter or editor reads."""
    return draft.source.startswith((b"#!", b"# -*-", b"# coding"))
