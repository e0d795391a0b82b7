"""A docstring for a Flask view: what it does, and what it answers when."""

from __future__ import annotations

from backwright.recipes.document_endpoint.python import documented, function_of
from backwright.recipes.document_endpoint.told import told
from backwright.recipes.generate_tests.chain import Chains
from backwright.recipes.generate_tests.flask.dialect import FlaskDialect
from backwright.recipes.generate_tests.flask.endpoint import FlaskReader
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.pieces import edited_lines


def baseline(situation: Situation) -> Outcome:
    route = situation.target.route
    if route is None:
        return Refused("there is no endpoint at the cursor")
    function = function_of(situation, route)
    if isinstance(function, Refused):
        return function
    project = Project(situation)
    reader = FlaskReader(project, Chains(project), FlaskDialect(project))
    what = told(route, reader.read(route))
    failures = [f"{status}: {words}." for status, words in what.failures.items()]
    edits = documented(function, [what.summary, "", *failures] if failures else [what.summary])
    if not edits:
        return AlreadyDone(f"{route.title} is documented already")
    return Draft(
        tuple(edited_lines(route.handler_place.file, function.source, edits)),
        f"{route.title} says what it does" + (" and when it fails" if failures else ""),
        review=("the words are made from names and messages in the code: say it better",),
    )
