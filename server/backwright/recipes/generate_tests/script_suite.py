"""The Jest or Vitest suite of a project: how its tests make requests, and who they can be."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from backwright.facts import code
from backwright.facts.backend import Route
from backwright.facts.code import FileFacts, Function
from backwright.index.testfiles import is_test
from backwright.recipes.generate_tests.execute import Execution
from backwright.recipes.generate_tests.execution.core import Arguments
from backwright.recipes.generate_tests.existing import ExistingTest, covers, module_name
from backwright.recipes.generate_tests.people import with_persons
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.state import State
from backwright.recipes.generate_tests.surroundings import Credential
from backwright.recipes.generate_tests.values import (
    Code,
    Const,
    Joined,
    Made,
    Outside,
    Part,
    Result,
    Value,
    mentioned,
)

SUFFIXES = (".js", ".ts", ".mjs", ".cjs", ".mts")
_SPEC = re.compile(r"\.(test|spec)\.[cm]?[jt]s$")
_AGENT = re.compile(
    r"(\b(?!it\b|test\b|describe\b|expect\b)[A-Za-z_$][\w$]*\((?:[\w.$]*(?:\(\))?)\))"
    r"\s*\.(?:get|post|put|patch|delete)\("
)
_NAMED_AGENT = re.compile(r"\b(api|agent|client|server|http)\s*\.(?:get|post|put|patch|delete)\(")
_HEADER_FIELDS = ("authorization", "Authorization", "header", "bearer")
_TOKEN_FIELDS = ("token", "accessToken", "access_token", "jwt")


@dataclass(frozen=True, slots=True)
class Person:
    """How a test becomes someone: lines that come first, the header's value, what is imported."""

    name: str
    lines: tuple[str, ...]
    header: str
    imports: tuple[str, str] = ("", "")
    """A name and the file it comes from."""


@dataclass(slots=True)
class ScriptSuite:
    project: Project
    execution: Execution
    tests: list[ExistingTest]
    people: dict[str, Person] = field(default_factory=dict)

    # Where

    def home(self, route: Route) -> str:
        routes = self.project.situation.backend.routes
        neighbours = [it for it in routes if it.place.file == route.place.file]
        votes: Counter[str] = Counter()
        for test in self.tests:
            if _SPEC.search(test.file):
                votes[test.file] += 3 * covers(test, route, routes)
                votes[test.file] += sum(covers(test, it, routes) for it in neighbours)
        best = votes.most_common(1)
        if best and best[0][1] > 0:
            return best[0][0]
        return self._new_file(route)

    def _new_file(self, route: Route) -> str:
        specs = self.specs()
        name = module_name(route)
        name = re.sub(r"\.(routes?|router|controller)$", "", name)
        if not specs:
            root = self.project.situation.stack.root
            suffix = posixpath.splitext(route.handler_place.file)[1]
            return posixpath.join("" if root == "." else root, "test", f"{name}.test{suffix}")
        model = self.model() or specs[0]
        ending = _SPEC.search(model)
        return posixpath.join(
            posixpath.dirname(model), f"{name}{ending[0] if ending else '.test.js'}"
        )

    def specs(self) -> list[str]:
        return [it for it in self.project.paths if _SPEC.search(it)]

    def model(self) -> str | None:
        """The file whose style new tests follow: the one that makes the most requests."""
        asking = Counter(it.file for it in self.tests if it.requests and _SPEC.search(it.file))
        return asking.most_common(1)[0][0] if asking else None

    # How

    def agent(self, source: str) -> str | None:
        """What requests are made on: `request(app)`."""
        found: Counter[str] = Counter(_AGENT.findall(source))
        if found:
            return found.most_common(1)[0][0]
        named: Counter[str] = Counter(_NAMED_AGENT.findall(source))
        return named.most_common(1)[0][0] if named else None

    # Who

    def credentials(self, home: str, model: str, roles: list[str]) -> list[Credential]:
        """People that helpers of the tests, or functions of the project that sign tokens, make."""
        found: list[Credential] = []
        for function, file in self._helpers(home, model):
            for role, given in _arguments(function, roles):
                credential = self._credential(function, file, given, home, role)
                if credential is not None:
                    found.append(credential)
        return found

    def _helpers(self, home: str, model: str) -> Iterator[tuple[Function, str]]:
        own = [home] if home in self.project.paths else [model]
        files = [*own, *(it for it in self.project.paths if _is_helper(it))]
        sources = [
            it
            for it in self.project.paths
            if it.endswith(SUFFIXES) and not is_test(it) and it not in files
        ]
        found = list(self._makers(files))
        yield from found or self._makers(sources)

    def _makers(self, files: list[str]) -> Iterator[tuple[Function, str]]:
        for file in files:
            facts = self.project.facts(file)
            if facts is None:
                continue
            exported = _top_level(facts)
            for function in facts.functions:
                if function.name in exported and "." not in function.qualname:
                    yield function, file

    def _credential(
        self, function: Function, file: str, given: tuple[str, ...], home: str, role: str
    ) -> Credential | None:
        constants = tuple(Const(it) for it in given)
        outcomes = self.execution.call(Code(function, file), Arguments(constants), State())
        values = [(after, it) for after, it in outcomes if after.thrown is None]
        if not values:
            return None
        value = values[-1][1]
        found = _header_in(value)
        if found is None:
            return None
        access, whole = found
        name = re.sub(r"\W+", "", role) or "user"
        wait = "await " if function.is_async else ""
        shown = ", ".join(f"'{it}'" for it in given)
        called = f"{wait}{function.name}({shown})"
        local = file in {home}
        imports = ("", "") if local else (function.name, file)
        if not access:
            person = Person(name, (f"const {name}Header = {called};",), f"{name}Header", imports)
        else:
            person = Person(name, (f"const {name} = {called};",), f"{name}{access}", imports)
        if not whole:
            header = "`Bearer ${" + person.header + "}`"
            person = Person(name, person.lines, header, imports)
        self.people.setdefault(name, person)
        if self.people[name] != person:
            return None
        return Credential(name, with_persons(value, name), f"{name} {shown}", 10 * len(self.people))


def _arguments(function: Function, roles: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Calls of a helper that are worth a try, each for a role: with what it requires."""
    required = [it for it in function.parameters if it.default is None and not it.kind]
    named = [it.name for it in function.parameters]
    if any(not it.name for it in required) or len(required) > 3:
        return []
    takes_role = next((n for n, it in enumerate(named) if "role" in it.lower()), None)
    found: list[tuple[str, tuple[str, ...]]] = []
    for role in ["", *roles]:
        values: list[str] = []
        for number, name in enumerate(named):
            if number == takes_role:
                if not role and number < len(required):
                    role = "user"
                if role:
                    values.append(role)
            elif number < len(required):
                values.append(_value(name))
        if role and takes_role is None:
            continue
        found.append((role, tuple(values)))
    others = [("other", tuple(_another(it) for it in given)) for role, given in found if not role]
    return list(dict.fromkeys([*found, *(it for it in others if it[1] != found[0][1])]))


def _another(value: str) -> str:
    return value.replace("Sample", "Other").replace("sample", "other")


def _value(name: str) -> str:
    if "mail" in name.lower():
        return "sample.person@example.com"
    if "pass" in name.lower():
        return "Sample-Passw0rd"
    return "Sample"


def _header_in(value: Value) -> tuple[str, bool] | None:
    """Where in a value the credential is: the access to it, and whether it is a whole header."""
    if isinstance(value, Joined) and _signs(value):
        first = value.parts[0]
        return "", isinstance(first, Const) and str(first.value).startswith("Bearer")
    if isinstance(value, Result) and _signs(value) and _is_sign(value):
        return "", False
    if isinstance(value, Made) and not value.class_:
        for name, inner in value.fields:
            if not _signs(inner):
                continue
            if name in _HEADER_FIELDS and isinstance(inner, Joined):
                return f".{name}", True
            if name in _TOKEN_FIELDS:
                return f".{name}", False
    return None


def _signs(value: Value) -> bool:
    return any(isinstance(it, Result) and _is_sign(it) for it in mentioned(value))


def _is_sign(value: Result) -> bool:
    match value.function:
        case Outside(origin):
            return origin.rpartition(".")[2] == "sign"
        case Part(_, name):
            return name == "sign"
        case _:
            return False


def _is_helper(path: str) -> bool:
    return is_test(path) and path.endswith(SUFFIXES) and not _SPEC.search(path)


def _top_level(facts: FileFacts) -> set[str]:
    names: set[str] = set()
    for step in facts.steps:
        if isinstance(step, code.Define):
            names.add(facts.functions[step.function].name)
        elif isinstance(step, code.Assign) and isinstance(step.value, code.Lambda):
            names.add(facts.functions[step.value.function].name)
    return names
