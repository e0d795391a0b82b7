"""Statements of Prisma: a tagged template binds each of its values by itself."""

from __future__ import annotations

from collections.abc import Sequence

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.recipes.prevent_sql_injection.binding import Value
from backwright.recipes.prevent_sql_injection.built import Blocked, Built, Hole
from backwright.recipes.prevent_sql_injection.values import script_value
from backwright.syntax.tree import span, text
from backwright.text.span import Span


def as_tagged(
    source: bytes, call: Node, statement: Node, built: Built, values: Sequence[Value]
) -> list[Edit] | Blocked:
    """`$queryRawUnsafe(`…`)` as `$queryRaw`…``, its values without quotes."""
    arguments = call.child_by_field_name("arguments")
    function = call.child_by_field_name("function")
    generic = call.child_by_field_name("type_arguments")
    if arguments is None or function is None or statement.type != "template_string":
        return Blocked("the statement is not one template where it is run")
    if len(arguments.named_children) > 1:
        return Blocked("the statement has parameters of its own, by number")
    bound = {n for value in values for n in range(value.first, value.last + 1)}
    if any(isinstance(it, Hole) and n not in bound for n, it in enumerate(built.parts)):
        return Blocked("a part of the statement is a name; Prisma binds all that is put into it")
    name = Span(function.end_byte - len("Unsafe"), function.end_byte)
    assert text(function).endswith("Unsafe"), "only such methods take a string"
    ends = [
        Edit(Span(arguments.start_byte, statement.start_byte), ""),
        Edit(Span(statement.end_byte, arguments.end_byte), ""),
    ]
    placed = [Edit(it.span, f"${{{script_value(it.parts)}}}") for it in values]
    assert generic is None or span(generic).end <= arguments.start_byte, "types come first"
    return [Edit(name, ""), *ends, *placed]
