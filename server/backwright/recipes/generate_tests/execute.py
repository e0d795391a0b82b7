"""Runs through a handler on paper: every way it can take, under which conditions, to which end.

Calls into the project are followed; what comes from outside stays a symbol. Nothing is executed.
"""

from __future__ import annotations

from backwright.recipes.generate_tests.execution.calls import Calls
from backwright.recipes.generate_tests.execution.expressions import Expressions
from backwright.recipes.generate_tests.execution.functions import Functions
from backwright.recipes.generate_tests.execution.making import Making
from backwright.recipes.generate_tests.execution.names import Names
from backwright.recipes.generate_tests.execution.steps import Steps


class Execution(Functions, Steps, Expressions, Names, Calls, Making):
    """All parts together."""

    __slots__ = ()
