"""Tests in Ruby: methods and blocks of classes in Minitest, nested blocks in RSpec."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.backend import Route, Test, TestCall, TestRef
from backwright.facts.code import Call, Class, Expr, FileFacts, Function
from backwright.index.constants import block_of, constant_name
from backwright.index.testing.matching import answers, reached

_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
_MINITEST = re.compile(r"(Test|TestCase|IntegrationTest|Spec)$")
_GROUPS = frozenset({"describe", "context", "feature", "shared_examples", "shared_context"})
_EXAMPLES = frozenset({"it", "specify", "example", "scenario", "fit", "its"})
_BEFORE = frozenset({"before", "setup", "background", "prepend_before", "around"})
_LETS = frozenset({"let", "let!", "subject", "subject!"})
_HELPER = re.compile(r"^(\w+)_(path|url)$")
_MAX_HOPS = 3
_MAX_DEPTH = 12

Routes = Sequence[Route]


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds for the examples in a block: descriptions, values by name, blocks that run first,
    and the controller that is described."""

    titles: tuple[str, ...] = ()
    lets: Mapping[str, int] = field(default_factory=dict)
    before: tuple[int, ...] = ()
    controller: str = ""


@dataclass(frozen=True, slots=True)
class TestFinder:
    """`routes_of` gives the routes that tests of a file may reach; `names` the paths of routes by
    the names of their helpers."""

    __test__ = False

    files: Mapping[str, FileFacts]
    names: Mapping[str, str]
    routes_of: Callable[[str], Routes]

    def look(self, paths: Sequence[str]) -> tuple[list[Test], dict[int, list[TestRef]]]:
        """The tests of the files, and those of each route by its identity."""
        tests: list[Test] = []
        refs: dict[int, list[TestRef]] = {}
        for path in paths:
            facts = self.files[path]
            for test, controller in self._of_file(facts):
                calls = []
                for call in test.calls:
                    route = self._route(call, path, controller)
                    if route is not None:
                        ref = TestRef(test.file, test.line, test.name)
                        known = refs.setdefault(id(route), [])
                        if ref not in known:
                            known.append(ref)
                        if not call.path.startswith("/"):
                            call = TestCall(call.method, _open(route.path), call.line)
                    calls.append(call)
                tests.append(
                    Test(test.name, test.file, test.line, test.framework, calls, test.fixtures)
                )
        return tests, refs

    def _route(self, call: TestCall, path: str, controller: str) -> Route | None:
        routes = self.routes_of(path)
        if not call.path.startswith(("/", "*")):  # get :index
            wanted = f"{controller}#{call.path}"
            fitting = [it for it in routes if it.handler == wanted]
            exact = (it for it in fitting if answers(it.method, call.method))
            return next(exact, None)
        return reached(call.method, call.path, ((it.path, it) for it in routes))

    def _of_file(self, facts: FileFacts) -> Iterator[tuple[Test, str]]:
        for class_ in facts.classes:
            base = constant_name(class_.bases[0].value) if class_.bases else ""
            if _MINITEST.search(base):
                yield from self._of_class(facts, class_)
        yield from self._of_group(facts, facts.steps, _Group(), 0)

    # Minitest

    def _of_class(self, facts: FileFacts, class_: Class) -> Iterator[tuple[Test, str]]:
        controller = class_.qualname.removesuffix("Test")
        methods: dict[str, Function] = {}
        before: list[int] = []
        blocks: list[tuple[str, Call, int]] = []
        for step in walk.steps(class_.steps):
            if isinstance(step, code.Define):
                function = facts.functions[step.function]
                methods[function.name] = function
            elif isinstance(step, code.Do) and isinstance(step.value, Call):
                block = block_of(step.value)
                name = walk.dotted(step.value.function)
                if block is not None and name in _BEFORE:
                    before.append(block)
                elif block is not None and name in {"test", "it", "should"}:
                    blocks.append((_title(step.value), step.value, block))
        group = _Group((), {}, tuple(before), controller)
        reader = _Calls(self, facts, methods, group)
        first = [facts.functions[it] for it in before]
        if "setup" in methods:
            first.append(methods["setup"])
        for title, call, block in blocks:
            calls, used = reader.of([*first, facts.functions[block]])
            yield Test(title, facts.path, call.line, "minitest", calls, used), controller
        for name, function in methods.items():
            if name.startswith("test_"):
                calls, used = reader.of([*first, function])
                yield Test(name, facts.path, function.line, "minitest", calls, used), controller

    # RSpec

    def _of_group(
        self, facts: FileFacts, steps: list[code.Step], group: _Group, depth: int
    ) -> Iterator[tuple[Test, str]]:
        group, methods = self._held(facts, steps, group)
        for step in walk.steps(steps):
            call = step.value if isinstance(step, code.Do | code.Return) else None
            if not isinstance(call, Call):
                continue
            name = walk.dotted(call.function).rpartition(".")[2]
            block = block_of(call)
            if block is None or depth > _MAX_DEPTH:
                continue
            if name in _GROUPS:
                described = constant_name(call.arguments[0].value) if call.arguments else ""
                inner = _Group(
                    (*group.titles, _title(call)),
                    group.lets,
                    group.before,
                    described or group.controller,
                )
                body = facts.functions[block].steps
                yield from self._of_group(facts, body, inner, depth + 1)
            elif name in _EXAMPLES and group.titles:
                reader = _Calls(self, facts, methods, group)
                first = [facts.functions[it] for it in group.before]
                calls, used = reader.of([*first, facts.functions[block]])
                title = " ".join(it for it in (*group.titles, _title(call)) if it)
                yield Test(title, facts.path, call.line, "rspec", calls, used), group.controller

    def _held(
        self, facts: FileFacts, steps: list[code.Step], group: _Group
    ) -> tuple[_Group, dict[str, Function]]:
        """The group with what is declared in its own block."""
        lets, before = dict(group.lets), list(group.before)
        methods: dict[str, Function] = {}
        for step in walk.steps(steps):
            if isinstance(step, code.Define):
                function = facts.functions[step.function]
                methods[function.name] = function
            call = step.value if isinstance(step, code.Do | code.Return) else None
            block = block_of(call) if call is not None else None
            if block is None or not isinstance(call, Call):
                continue
            name = walk.dotted(call.function)
            if name in _LETS:
                given = next((it.value for it in call.arguments if not it.name), None)
                lets[given.value if isinstance(given, code.Text) else "subject"] = block
            elif name in _BEFORE:
                before.append(block)
        return _Group(group.titles, lets, tuple(before), group.controller), methods


@dataclass(frozen=True, slots=True)
class _Calls:
    """Finds the requests that functions make, with those that they call."""

    finder: TestFinder
    facts: FileFacts
    methods: Mapping[str, Function]
    group: _Group

    def of(self, functions: Sequence[Function]) -> tuple[list[TestCall], list[str]]:
        found: dict[tuple[str, str], TestCall] = {}
        used: dict[str, None] = {}
        waiting, seen = [(it, 0) for it in functions], set()
        while waiting:
            function, hops = waiting.pop(0)
            if function.start in seen:
                continue
            seen.add(function.start)
            for expr in walk.deep_expressions(function, self.facts):
                call = self._request(expr)
                if call is not None:
                    found.setdefault((call.method, call.path), call)
                name = _plain_name(expr)
                if name in self.group.lets:
                    used[name] = None
                    block = self.facts.functions[self.group.lets[name]]
                    waiting.append((block, hops + 1))
                elif name in self.methods and hops < _MAX_HOPS:
                    waiting.append((self.methods[name], hops + 1))
        return list(found.values()), list(used)

    def _request(self, expr: Expr) -> TestCall | None:
        if not isinstance(expr, Call) or not isinstance(expr.function, code.Name):
            return None
        method = expr.function.name
        given = next((it.value for it in expr.arguments if not it.name), None)
        if method not in _VERBS or given is None:
            return None
        if isinstance(given, code.Text) and given.symbol:
            return TestCall(method.upper(), given.value, expr.line)
        path = self._path(given, 0)
        return TestCall(method.upper(), path, expr.line) if path else None

    def _path(self, expr: Expr, depth: int) -> str:
        """What is asked for, `*` where a part is not known; "" for what is no path."""
        match expr:
            case code.Text(value):
                path = value.partition("?")[0].partition("#")[0]
                path = re.sub(r"^https?://[^/]+", "", path)
                return path if path.startswith("/") else f"/{path}"
            case code.Template(parts):
                texts = [self._part(it, depth) for it in parts]
                path = "".join(texts).partition("?")[0]
                return path if path.startswith(("/", "*")) else f"/{path}"
            case code.Name(name) if name in self.group.lets and depth < _MAX_HOPS:
                return self._of_let(name, depth)
            case code.Name(name) | code.Call(code.Name(name)) if helper := _HELPER.match(name):
                known = self.finder.names.get(helper[1])
                return _open(known) if known is not None else ""
            case _:
                return ""

    def _part(self, expr: Expr, depth: int) -> str:
        if isinstance(expr, code.Text):
            return expr.value
        if isinstance(expr, code.Name) and expr.name in self.group.lets and depth < _MAX_HOPS:
            found = self._of_let(expr.name, depth)
            return found if found.startswith("/") else "*"
        return "*"

    def _of_let(self, name: str, depth: int) -> str:
        for step in self.facts.functions[self.group.lets[name]].steps:
            if isinstance(step, code.Return) and isinstance(
                step.value, code.Text | code.Template | code.Name | Call
            ):
                return self._path(step.value, depth + 1)
        return ""


def _plain_name(expr: Expr) -> str:
    match expr:
        case code.Name(name) | code.Call(code.Name(name)):
            return name
        case _:
            return ""


def _title(call: Call) -> str:
    given = next((it.value for it in call.arguments if not it.name), None)
    if isinstance(given, code.Text):
        return given.value
    return constant_name(given)


def _open(path: str) -> str:
    """A path of a route with its parameters unknown."""
    return re.sub(r"\{\w*\*?\}|:\w+|\*\w+", "*", re.sub(r"\([^()]*\)", "", path))
