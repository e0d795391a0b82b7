"""Tests for a FastAPI endpoint, with pytest and the project's client."""

from __future__ import annotations

from backwright.facts.backend import Route
from backwright.recipes.generate_tests.behaviour import Behaviour
from backwright.recipes.generate_tests.fastapi.dialect import FastApiDialect
from backwright.recipes.generate_tests.fastapi.endpoint import read_endpoint
from backwright.recipes.generate_tests.new_suite import fastapi_suite
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.pytest_recipe import PytestFramework, generate
from backwright.recipes.generate_tests.write_python import PythonStyle
from backwright.recipes.outcome import Outcome, Situation


def baseline(situation: Situation) -> Outcome:
    project = Project(situation)
    dialect = FastApiDialect(project)

    def behaviour(route: Route) -> Behaviour | None:
        return read_endpoint(project, route)

    framework = PytestFramework(dialect.execution, behaviour, PythonStyle(), fastapi_suite)
    return generate(project, framework)
