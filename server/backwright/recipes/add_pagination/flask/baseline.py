"""Pages of a Flask view: query parameters that are brought within their bounds."""

from __future__ import annotations

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.recipes.add_pagination.python import LAST_START, Paged, paged_handler
from backwright.recipes.outcome import Draft, Outcome, Refused, Situation
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project
from backwright.text.span import Span


def baseline(situation: Situation) -> Outcome:
    found = paged_handler(situation)
    if not isinstance(found, Paged):
        return found
    path = found.route.handler_place.file
    project = Project(situation)
    imports: tuple[Unit, ...] = ()
    if project.origin(path, "request") != "flask.request":
        if "request" in project.names(path):
            return Refused(f"{path} uses the name request for something else")
        imports = (Unit(path, "imports", text="from flask import request\n"),)
    wish = found.wish
    first = 1 if wish.numbered else 0
    size = f'request.args.get("{wish.size}", {wish.default}, type=int)'
    start = f'request.args.get("{wish.start}", {first}, type=int)'
    rows = (
        f"{wish.size} = min(max({size}, 1), {wish.most})",
        f"{wish.start} = min(max({start}, {first}), {LAST_START})",
    )
    indent = found.function.indent + "    "
    at = _begin(found)
    edit = Edit(Span(at, at), "".join(f"{row}\n{indent}" for row in rows))
    return Draft(
        (*edited_lines(path, found.function.source, [edit, *found.edits]), *imports),
        found.summary,
        unserved=wish.unserved,
        review=(
            *found.review,
            "what is out of bounds is brought within them, not answered with an error",
        ),
    )


def _begin(found: Paged) -> int:
    """Where the first statement behind a docstring begins."""
    body = found.function.node.child_by_field_name("body")
    assert body is not None, "every function has a body"
    statements = [it for it in body.named_children if it.type != "comment"]
    first = statements[0]
    is_docstring = first.type == "expression_statement" and first.named_children[0].type == "string"
    return (statements[1] if is_docstring and len(statements) > 1 else first).start_byte
