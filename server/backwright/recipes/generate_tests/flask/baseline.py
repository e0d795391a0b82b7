"""Tests for a Flask endpoint, with pytest and the project's test client."""

from __future__ import annotations

from backwright.recipes.generate_tests.chain import Chains
from backwright.recipes.generate_tests.flask.dialect import FlaskDialect
from backwright.recipes.generate_tests.flask.endpoint import FlaskReader
from backwright.recipes.generate_tests.new_suite import flask_suite
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.pytest_recipe import PytestFramework, generate
from backwright.recipes.generate_tests.write_python import PythonStyle
from backwright.recipes.outcome import Outcome, Situation


def baseline(situation: Situation) -> Outcome:
    project = Project(situation)
    dialect = FlaskDialect(project)
    reader = FlaskReader(project, Chains(project), dialect)
    style = PythonStyle(json="get_json()", query="query_string", deletes_with_body=True)
    return generate(project, PytestFramework(dialect.execution, reader.read, style, flask_suite))
