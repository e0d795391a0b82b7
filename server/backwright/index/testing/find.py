"""The tests of a workspace, and for each route those that reach it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts.backend import Fixture, Route, Stack, Test, TestRef
from backwright.index.configs import Configs
from backwright.index.evaluate import Evaluator
from backwright.index.handlers import Handlers
from backwright.index.mounted import MountedRouters
from backwright.index.mounting.compose import Composition
from backwright.index.mounting.events import Endpoint
from backwright.index.stacks.find import owner_of
from backwright.index.testing import python_tests, script_tests
from backwright.index.testing.matching import reached
from backwright.index.testing.names import RouteNames
from backwright.index.testing.rehearsal import Rehearsal
from backwright.index.testing.requests import Request
from backwright.index.testing.under_test import app_under
from backwright.index.values import Object

Candidates = list[tuple[str, Route]]


@dataclass(frozen=True, slots=True)
class Found:
    """`routes` are those that were given, each with its tests."""

    tests: list[Test]
    fixtures: list[Fixture]
    routes: list[Route]


@dataclass(frozen=True, slots=True)
class Run:
    """A project after its evaluation: what tests are run against."""

    evaluator: Evaluator
    routers: MountedRouters
    handlers: Handlers
    pairs: list[tuple[Endpoint, Route]]
    stacks: list[Stack]


def find_tests(run: Run, files: frozenset[str], configs: Configs) -> Found:
    rehearsal = Rehearsal.over(run.evaluator, run.routers, RouteNames.of(run.pairs))
    in_python = python_tests.collect(rehearsal, files, configs)
    in_scripts = script_tests.collect(rehearsal, files, configs)
    every = sorted(
        [*in_python.tests, *in_scripts.tests], key=lambda it: (it.test.file, it.test.line)
    )
    reach = _Reach(run)
    tests_of: dict[int, dict[tuple[str, int, str], TestRef]] = {}
    for it in every:
        ref = TestRef(it.test.file, it.test.line, it.test.name)
        for request in it.requests:
            for route in reach.routes(request, it.test.file):
                key = (ref.file, ref.line, ref.name)
                tests_of.setdefault(id(route), {}).setdefault(key, ref)
    routes = [
        replace(route, tests=list(tests_of[id(route)].values())) if id(route) in tests_of else route
        for _, route in run.pairs
    ]
    return Found([it.test for it in every], in_python.fixtures, routes)


@dataclass(slots=True)
class _Reach:
    """Which routes requests reach, by the app that they are made to."""

    run: Run
    _by_root: dict[tuple[str, int], Candidates] = field(default_factory=dict)
    _by_app: dict[str, Candidates] = field(default_factory=dict)
    _by_handler: dict[tuple[str, str, int], list[Route]] = field(default_factory=dict)
    _under: dict[int, Candidates] = field(default_factory=dict)
    _known: dict[tuple[int, str, str], Route | None] = field(default_factory=dict)
    _every: Candidates = field(init=False)
    _composition: Composition = field(init=False)

    def __post_init__(self) -> None:
        routers = self.run.routers
        self._every = [(route.path, route) for _, route in self.run.pairs]
        self._composition = Composition.of(routers.registered, routers.mounted, routers.before)
        for endpoint, route in self.run.pairs:
            root = (endpoint.root.site.file, endpoint.root.site.start)
            handler = (route.method, route.handler_place.file, route.handler_place.start)
            self._by_root.setdefault(root, []).append((route.path, route))
            self._by_app.setdefault(route.app, []).append((route.path, route))
            self._by_handler.setdefault(handler, []).append(route)

    def routes(self, request: Request, test: str) -> Iterator[Route]:
        """The route that answers, in each place where the workspace mounts it."""
        app = app_under(request.client, self.run.routers)
        if app is not None and not app.assumed:
            own = self._by_root.get((app.site.file, app.site.start))
            if own is None:
                yield from self._elsewhere(app, request)
                return
        else:
            own = self._nearby(test)
        found = self._reached(request, own)
        if found is not None:
            yield found

    def _nearby(self, test: str) -> Candidates:
        """The routes of the application that the test lies in; all, where that has none."""
        stack = owner_of(test, self.run.stacks)
        own = self._by_app.get(stack.app) if stack is not None else None
        return own or self._every

    def _elsewhere(self, app: Object, request: Request) -> list[Route]:
        """What a request to an app that only the test makes reaches: routes of the workspace that
        are mounted there, under whatever path."""
        if id(app) not in self._under:
            self._under[id(app)] = [
                (route.path, route)
                for endpoint in self._composition.within(app)
                for route in self.run.handlers.routes(endpoint)
            ]
        found = self._reached(request, self._under[id(app)])
        if found is None:
            return []
        handler = (found.method, found.handler_place.file, found.handler_place.start)
        return self._by_handler.get(handler, [])

    def _reached(self, request: Request, candidates: Candidates) -> Route | None:
        key = (id(candidates), request.method, request.path)
        if key not in self._known:
            self._known[key] = reached(request.method, request.path, candidates)
        return self._known[key]
