"""The pytest suite of a project: its fixtures, its style, the file where new tests belong."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from backwright.facts import code, walk
from backwright.facts.backend import Route
from backwright.facts.code import FileFacts, Function
from backwright.index.testfiles import is_test
from backwright.recipes.generate_tests.execute import Execution
from backwright.recipes.generate_tests.existing import ExistingTest, covers, module_name
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.state import State
from backwright.recipes.generate_tests.surroundings import Credential, Thing
from backwright.recipes.generate_tests.values import (
    Listed,
    Made,
    Outside,
    Part,
    Result,
    Unknown,
    Value,
    mentioned,
)

_HEADERS = frozenset({"authorization", "x-api-key", "api-key", "cookie", "x-token", "x-auth-token"})
_CLIENTS = ("TestClient", "AsyncClient", "httpx.Client", "FlaskClient")
_MARKS = ("asyncio", "anyio")


@dataclass(frozen=True, slots=True)
class Fixture:
    name: str
    file: str
    function: Function
    value: Value
    writes: tuple[tuple[Value, str, Value], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Client:
    """The fixture that makes requests; `credentials` go with every one of them."""

    name: str
    asynchronous: bool = False


@dataclass(slots=True)
class PythonSuite:
    """What is there to test with, seen from a file of tests."""

    project: Project
    execution: Execution
    tests: list[ExistingTest]
    _evaluated: dict[tuple[str, str], Fixture] = field(default_factory=dict)
    _busy: set[tuple[str, str]] = field(default_factory=set)

    # Where

    def home(self, route: Route) -> str:
        """The file where tests of the route's neighbours stand, else a new one beside them."""
        votes: Counter[str] = Counter()
        routes = self.project.situation.backend.routes
        neighbours = [it for it in routes if it.handler_place.file == route.handler_place.file]
        for test in self.tests:
            if test.file.endswith(".py"):
                votes[test.file] += 3 * covers(test, route, routes)
                votes[test.file] += sum(covers(test, it, routes) for it in neighbours)
        best = votes.most_common(1)
        if best and best[0][1] > 0:
            return best[0][0]
        return self.new_file(route)

    def new_file(self, route: Route) -> str:
        files = [it for it in self.project.paths if is_test(it) and it.endswith(".py")]
        name = f"test_{module_name(route)}.py"
        named = [it for it in files if posixpath.basename(it) == name]
        if named:
            return named[0]
        folders = Counter(
            posixpath.dirname(it) for it in files if posixpath.basename(it).startswith("test_")
        )
        if folders:
            # The folder that most tests of requests are in, else that of most tests.
            asking = Counter(posixpath.dirname(it.file) for it in self.tests if it.requests)
            return posixpath.join((asking or folders).most_common(1)[0][0], name)
        holding = [posixpath.dirname(it) for it in files if it.endswith("conftest.py")]
        return posixpath.join(holding[0] if holding else self._new_folder(route), name)

    def _new_folder(self, route: Route) -> str:
        root = self.project.situation.stack.root
        return posixpath.join("" if root == "." else root, "tests")

    # Fixtures

    def fixtures(self, file: str) -> dict[str, Fixture]:
        """The fixtures that tests in `file` can ask for, the nearest of each name."""
        found: dict[str, Fixture] = {}
        for path in self._fixture_files(file):
            facts = self.project.facts(path)
            for function in facts.functions if facts is not None else ():
                if is_fixture(function):
                    found[_fixture_name(function)] = self._fixture(path, function, file)
        return found

    def _fixture_files(self, file: str) -> list[str]:
        """Outermost first, so that nearer ones win."""
        folder = posixpath.dirname(file)
        conftests = [
            it
            for it in self.project.paths
            if posixpath.basename(it) == "conftest.py"
            and (folder + "/").startswith(posixpath.dirname(it) + "/" if "/" in it else "")
        ]
        plugins = [it for name in conftests for it in self._plugins(name)]
        ordered = sorted(conftests, key=lambda it: it.count("/"))
        return [*plugins, *ordered, *([file] if file in self.project.paths else [])]

    def _plugins(self, conftest: str) -> Iterator[str]:
        """Files of fixtures that a conftest imports or names in `pytest_plugins`."""
        facts = self.project.facts(conftest)
        for step in facts.steps if facts is not None else ():
            if isinstance(step, code.Import) and step.name:
                found = self.project.module_of(conftest, step.module)
                if found is not None and found.endswith(".py"):
                    yield found
            elif isinstance(step, code.Assign) and step.target == code.Name("pytest_plugins"):
                for expr in walk.inner(step.value) if step.value is not None else ():
                    if isinstance(expr, code.Text):
                        found = self.project.module_of(conftest, expr.value)
                        if found is not None and found.endswith(".py"):
                            yield found

    def _fixture(self, path: str, function: Function, seen_from: str) -> Fixture:
        key = (path, function.name)
        if key in self._evaluated:
            return self._evaluated[key]
        document = self.project.situation.document(path)
        source = document.source[function.start : function.end] if document is not None else b""
        text = source.decode("utf-8", "replace")
        bare = Fixture(_fixture_name(function), path, function, Unknown(), (), text)
        if key in self._busy:
            return bare
        self._busy.add(key)
        names: dict[str, Value] = {}
        writes: tuple[tuple[Value, str, Value], ...] = ()
        words = text
        for parameter in function.parameters:
            other = self._named(parameter.name, seen_from)
            if other is not None:
                names[parameter.name] = other.value
                writes += other.writes
                words += other.text
        flows = self.execution.run(function.steps, State(names=names), path)
        ends = [it for it in flows if it.kind == "return" and it.value is not None]
        found = replace(bare, text=words)
        if ends and ends[-1].value is not None:
            value = ends[-1].value
            found = replace(found, value=value, writes=(*writes, *ends[-1].state.writes))
        self._busy.discard(key)
        self._evaluated[key] = found
        return found

    def _named(self, name: str, seen_from: str) -> Fixture | None:
        for path in reversed(self._fixture_files(seen_from)):
            facts = self.project.facts(path)
            for function in facts.functions if facts is not None else ():
                if is_fixture(function) and _fixture_name(function) == name:
                    return self._fixture(path, function, seen_from)
        return None

    # What they give

    def client(self, fixtures: dict[str, Fixture]) -> Client | None:
        """The plain client: one that sends no credentials, the usual name first."""
        found = [it for it in fixtures.values() if is_client(it.value) or it.name == "client"]
        plain = [it for it in found if not _sends_credentials(it)]
        plain.sort(key=lambda it: (it.name != "client", -self._used(it.name), it.name))
        if not plain:
            return None
        first = plain[0]
        asynchronous = "AsyncClient" in first.text or _is_async(first.value)
        return Client(first.name, asynchronous)

    def _used(self, name: str) -> int:
        return sum(name in it.text.partition(":")[0] for it in self.tests)

    def credentials(self, fixtures: dict[str, Fixture], client: Client) -> list[Credential]:
        """Who the fixtures let tests be: tables of headers, and clients that send some."""
        found = []
        for fixture in fixtures.values():
            weight = _weight(fixture.name)
            if _is_headers(fixture.value):
                found.append(Credential(fixture.name, fixture.value, _hint(fixture), weight))
                continue
            other = is_client(fixture.value) and fixture.name != client.name
            if other and _sends_credentials(fixture):
                sent = tuple(it for _, _, it in fixture.writes)
                value = Listed((fixture.value, *sent))
                name = f"client:{fixture.name}"
                found.append(Credential(name, value, _hint(fixture), weight + 1))
        return found

    def things(self, fixtures: dict[str, Fixture]) -> list[Thing]:
        """Instances of the project's classes that fixtures make and keep."""
        found = []
        for fixture in fixtures.values():
            value = fixture.value
            if isinstance(value, Made) and value.class_ and not _is_headers(value):
                fields = dict(value.fields)
                fields.update({at: it for owner, at, it in fixture.writes if owner == value})
                made = replace(value, fields=tuple(fields.items()))
                found.append(Thing(fixture.name, value.class_.partition(":")[2], made))
        return found


def is_fixture(function: Function) -> bool:
    return any(walk.dotted(it).removesuffix("()").endswith("fixture") for it in function.decorators)


def _fixture_name(function: Function) -> str:
    for decorator in function.decorators:
        if isinstance(decorator, code.Call):
            for argument in decorator.arguments:
                if argument.name == "name" and isinstance(argument.value, code.Text):
                    return argument.value.value
    return function.name


def is_client(value: Value) -> bool:
    """Whether a value makes requests to the app."""
    if not isinstance(value, Result):
        return False
    match value.function:
        case Outside(origin):
            return origin.endswith(_CLIENTS)
        case Part(_, "test_client"):
            return True
        case _:
            return False


def _is_async(value: Value) -> bool:
    return (
        isinstance(value, Result)
        and isinstance(value.function, Outside)
        and value.function.origin.endswith("AsyncClient")
    )


def _sends_credentials(fixture: Fixture) -> bool:
    """Whether the fixture puts headers on the client that it gives out."""
    made = fixture.value.keywords if isinstance(fixture.value, Result) else ()
    if any(name == "headers" for name, _ in made):
        return True
    for owner, name, value in fixture.writes:
        of_client = any(it == fixture.value for it in mentioned(owner))
        if of_client and (name.lower() in _HEADERS or _is_headers(value)):
            return True
    return False


def _is_headers(value: Value) -> bool:
    return (
        isinstance(value, Made)
        and not value.class_
        and any(name.lower() in _HEADERS for name, _ in value.fields)
    )


def _hint(fixture: Fixture) -> str:
    return f"{fixture.name} {fixture.text}"


def _weight(name: str) -> int:
    """The plainest credential is tried first: a user's before an admin's."""
    lowered = name.lower()
    if re.search(r"other|second|another|stranger|expired|invalid|bad|wrong", lowered):
        return 50
    if re.search(r"admin|super|root|owner", lowered):
        return 20
    return 10 if re.search(r"staff|manager|editor|moderator", lowered) else 0


def style_of(facts: FileFacts | None) -> tuple[bool, tuple[str, ...]]:
    """Whether tests of the file stand in classes, and the marks that async tests carry."""
    if facts is None:
        return False, ()
    tests = [it for it in facts.functions if it.name.startswith("test")]
    inside = sum("." in it.qualname for it in tests)
    marks = {
        walk.dotted(decorator).removesuffix("()")
        for it in tests
        for decorator in it.decorators
        if walk.dotted(decorator).removesuffix("()").endswith(_MARKS)
    }
    return inside * 2 > len(tests), tuple(sorted(marks))
