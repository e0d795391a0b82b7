"""Tests in Python: functions and classes that pytest collects, and cases of unittest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from backwright.facts import code, walk
from backwright.facts.backend import Fixture, Place, Test
from backwright.index.configs import Configs
from backwright.index.testfiles import is_test
from backwright.index.testing import fixture_kinds
from backwright.index.testing.collected import Collected, Rehearsed, calls_of
from backwright.index.testing.fixtures import (
    Fixtures,
    Level,
    decorator_of,
    is_automatic,
    name_of,
    parameters_of,
)
from backwright.index.testing.patterns import Patterns, may_hold_cases, patterns_for
from backwright.index.testing.rehearsal import Rehearsal
from backwright.index.testing.requests import Request
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    External,
    FunctionValue,
    ModuleValue,
    Object,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
)

MAX_CASES = 60
"""So many sets of parameters of one test are run."""

_CASES = frozenset(
    {"unittest.TestCase", "unittest.IsolatedAsyncioTestCase", "unittest.case.TestCase"}
)
_SETUPS = (
    "setUpClass",
    "setup_class",
    "setUpTestData",
    "setUp",
    "asyncSetUp",
    "setup_method",
    "setup",
)
_APP_MAKERS = ("create_app", "get_app", "get_application")


@dataclass(frozen=True, slots=True)
class _Module:
    """A test module while it is gone through."""

    value: ModuleValue
    rehearsal: Rehearsal
    fixtures: Fixtures
    patterns: Patterns


def collect(rehearsal: Rehearsal, files: frozenset[str], configs: Configs) -> Collected:
    """Runs every test in Python."""
    found = Collected()
    fixtures = Fixtures(rehearsal, files)
    for path in sorted(files):
        if not path.endswith(".py") or not is_test(path):
            continue
        rehearsal.start()
        value = rehearsal.module(path)
        if value is None:
            continue
        module = _Module(value, rehearsal, fixtures, patterns_for(path, configs))
        found.tests += _tests(module)
        found.fixtures += _fixtures(module)
    return found


def _tests(module: _Module) -> Iterator[Rehearsed]:
    path, patterns = module.value.file, module.patterns
    collected, cases = patterns.collects(path), may_hold_cases(path)
    levels = module.fixtures.lookup(module.value)
    for value in list(module.value.scope.names.values()):
        if isinstance(value, FunctionValue):
            if collected and value.file == path and _is_test(value, patterns):
                yield _run(module, value, levels, None)
        elif isinstance(value, ClassValue) and value.file == path:
            if _is_case(value):
                if collected or cases:
                    yield from _class(module, value, "unittest")
            elif collected and patterns.is_class(value.facts.name):
                yield from _class(module, value, "pytest")


def _is_test(function: FunctionValue, patterns: Patterns) -> bool:
    return patterns.is_function(function.facts.name) and decorator_of(function) is None


def _is_case(class_: ClassValue) -> bool:
    """Whether it is a case of unittest: by itself or by a base from outside that is one."""
    return any(
        isinstance(base, External)
        and (base.origin in _CASES or base.origin.rpartition(".")[2].endswith("TestCase"))
        for base in class_.lineage()
    )


def _class(module: _Module, class_: ClassValue, framework: str) -> Iterator[Rehearsed]:
    """The tests of a class, those that it inherits from the project's own classes too."""
    rehearsal = module.rehearsal
    rehearsal.start()
    facts = class_.facts
    site = Site(class_.file, facts.start, facts.end, facts.line)
    made = rehearsal.call_value(class_, Arguments(), site)
    this = made if isinstance(made, Object) else Object("", Arguments(), site, class_)
    levels = module.fixtures.lookup(module.value, class_)
    _set_up(module, class_, this, levels)
    seen: set[str] = set()
    for base in class_.lineage():
        for name, value in list(base.scope.names.items()) if isinstance(base, ClassValue) else ():
            if name in seen or not isinstance(value, FunctionValue):
                continue
            seen.add(name)
            named = name.startswith("test") if framework == "unittest" else None
            if named if named is not None else _is_test(value, module.patterns):
                yield _run(module, value.bound(this), levels, this, framework)
    for inner in list(class_.scope.names.values()):
        if isinstance(inner, ClassValue) and module.patterns.is_class(inner.facts.name):
            yield from _class(module, inner, framework)


def _set_up(module: _Module, class_: ClassValue, this: Object, levels: list[Level]) -> None:
    """What runs before the methods of a class: set-ups and fixtures that nobody has to name."""
    rehearsal = module.rehearsal
    for name in _APP_MAKERS:
        maker = rehearsal.attribute(this, name)
        if isinstance(maker, FunctionValue):  # Flask-Testing makes `app` and `client` of it
            app = rehearsal.call_function(maker, Arguments())
            if isinstance(app, Object) and rehearsal.is_registrar(app):
                origin = f"{app.origin}().test_client"
                client = Object(origin, Arguments(), app.site, receiver=app)
                this.attributes.setdefault("app", app)
                this.attributes.setdefault("client", client)
    for name in _SETUPS:
        method = rehearsal.attribute(this, name)
        if isinstance(method, FunctionValue) and decorator_of(method) is None:
            rehearsal.call_function(method, Arguments(), unknown=True)
    for level in levels:
        for name, function in level.items():
            if function.owner is not None and is_automatic(function):
                module.fixtures.value(name, levels, this)


def _run(
    module: _Module,
    function: FunctionValue,
    levels: list[Level],
    this: Object | None,
    framework: str = "pytest",
) -> Rehearsed:
    """Runs one test with each set of its parameters."""
    rehearsal = module.rehearsal
    rehearsal.start()
    sets = _parameter_sets(module.value, function)
    literal = {name for one in sets for name in one}
    asked = [name for name in parameters_of(function) if name not in literal]
    if framework == "unittest":
        asked = []
    given = module.fixtures.values(asked, levels, this)
    rehearsal.start()
    requests: list[Request] = []
    for one in sets:
        rehearsal.call_function(function, Arguments([], {**given.keywords, **one}), unknown=True)
    requests += rehearsal.requests
    requests += _behind(function, given, this, rehearsal)
    facts = function.facts
    name = facts.name if this is None or this.class_ is None else _qualified(this, facts, framework)
    test = Test(
        name=name,
        file=function.file,
        line=facts.line,
        framework=framework,
        calls=calls_of(requests, function.file, facts.start, facts.end, facts.line),
        fixtures=[*asked, *(it for it in _used(module.value, function) if it not in asked)],
    )
    return Rehearsed(test, tuple(requests))


def _qualified(this: Object, facts: code.Function, framework: str) -> str:
    class_ = this.class_.facts.qualname if this.class_ is not None else ""
    if framework == "unittest":
        return f"{class_}.{facts.name}"
    return "::".join([*class_.split("."), facts.name])


def _behind(
    function: FunctionValue, given: Arguments, this: Object | None, rehearsal: Rehearsal
) -> Iterator[Request]:
    """The requests whose answers the test gets ready-made: from a fixture or from its set-up."""
    for value in given.keywords.values():
        if (request := rehearsal.request_behind(value)) is not None:
            yield request
    facts = rehearsal.facts_of(function.file)
    if this is None or facts is None or not this.attributes:
        return
    for expr in walk.deep_expressions(function.facts, facts):
        if isinstance(expr, code.Member) and expr.name in this.attributes:
            request = rehearsal.request_behind(this.attributes[expr.name])
            if request is not None:
                yield request


# What decorators say


def _marks(module: ModuleValue, function: FunctionValue) -> list[Value]:
    """The marks of a test, of its class and of its module."""
    marks = list(function.decorators)
    owner = function.owner
    while owner is not None:
        marks += owner.decorators
        owner = next((it for it in owner.lineage()[1:] if isinstance(it, ClassValue)), None)
    every = module.scope.names.get("pytestmark")
    return marks + (every.items if isinstance(every, Seq) else [every] if every else [])


def _used(module: ModuleValue, function: FunctionValue) -> Iterator[str]:
    """The fixtures that a test is marked with instead of naming them as parameters."""
    for mark in _marks(module, function):
        if isinstance(mark, Object) and mark.origin == "pytest.mark.usefixtures":
            for name in mark.arguments.positional:
                if isinstance(name, Str) and name.known:
                    yield name.text


def _parameter_sets(module: ModuleValue, function: FunctionValue) -> list[dict[str, Value]]:
    """What `parametrize` hands over, one table for each time that the test runs."""
    axes = [
        sets
        for mark in _marks(module, function)
        if isinstance(mark, Object) and mark.origin == "pytest.mark.parametrize"
        if (sets := _axis(mark.arguments))
    ]
    found: list[dict[str, Value]] = []
    for combination in product(*axes):
        if len(found) == MAX_CASES:
            break
        found.append({name: value for one in combination for name, value in one.items()})
    return found


def _axis(arguments: Arguments) -> list[dict[str, Value]]:
    named, rows = arguments.get((0, "argnames")), arguments.get((1, "argvalues"))
    indirect = arguments.get(("indirect",))
    if isinstance(indirect, Const) and indirect.value is True:
        return []
    if isinstance(named, Str):
        names = [name.strip() for name in named.text.split(",") if name.strip()]
    elif isinstance(named, Seq):
        names = [it.text for it in named.items if isinstance(it, Str)]
    else:
        return []
    if not isinstance(rows, Seq) or not rows.items:
        return [{name: Unknown(name) for name in names}]
    return [dict(zip(names, _row(row, len(names)), strict=False)) for row in rows.items[:MAX_CASES]]


def _row(row: Value, width: int) -> list[Value]:
    if isinstance(row, Object) and row.origin == "pytest.param":
        return row.arguments.positional
    if width == 1:
        return [row]
    return row.items if isinstance(row, Seq) else [Unknown() for _ in range(width)]


# Fixtures, for those who write tests


def _fixtures(module: _Module) -> Iterator[Fixture]:
    path, scope = module.value.file, module.value.scope
    groups: list[tuple[ClassValue | None, list[Value]]] = [(None, list(scope.names.values()))]
    groups += [
        (it, list(it.scope.names.values()))
        for it in scope.names.values()
        if isinstance(it, ClassValue) and it.file == path
    ]
    for class_, values in groups:
        levels = module.fixtures.lookup(module.value, class_)
        for value in values:
            if isinstance(value, FunctionValue) and value.file == path:
                decorator = decorator_of(value)
                if decorator is not None:
                    yield _fixture(module, value, decorator, levels)


def _fixture(
    module: _Module, function: FunctionValue, decorator: External | Object, levels: list[Level]
) -> Fixture:
    facts, name = function.facts, name_of(function, decorator)
    module.rehearsal.start()
    given = module.fixtures.value(name, levels, None) if function.owner is None else None
    scope = decorator.arguments.get(("scope",)) if isinstance(decorator, Object) else None
    return Fixture(
        name=name,
        file=function.file,
        line=facts.line,
        kind=fixture_kinds.kind_of(name, given, function, module.rehearsal),
        scope=scope.text if isinstance(scope, Str) and scope.known else "function",
        returns=walk.type_text(facts.returns),
        parameters=parameters_of(function),
        autouse=is_automatic(function),
        place=Place(function.file, facts.line, facts.start, facts.end),
    )
