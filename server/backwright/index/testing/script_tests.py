"""Tests in JavaScript and TypeScript: what `it` and `test` declare, inside of suites."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts import code, walk
from backwright.facts.backend import Test
from backwright.index.configs import Configs
from backwright.index.testfiles import is_test
from backwright.index.testing.collected import Collected, Rehearsed, calls_of
from backwright.index.testing.rehearsal import Rehearsal
from backwright.index.testing.requests import Request, text_of
from backwright.index.testing.runners import declaration, runner_of
from backwright.index.values import (
    Arguments,
    Const,
    External,
    FunctionValue,
    Map,
    Object,
    Scope,
    Seq,
    Site,
    Str,
    Value,
)

MAX_ROWS = 60
"""So many rows of a table of one test are run."""


@dataclass(slots=True)
class _Declared:
    """One test as it was declared; several sets of arguments for one of `it.each`."""

    name: str
    runner: str
    function: FunctionValue
    rows: list[Arguments]
    site: Site
    seen: dict[str, Value]
    """What names stood for when it was declared: a loop around it may have moved on since."""


@dataclass(slots=True)
class _File:
    """What a file declares while it runs."""

    rehearsal: Rehearsal
    titles: list[str] = field(default_factory=list)
    tests: list[_Declared] = field(default_factory=list)
    hooks: list[FunctionValue] = field(default_factory=list)

    def declares(self, origin: str, function: Value, arguments: Arguments, site: Site) -> bool:
        found = declaration(origin)
        if found is None or (found.makes and isinstance(function, External)):
            return False
        called = next((it for it in arguments.positional if isinstance(it, FunctionValue)), None)
        if called is None:
            return found.kind != "hook"
        if found.kind == "hook":
            self.hooks.append(called)
            return True
        title = text_of(arguments.get((0,))) or called.name
        rows = _rows(function) if found.makes else [Arguments()]
        if found.kind == "suite":
            self.titles.append(title)
            for row in rows:
                self.rehearsal.call_function(called, row, unknown=True)
            self.titles.pop()
        else:
            name = " ".join([*self.titles, title])
            seen = _visible(called.scope)
            self.tests.append(_Declared(name, found.runner, called, rows, site, seen))
        return True


def collect(rehearsal: Rehearsal, files: frozenset[str], configs: Configs) -> Collected:
    """Runs every test in JavaScript and TypeScript."""
    found = Collected()
    for path in sorted(files):
        if path.endswith(".py") or not is_test(path):
            continue
        file = _File(rehearsal)
        rehearsal.declares = file.declares
        rehearsal.start()
        rehearsal.module(path)
        rehearsal.start()
        for hook in file.hooks:
            rehearsal.call_function(hook, Arguments(), unknown=True)
        rehearsal.declares = None
        globals_of = runner_of(path, configs)
        tests = _unrolled(file.tests)
        found.tests += _merged(_run(it, rehearsal, globals_of) for it in tests)
    return found


def _run(declared: _Declared, rehearsal: Rehearsal, runner: str) -> Rehearsed:
    rehearsal.start()
    for row in declared.rows:
        rehearsal.call_function(declared.function, row, unknown=True)
    requests = [*rehearsal.requests, *_behind(declared.function, rehearsal)]
    site, facts = declared.site, declared.function.facts
    test = Test(
        name=declared.name,
        file=site.file,
        line=site.line,
        framework=declared.runner or runner,
        calls=calls_of(requests, declared.function.file, facts.start, facts.end, site.line),
    )
    return Rehearsed(test, tuple(requests))


def _behind(function: FunctionValue, rehearsal: Rehearsal) -> Iterator[Request]:
    """The requests whose answers the test finds ready-made, in a variable of its suite."""
    facts = rehearsal.facts_of(function.file)
    if facts is None:
        return
    seen: set[str] = set()
    for expr in walk.deep_expressions(function.facts, facts):
        if isinstance(expr, code.Name) and expr.name not in seen:
            seen.add(expr.name)
            request = rehearsal.request_behind(function.scope.find(expr.name))
            if request is not None:
                yield request


def _unrolled(tests: list[_Declared]) -> list[_Declared]:
    """Each test that a loop declares, in a scope where names stand for what they did then."""
    by_place: dict[tuple[str, int], list[_Declared]] = {}
    for it in tests:
        by_place.setdefault((it.site.file, it.site.start), []).append(it)
    found = []
    for it in tests:
        group = by_place[it.site.file, it.site.start]
        function = it.function
        if len(group) > 1:
            own: dict[str, Value] = {
                name: value
                for name, value in it.seen.items()
                if isinstance(value, Str | Const | Seq | Map | FunctionValue)
                and any(other.seen.get(name) is not value for other in group)
            }
            function = dataclasses.replace(
                function, scope=Scope(function.file, function.scope, own, function.scope.this)
            )
        found.append(dataclasses.replace(it, function=function))
    return found


def _visible(scope: Scope | None) -> dict[str, Value]:
    found: dict[str, Value] = {}
    while scope is not None:
        found = {**scope.names, **found}
        scope = scope.parent
    return found


def _merged(tests: Iterator[Rehearsed]) -> list[Rehearsed]:
    """One entry for what is declared many times by a loop around it."""
    found: dict[tuple[str, int, str], Rehearsed] = {}
    for it in tests:
        key = (it.test.file, it.test.line, it.test.name)
        known = found.get(key)
        if known is None:
            found[key] = it
            continue
        calls = {(call.method, call.path): call for call in (*known.test.calls, *it.test.calls)}
        merged = replace(known.test, calls=list(calls.values()))
        found[key] = Rehearsed(merged, (*known.requests, *it.requests))
    return list(found.values())


def _rows(function: Value) -> list[Arguments]:
    """What `each` hands over, one row at a time; one of unknown values when that is not known."""
    table = function.arguments.get((0,)) if isinstance(function, Object) else None
    if not isinstance(table, Seq):
        return [Arguments()]
    rows = [
        Arguments(list(item.items) if isinstance(item, Seq) else [item])
        for item in table.items[:MAX_ROWS]
    ]
    return rows or [Arguments()]
