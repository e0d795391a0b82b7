"""Runs tests as the evaluator runs a project, and notes the requests that they make.

Tests reach far into a project: what they call of it is run once for arguments of a kind, since only
what it returns matters here. Functions that are handed to others, such as callbacks, are run too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Protocol

from backwright.facts.code import Expr, FileFacts
from backwright.index.evaluate import Evaluator
from backwright.index.evaluation.runner import MAX_STEPS, Observer, Then
from backwright.index.frameworks import roles
from backwright.index.mounted import MountedRouters
from backwright.index.testfiles import is_test
from backwright.index.testing.names import RouteNames
from backwright.index.testing.requests import (
    CLIENT,
    RESPONSE,
    Request,
    by_function,
    by_method,
    is_response,
    looks_like_one,
    response_in,
)
from backwright.index.values import (
    Arguments,
    Const,
    External,
    FunctionValue,
    Map,
    Object,
    PathOf,
    Pending,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
)

STEPS_OF_ONE = 6_000
"""A test that takes more steps goes through data; its requests are known by then."""

STEPS_OF_ALL = 300_000

_AROUND_TESTS = re.compile(r"(^|[/_.-])(tests?|testing|testutils?|specs?|fixtures?)([/_.-]|$)")


class Declares(Protocol):
    """Told of calls of functions from outside, such as `describe`; True when it was one."""

    def __call__(self, origin: str, function: Value, arguments: Arguments, site: Site) -> bool: ...


@dataclass(slots=True)
class Rehearsal(Evaluator):
    """An evaluator of tests, over the modules of a project that has been run."""

    routers: MountedRouters = field(default_factory=MountedRouters)
    names: RouteNames = field(default_factory=RouteNames)
    outer: Observer | None = None
    """The observer of the evaluation that this one goes on from."""
    declares: Declares | None = None
    requests: list[Request] = field(default_factory=list)
    """Those of the test that runs now."""
    answers: dict[int, Request] = field(default_factory=dict)
    """Which request a response belongs to, by the identity of the response."""
    _outside: dict[tuple[object, ...], Value] = field(default_factory=dict)
    _kept: list[Object] = field(default_factory=list)
    _taken: int = 0

    @classmethod
    def over(cls, evaluator: Evaluator, routers: MountedRouters, names: RouteNames) -> Rehearsal:
        """A rehearsal that goes on where `evaluator` has come to."""
        made = cls(
            evaluator.facts_of,
            evaluator.modules,
            routers,
            evaluator.eager,
            loaded=evaluator.loaded,
            routers=routers,
            names=names,
            outer=evaluator.observer,
        )
        made.observer = made
        return made

    def start(self) -> None:
        """A new test begins: functions are run anew, so that their requests are noted again."""
        self._taken += max(0, self.steps - (MAX_STEPS - STEPS_OF_ONE))
        self.steps = MAX_STEPS - STEPS_OF_ONE if self._taken < STEPS_OF_ALL else MAX_STEPS + 1
        self.results.clear()
        self.requests = []

    # As an evaluator

    def call_function(
        self, function: FunctionValue, arguments: Arguments, *, unknown: bool = False
    ) -> Value:
        if around_tests(function.file):
            return Evaluator.call_function(self, function, arguments, unknown=unknown)
        key = (
            function.file,
            function.facts.start,
            _kind(function.this),
            tuple(_kind(it) for it in arguments.positional),
            tuple((name, _kind(it)) for name, it in sorted(arguments.keywords.items())),
        )
        if key not in self._outside:
            self._outside[key] = Unknown()
            self._outside[key] = Evaluator.call_function(self, function, arguments, unknown=unknown)
        return self._outside[key]

    def call_value(self, function: Value, arguments: Arguments, site: Site) -> Value:
        function = self.settled(function)
        if isinstance(function, External | Object | Unknown):
            answer = self._called(function, arguments, site)
            if answer is not None:
                return answer
        return Evaluator.call_value(self, function, arguments, site)

    def _called(
        self, function: External | Object | Unknown, arguments: Arguments, site: Site
    ) -> Value | None:
        """What calling something from outside gives, when it is known to tests alone."""
        if (
            isinstance(function, External | Object)
            and self.declares is not None
            and self.declares(function.origin, function, arguments, site)
        ):
            return Const(None)
        if isinstance(function, External):
            if function.origin in roles().url_builders:
                return self.names.path(arguments)
            request = by_function(function.origin, arguments, site)
            if request is not None:
                return self._note(request)
        self.run_callbacks(arguments, site)
        return None

    def run_callbacks(self, arguments: Arguments, site: Site) -> None:
        """Runs the functions of tests that are handed over."""
        if around_tests(site.file):
            for value in _functions([*arguments.positional, *arguments.keywords.values()]):
                if around_tests(value.file):
                    self.call_function(value, Arguments(), unknown=True)

    def _note(self, request: Request) -> Object:
        response = Object(RESPONSE, Arguments(), request.site)
        self._kept.append(response)
        self.answers[id(response)] = request
        if around_tests(request.site.file):
            self.requests.append(request)
        return response

    def request_behind(self, value: Value | None) -> Request | None:
        """The request that the value is a response to."""
        response = response_in(value)
        return self.answers.get(id(response)) if response is not None else None

    # As the observer of itself

    def made(self, object_: Object) -> None:
        self.routers.made(object_)

    def member(self, object_: Object, name: str) -> Value | None:
        return self.routers.member(object_, name)

    def called(self, object_: Object, arguments: Arguments) -> None:
        self.routers.called(object_, arguments)

    def is_registrar(self, value: Value) -> bool:
        return self.routers.is_registrar(value)

    def method_called(
        self, object_: Object, name: str, arguments: Arguments, site: Site
    ) -> Value | Then | None:
        if name in _builder_names() and (path := self.names.path(arguments)) is not None:
            return path
        if is_response(object_):
            self.run_callbacks(arguments, site)
            return None
        registrar = self.is_registrar(object_)
        request = by_method(object_, name, arguments, site)
        if request is not None and (not registrar or name in _OF_APPS):
            return self._note(request)
        answer = self.routers.method_called(object_, name, arguments, site)
        if answer is None and not registrar:
            self.run_callbacks(arguments, site)
        return answer

    def path_method_called(
        self, path: PathOf, name: str, arguments: Arguments, site: Site
    ) -> Value | None:
        return self.routers.path_method_called(path, name, arguments, site)

    def applied(self, pending: Pending, target: Value) -> None:
        self.routers.applied(pending, target)

    def assumed(
        self, unknown: Unknown, name: str, arguments: Arguments, site: Site
    ) -> Object | None:
        if around_tests(site.file) and (
            looks_like_one(name, arguments) or name in _builder_names()
        ):
            return Object(CLIENT, Arguments(), site, assumed=True, name=unknown.name)
        self.run_callbacks(arguments, site)
        return None

    def constant(self, written: str, file: str) -> tuple[FileFacts, Expr] | None:
        return self.outer.constant(written, file) if self.outer is not None else None

    def method_of(self, origin: str, name: str) -> FunctionValue | None:
        return self.outer.method_of(origin, name) if self.outer is not None else None

    def stands_in(self, importer: str, origin: str) -> str | None:
        return self.outer.stands_in(importer, origin) if self.outer is not None else None

    def annotated(self, annotation: Value, name: str, site: Site) -> Object | None:
        if isinstance(annotation, External) and annotation.origin in _clients():
            return Object(annotation.origin, Arguments(), site, assumed=True, name=name)
        return self.routers.annotated(annotation, name, site)


@lru_cache(maxsize=8192)
def around_tests(path: str) -> bool:
    """Whether the file is a test or helps tests."""
    return is_test(path) or _AROUND_TESTS.search(path) is not None


def _functions(values: list[Value], depth: int = 0) -> Iterator[FunctionValue]:
    for value in values:
        if isinstance(value, FunctionValue):
            yield value
        elif isinstance(value, Seq) and depth < 2:
            yield from _functions(value.items, depth + 1)
        elif isinstance(value, Map) and depth < 2:
            yield from _functions(list(value.items.values()), depth + 1)


def _kind(value: Value | None) -> object:
    """What tells arguments apart that make a function of the project return something else."""
    if isinstance(value, Str | Const | External):
        return value
    if isinstance(value, Object):
        return (value.origin, id(value.class_))
    if isinstance(value, FunctionValue):
        return (value.file, value.facts.start)
    return type(value)


_OF_APPS = frozenset({"inject", "request"})
"""How some apps answer requests without a client."""


@cache
def _builder_names() -> frozenset[str]:
    return frozenset(it.rpartition(".")[2] for it in roles().url_builders if "()" in it)


def _clients() -> frozenset[str]:
    return roles().test_clients | roles().http_clients
