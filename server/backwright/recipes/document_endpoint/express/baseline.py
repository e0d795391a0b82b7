"""A comment above an Express handler: JSDoc, or OpenAPI where the project makes pages of it."""

from __future__ import annotations

import re

from backwright.edits.change import Edit
from backwright.facts.backend import Route
from backwright.recipes.document_endpoint.told import Told, is_documented, told
from backwright.recipes.generate_tests.chain import Chains
from backwright.recipes.generate_tests.express.dialect import ExpressDialect
from backwright.recipes.generate_tests.express.endpoint import ExpressReader
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.infrastructure.yaml_text import Value, yaml_text
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.pieces import edited_lines
from backwright.text.lines import Lines
from backwright.text.span import Span

_COMMENT = re.compile(r"(/\*\*(?:(?!\*/).)*\*/|(?://[^\n]*\n\s*)+)\s*$", re.DOTALL)


def baseline(situation: Situation) -> Outcome:
    route = situation.target.route
    if route is None:
        return Refused("there is no endpoint at the cursor")
    project = Project(situation)
    reader = ExpressReader(project, Chains(project), ExpressDialect(project))
    what = told(route, reader.read(route))
    pages = any(it.startswith("swagger-jsdoc") for it in situation.stack.dependencies)
    # Pages are made from comments anywhere; people look above the handler.
    place = route.place if pages or route.handler == "(anonymous)" else route.handler_place
    document = situation.document(place.file)
    if document is None:
        return Refused(f"the handler of {route.title} is not in this project")
    lines = Lines.of(document.source)
    start = lines.start_of(lines.number_at(place.start))
    line = document.source[start : lines.end_of(lines.number_at(place.start))].decode()
    indent = line[: len(line) - len(line.lstrip())]
    before = document.source[:start].decode("utf-8", "replace")
    above = _COMMENT.search(before)
    if above is not None and is_documented(above[0]):
        return AlreadyDone(f"{route.title} is documented already")
    rows = _openapi(route, what) if pages else _plain(route, what)
    written = "".join(f"{indent} * {row}".rstrip() + "\n" for row in rows)
    edit = Edit(Span(start, start), f"{indent}/**\n{written}{indent} */\n")
    return Draft(
        tuple(edited_lines(place.file, document.source, [edit])),
        f"{route.title} says what it does" + (" and when it fails" if what.failures else ""),
        review=("the words are made from names and messages in the code: say it better",),
    )


def _plain(route: Route, what: Told) -> list[str]:
    rows = [f"{route.title}: {what.summary[0].lower()}{what.summary[1:]}"]
    if what.failures:
        rows.append("")
        rows += [f"{status}: {words}." for status, words in what.failures.items()]
    return rows


def _openapi(route: Route, what: Told) -> list[str]:
    responses: dict[str, Value] = {str(what.success): {"description": what.summary}}
    responses.update({str(it): {"description": words} for it, words in what.failures.items()})
    operation: dict[str, Value] = {"summary": what.summary.rstrip(".")}
    parameters: list[Value] = [
        {"in": "path", "name": it.name, "required": True, "schema": {"type": "string"}}
        for it in route.parameters
        if it.location == "path"
    ]
    if parameters:
        operation["parameters"] = parameters
    operation["responses"] = responses
    page: dict[str, Value] = {route.path: {route.method.lower(): operation}}
    return ["@openapi", *yaml_text(page).rstrip().splitlines()]
