"""Tests for an Express endpoint, with Jest or Vitest and supertest."""

from __future__ import annotations

from backwright.recipes.generate_tests.chain import Chains
from backwright.recipes.generate_tests.express.dialect import ExpressDialect
from backwright.recipes.generate_tests.express.endpoint import ExpressReader
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.script_recipe import generate
from backwright.recipes.outcome import Outcome, Situation


def baseline(situation: Situation) -> Outcome:
    project = Project(situation)
    dialect = ExpressDialect(project)
    reader = ExpressReader(project, Chains(project), dialect)
    return generate(project, dialect.execution, reader.read)
