"""Statements that grow on their way (`sql += …`): a list of their values grows beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.recipes.prevent_sql_injection.binding import bindable
from backwright.recipes.prevent_sql_injection.built import Blocked
from backwright.recipes.prevent_sql_injection.drivers import Driver
from backwright.recipes.prevent_sql_injection.read_python import read_python
from backwright.recipes.prevent_sql_injection.read_script import read_script
from backwright.recipes.prevent_sql_injection.rewriting import Rewriting
from backwright.recipes.prevent_sql_injection.tree import (
    Part,
    arguments_of,
    growth_of,
    identifiers,
    uses,
)
from backwright.recipes.prevent_sql_injection.values import python_value, script_value
from backwright.syntax.tree import text
from backwright.text.span import Span

_BLOCKS = frozenset({"block", "module", "statement_block", "program"})
_NAMES = ("values", "parameters", "sql_values")


@dataclass(frozen=True, slots=True)
class Growing:
    """A name whose statement grows in the function `around`, and the call that runs it."""

    name: str
    call: Node
    around: Node


def bound_growing(
    source: bytes, driver: Driver, growing: Growing, is_checked: Callable[[str], bool]
) -> list[Edit] | Blocked:
    """The edits that bind the values of each part where it is added."""
    name, call, around = growing.name, growing.call, growing.around
    parts = growth_of(name, around)
    plain = driver.passing == "sequence" and driver.mark != "$1"
    if not parts or len(uses(name, around)) != len(parts) + 1 or len(arguments_of(call)) != 1:
        return Blocked(f"{name} changes on its way; keep a list of its parameters beside it")
    if not plain:
        return Blocked(f"{name} grows on its way; keep its parameters beside it as it does")
    words = {text(it) for it in identifiers(around)}
    values = next((it for it in _NAMES if it not in words), "")
    edits = [Edit(_end(arguments_of(call)[0]), f", {values}")]
    for number, part in enumerate(parts):
        found = _bound_part(source, driver, part, is_checked, call.type == "call")
        if isinstance(found, Blocked):
            return found
        edits += found.edits
        added = _added(call.type == "call", values, found.codes, is_first=not number)
        if added:
            after = _after(source, part.statement, added)
            if isinstance(after, Blocked):
                return after
            edits.append(after)
    return edits if values else Blocked(f"{name} has no name free for its parameters")


@dataclass(frozen=True, slots=True)
class _Bound:
    edits: list[Edit]
    codes: list[str]


def _bound_part(
    source: bytes, driver: Driver, part: Part, is_checked: Callable[[str], bool], is_python: bool
) -> _Bound | Blocked:
    built = (read_python if is_python else read_script)(part.value)
    if isinstance(built, Blocked):
        return built
    found = bindable(built, is_checked)
    if isinstance(found, Blocked):
        return found
    rewriting = Rewriting(source, built, driver.mark == "%s")
    edits = rewriting.edits(found.values, [driver.mark] * len(found.values))
    if isinstance(edits, Blocked):
        return edits
    write = python_value if is_python else script_value
    return _Bound(edits, [write(it.parts) for it in found.values])


def _added(is_python: bool, values: str, codes: Sequence[str], *, is_first: bool) -> str:
    """The statement that makes the list, or adds to it; "" for nothing to add."""
    listed = ", ".join(codes)
    if is_first:
        return f"{values} = [{listed}]" if is_python else f"const {values} = [{listed}];"
    if not codes:
        return ""
    if not is_python:
        return f"{values}.push({listed});"
    return f"{values}.append({listed})" if len(codes) == 1 else f"{values} += [{listed}]"


def _after(source: bytes, statement: Node, added: str) -> Edit | Blocked:
    """`added` on the next line, where the statement is one of a block and has its line."""
    start = source.rfind(b"\n", 0, statement.start_byte) + 1
    lead = source[start : statement.start_byte].decode("utf-8", "replace")
    block = statement.parent
    if lead.strip() or block is None or block.type not in _BLOCKS:
        return Blocked("a part of the statement is added on the line of its condition")
    return Edit(_end(statement), f"\n{lead}{added}")


def _end(node: Node) -> Span:
    return Span(node.end_byte, node.end_byte)
