"""Fixtures of pytest: which one a name means where it is asked for, and what it gives."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from backwright.index.testing.rehearsal import Rehearsal
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

DECORATORS = frozenset(
    {
        "pytest.fixture",
        "pytest.yield_fixture",
        "pytest_asyncio.fixture",
        "pytest_asyncio.plugin.fixture",
        "pytest_twisted.async_fixture",
        "pytest_trio.trio_fixture",
    }
)
MAX_DEPTH = 12

Level = dict[str, FunctionValue]
"""The fixtures that one class, module or conftest.py defines, by their names."""


@dataclass(slots=True)
class Fixtures:
    """`lookup` gives the levels that a test sees, innermost first; `value` what a name gives."""

    rehearsal: Rehearsal
    files: frozenset[str]
    _levels: dict[str, Level] = field(default_factory=dict)
    _values: dict[tuple[object, ...], Value] = field(default_factory=dict)
    _keep: list[object] = field(default_factory=list)

    def lookup(self, module: ModuleValue, class_: ClassValue | None = None) -> list[Level]:
        levels = []
        if class_ is not None:
            levels += [
                level_of(list(base.scope.names.values()))
                for base in class_.lineage()
                if isinstance(base, ClassValue)
            ]
        levels.append(self.of_module(module.file))
        folder = posixpath.dirname(module.file)
        while True:
            path = posixpath.join(folder, "conftest.py")
            if path in self.files and path != module.file:
                levels.append(self.of_module(path))
                levels += [self.of_module(plugin) for plugin in self._plugins(path)]
            if not folder:
                break
            folder = posixpath.dirname(folder)
        return levels

    def of_module(self, path: str) -> Level:
        """The fixtures that the module defines or imports."""
        if path not in self._levels:
            module = self.rehearsal.module(path)
            values = list(module.scope.names.values()) if module is not None else []
            self._levels[path] = level_of([self.rehearsal.settled(value) for value in values])
        return self._levels[path]

    def values(self, names: list[str], levels: list[Level], this: Object | None) -> Arguments:
        """What the named fixtures give; those that nobody defines are left out."""
        found = Arguments()
        for name in names:
            value = self.value(name, levels, this)
            if value is not None:
                found.keywords[name] = value
        return found

    def value(
        self, name: str, levels: list[Level], this: Object | None, depth: int = 0
    ) -> Value | None:
        """What the fixture gives; None when none of that name is known."""
        for at, level in enumerate(levels):
            function = level.get(name)
            if function is not None and depth < MAX_DEPTH:
                return self._given(function, at, levels, this, depth)
        if name == "client" and depth < MAX_DEPTH:  # pytest-flask makes it of the fixture `app`
            app = self.value("app", levels, this, depth + 1)
            if isinstance(app, Object) and self.rehearsal.is_registrar(app):
                client = Object(f"{app.origin}().test_client", Arguments(), app.site, receiver=app)
                return self._values.setdefault(("client", id(app)), client)
        return None

    def _given(
        self,
        function: FunctionValue,
        at: int,
        levels: list[Level],
        this: Object | None,
        depth: int,
    ) -> Value:
        """Runs the fixture. One that asks for its own name means that of an outer level."""
        arguments = Arguments()
        names = parameters_of(function)
        for name in names:
            inner = (
                levels[at + 1 :] if name in levels[at] and levels[at][name] is function else levels
            )
            value = (
                _request(function)
                if name == "request"
                else self.value(name, inner, this, depth + 1)
            )
            if value is not None:
                arguments.keywords[name] = value
        key = (
            function.file,
            function.facts.start,
            id(this) if function.owner is not None else 0,
            *(id(value) for value in arguments.keywords.values()),
        )
        if key not in self._values:
            self._keep += [*arguments.keywords.values(), this]
            if function.owner is not None and this is not None:
                function = function.bound(this)
            self._values[key] = self.rehearsal.call_function(function, arguments)
        return self._values[key]

    def _plugins(self, conftest: str) -> Iterator[str]:
        module = self.rehearsal.module(conftest)
        named = module.scope.names.get("pytest_plugins") if module is not None else None
        for item in named.items if isinstance(named, Seq) else [named]:
            if isinstance(item, Str) and item.known:
                path = self.rehearsal.modules.python(conftest, item.text)
                if path is not None and path in self.files:
                    yield path


def level_of(values: list[Value]) -> Level:
    found: Level = {}
    for value in values:
        if isinstance(value, FunctionValue) and (decorator := decorator_of(value)) is not None:
            found[name_of(value, decorator)] = value
    return found


def decorator_of(function: FunctionValue) -> External | Object | None:
    """What makes a fixture of the function; None when it is no fixture."""
    for decorator in function.decorators:
        if isinstance(decorator, External | Object) and decorator.origin in DECORATORS:
            return decorator
    return None


def name_of(function: FunctionValue, decorator: External | Object) -> str:
    if isinstance(decorator, Object):
        named = decorator.arguments.get(("name",))
        if isinstance(named, Str) and named.known:
            return named.text
    return function.facts.name


def parameters_of(function: FunctionValue) -> list[str]:
    """The names of the fixtures that a test or fixture asks for."""
    names = [
        it.name
        for it in function.facts.parameters
        if it.name and not it.kind and (it.default is None)
    ]
    return names[1:] if function.owner is not None and function.facts.role != "static" else names


def is_automatic(function: FunctionValue) -> bool:
    decorator = decorator_of(function)
    given = decorator.arguments.get(("autouse",)) if isinstance(decorator, Object) else None
    return isinstance(given, Const) and given.value is True


def _request(function: FunctionValue) -> Value:
    """The `request` of a fixture with parameters: as it is for the first of them."""
    decorator = decorator_of(function)
    given = decorator.arguments.get(("params",)) if isinstance(decorator, Object) else None
    first = given.items[0] if isinstance(given, Seq) and given.items else Unknown()
    site = Site(function.file, function.facts.start, function.facts.end, function.facts.line)
    return Object("pytest.FixtureRequest", Arguments(), site, attributes={"param": first})
