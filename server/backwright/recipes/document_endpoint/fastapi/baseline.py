"""A docstring and `responses` for a FastAPI endpoint: what its OpenAPI page is made from."""

from __future__ import annotations

import json

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.recipes.document_endpoint.python import documented, function_of
from backwright.recipes.document_endpoint.told import Told, told
from backwright.recipes.generate_tests.fastapi.endpoint import read_endpoint
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.pieces import edited_lines
from backwright.recipes.python_code import PythonFunction
from backwright.syntax.tree import text
from backwright.text.span import Span

_SHOWN_ANYWAY = frozenset({422})
"""What FastAPI itself documents."""


def baseline(situation: Situation) -> Outcome:
    route = situation.target.route
    if route is None:
        return Refused("there is no endpoint at the cursor")
    function = function_of(situation, route)
    if isinstance(function, Refused):
        return function
    what = told(route, read_endpoint(Project(situation), route))
    edits = documented(function, [what.summary])
    decorator = _decorator(function)
    if decorator is not None:
        edits += _responses(function, decorator, what)
    if not edits:
        return AlreadyDone(f"{route.title} is documented already")
    path = route.handler_place.file
    return Draft(
        tuple(edited_lines(path, function.source, edits)),
        f"{route.title} says what it does"
        + (f" and when it answers {_statuses(what)}" if what.failures else ""),
        review=("the words are made from names and messages in the code: say it better",),
    )


def _statuses(what: Told) -> str:
    return ", ".join(str(it) for it in what.failures)


def _decorator(function: PythonFunction) -> Node | None:
    """The arguments of the decorator that registers the endpoint."""
    for it in function.decorators:
        call = it.named_children[0] if it.named_children else None
        called = call.child_by_field_name("function") if call is not None else None
        if call is None or called is None or call.type != "call":
            continue
        if text(called).rpartition(".")[2] in {
            "get",
            "post",
            "put",
            "patch",
            "delete",
            "api_route",
        }:
            return call.child_by_field_name("arguments")
    return None


def _responses(function: PythonFunction, arguments: Node, what: Told) -> list[Edit]:
    """The failures that are not documented yet, in the decorator's `responses`."""
    given = arguments.named_children
    named = {
        text(name): it
        for it in given
        if it.type == "keyword_argument" and (name := it.child_by_field_name("name")) is not None
    }
    present = text(named["responses"]) if "responses" in named else ""
    new = {
        status: words
        for status, words in what.failures.items()
        if status not in _SHOWN_ANYWAY and str(status) not in present
    }
    if not new:
        return []
    indent = function.indent
    rows = "".join(
        f'{indent}        {status}: {{"description": {json.dumps(words, ensure_ascii=False)}}},\n'
        for status, words in new.items()
    )
    if present:
        value = named["responses"].child_by_field_name("value")
        if value is None or value.type != "dictionary":
            return []
        last = value.named_children[-1] if value.named_children else None
        if last is None:
            return [Edit(Span(value.start_byte, value.end_byte), f"{{\n{rows}{indent}    }}")]
        return [Edit(Span(last.end_byte, value.end_byte), f",\n{rows}{indent}    }}")]
    lines = "".join(f"{indent}    {text(it)},\n" for it in given if it.type != "comment")
    if any(it.type == "comment" for it in arguments.children):
        return []
    written = f"(\n{lines}{indent}    responses={{\n{rows}{indent}    }},\n{indent})"
    return [Edit(Span(arguments.start_byte, arguments.end_byte), written)]
