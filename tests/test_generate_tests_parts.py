"""The small parts of the tests recipe: patterns, samples, folding, moments, paths of tests."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backwright.recipes.generate_tests import samples
from backwright.recipes.generate_tests.existing import fits
from backwright.recipes.generate_tests.fields import Field
from backwright.recipes.generate_tests.fold import folded, truth
from backwright.recipes.generate_tests.patterns import text_for
from backwright.recipes.generate_tests.values import (
    NONE,
    Const,
    Given,
    Joined,
    Listed,
    Made,
    Outside,
    Part,
    Result,
    Test,
    Value,
)
from backwright.recipes.generate_tests.write_python import literal

NOW = Result(Outside("datetime.datetime.now"))
NAME = Part(Given("body"), "name")


@pytest.mark.parametrize(
    "pattern",
    [
        r"^[A-Z][a-z]+( [a-z-]+){1,2}$",
        r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
        r"^\d{4}-\d{2}$",
        r"^(red|green)$",
        r"^#[0-9a-f]{6}$",
        r"^[a-z][a-z0-9-]*$",
        r"^\+?[1-9]\d{7,14}$",
        r"^(?P<left>a+)\.(?:b|c)$",
    ],
)
def test_a_text_fits_its_pattern(pattern: str) -> None:
    text = text_for(pattern)
    assert text is not None
    assert re.search(pattern, text)


@pytest.mark.parametrize("pattern", [r"^(?=.*\d)\w+$", r"^(a)\1$", "[", "("])
def test_a_pattern_that_is_too_hard_has_no_text(pattern: str) -> None:
    assert text_for(pattern) is None


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_sample_keeps_the_limits_of_its_field(one: int, other: int) -> None:
    low, high = sorted((one, other))
    text = samples.valid(Field(name="title", type="string", min_length=low, max_length=high))
    assert isinstance(text, str)
    assert low <= len(text) <= high
    number = samples.valid(Field(name="count", type="integer", minimum=low, maximum=high))
    assert isinstance(number, int)
    assert low <= number <= high


def test_each_limit_is_broken_once() -> None:
    fields = (
        Field(name="title", type="string", min_length=2, max_length=5),
        Field(name="count", type="integer", minimum=1, required=False),
        Field(name="kind", choices=("a", "b"), required=False),
    )
    broken = [(it.path[0], it.why) for it in samples.violations(fields)]
    assert broken == [
        ("title", "missing"),
        ("title", "wrong type"),
        ("title", "too short"),
        ("title", "too long"),
        ("count", "wrong type"),
        ("count", "no whole number"),
        ("count", "too small"),
        ("kind", "unknown choice"),
    ]


@pytest.mark.parametrize(
    ("value", "known"),
    [
        (Test("==", (Const("a"), Const("a"))), True),
        (Test("in", (Const("a"), Listed((Const("a"), NAME)))), True),
        (Test("in", (Const("b"), Listed((Const("a"), NAME)))), None),
        (Test("not", (NAME,)), None),
        (Test("<", (Const(1), Const("x"))), None),
        (Test("<=", (Listed((Const("a"),)), Listed((Const("a"), Const("b"))))), True),
        (Test("??", (NONE, Const(0))), False),
        (Test("<=", (Const("2035-01-15T10:00:00Z"), NOW)), False),
        (Test(">", (Test("-", (Const("2035-01-02"), Const("2035-01-01"))), NOW)), None),
        (Result(Part(Const("Bearer x"), "startswith"), (Const("Bearer "),)), True),
        (Made("", ()), True),
        (Part(Made("", (("a", Const(0)),)), "a"), False),
    ],
)
def test_what_is_certain_is_worked_out(value: Value, known: bool | None) -> None:
    assert truth(value) is known


def test_pieces_are_joined_as_far_as_they_are_known() -> None:
    assert folded(Joined((Const("a"), Const("b")))) == Const("ab")
    assert folded(Joined((Const("a"), NAME))) == Joined((Const("a"), NAME))


@pytest.mark.parametrize(
    ("template", "path", "same"),
    [
        ("/items/{id}", "/items/*", True),
        ("/items/{id}", "/items/7", True),
        ("/items/{id}", "/items/7?page=1", True),
        ("/items/{id}", "/items", False),
        ("/items", "/items/", True),
        ("/users/{id}", "/items/7", False),
        ("/{slug}", "/*", False),
    ],
)
def test_paths_of_tests_are_told_apart(template: str, path: str, same: bool) -> None:
    assert fits(template, path) is same


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("x" * 81, '"x" * 81'),
        ("ab" + "x" * 30, '"ab" + "x" * 30'),
        ('say "hi"', "'say \"hi\"'"),
        ({"a": [True, None]}, '{"a": [True, None]}'),
    ],
)
def test_values_are_written_as_a_person_would(value: object, shown: str) -> None:
    assert literal(value) == shown  # type: ignore[arg-type]
    assert eval(shown) == value
