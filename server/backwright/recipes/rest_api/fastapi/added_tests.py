"""Tests of resources that are added to a project, with the client that its own tests have."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from backwright.edits.units import Unit
from backwright.index.testfiles import is_test
from backwright.recipes.project import Project
from backwright.recipes.rest_api import spelling
from backwright.recipes.rest_api.python import tests
from backwright.recipes.rest_api.python.source import module
from backwright.recipes.rest_api.render import renderer
from backwright.recipes.rest_api.resources import Api, Resource


@dataclass(frozen=True, slots=True)
class Added:
    units: tuple[Unit, ...] = ()
    unserved: tuple[str, ...] = ()


def added_tests(project: Project, whole: list[Resource], prefix: str, *, paged: bool) -> Added:
    """A file of tests for each that is served as a whole now.

    What can't be made through the API itself is not tested.
    """
    fixtures = [
        it
        for it in project.situation.backend.fixtures
        if it.kind == "client" and project.is_own(it.file) and "Async" not in it.returns
    ]
    fixture = next((it for it in fixtures if "conftest" in it.file), None)
    if fixture is None:
        return Added(unserved=("tests: there is no `client` fixture in a conftest.py to use",))
    made = {it.name for it in whole}
    units, untested = [], []
    for it in whole:
        parents = _needed(it)
        if not {parent.name for parent in parents} <= made:
            untested.append(it)
            continue
        units.append(_file(project, it, parents, fixture.file, fixture.name, prefix, paged))
    if not untested:
        return Added(tuple(units))
    names = spelling.listed([it.words for it in untested])
    return Added(tuple(units), (f"tests of {names}: they need others that the API can't make",))


def _needed(it: Resource) -> list[Resource]:
    """The resource and all that it can't be without, those first that need nothing."""
    found: dict[str, Resource] = {}
    for link in it.links:
        if link.required:
            found |= {one.name: one for one in _needed(link.target)}
    return list((found | {it.name: it}).values())


def _file(
    project: Project,
    it: Resource,
    parents: list[Resource],
    conftest: str,
    fixture: str,
    prefix: str,
    paged: bool,
) -> Unit:
    folder = _folder(project, conftest)
    api = Api(tuple(parents))
    bodies = tests.bodies(api)
    values = [value for rows in bodies.values() for _, value in rows]
    numbered = any("_numbers" in value for value in values)
    text = renderer(__file__)(
        "added_test.py.j2",
        it=it,
        api=api,
        bodies=bodies,
        numbered=numbered,
        client=fixture,
        prefix=prefix,
        items='["items"]' if paged else "",
        **tests.of_resource(it),
    )
    lines = [
        "from typing import Any",
        "import pytest",
        "from fastapi.testclient import TestClient",
        "import itertools" if numbered else "",
        "import uuid" if any("uuid." in value for value in values) else "",
    ]
    return Unit(posixpath.join(folder, f"test_{it.plural}.py"), "create", text=module(text, lines))


def _folder(project: Project, conftest: str) -> str:
    """Where most of the tests lie that share the client."""
    root = posixpath.dirname(conftest)
    files = [
        it
        for it in project.situation.paths
        if is_test(it)
        and it.startswith(root)
        and posixpath.basename(it).startswith("test_")
        and it.endswith(".py")
    ]
    folders = [posixpath.dirname(it) for it in files]
    return max(set(folders), key=folders.count) if folders else root
