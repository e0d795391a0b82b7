"""The tests that are there already: what they request, and which answers they look for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.backend import Route
from backwright.facts.code import Expr, FileFacts, Function
from backwright.index.testfiles import is_test
from backwright.recipes.generate_tests.project import Project

_VERBS = frozenset({"get", "post", "put", "patch", "delete"})
_STATUS_NAME = re.compile(r"HTTP_(\d{3})_")


@dataclass(frozen=True, slots=True)
class ExistingTest:
    """`requests` are methods with paths, `*` for a part that is not known. `numbers` are those that
    it mentions, `text` is its source. `group` is the title of the block that it stands in."""

    name: str
    file: str
    requests: tuple[tuple[str, str], ...]
    numbers: frozenset[int]
    text: str
    group: str = ""


def existing_tests(project: Project) -> list[ExistingTest]:
    found: list[ExistingTest] = []
    for path in project.paths:
        if is_test(path) and path.endswith((".py", ".js", ".ts", ".mjs", ".cjs", ".mts")):
            facts = project.facts(path)
            if facts is not None:
                found += _in_file(project, facts)
    return found


def covers(test: ExistingTest, route: Route, routes: Sequence[Route]) -> bool:
    """Whether the test requests the route, and no other one that its path says more exactly.

    A test that says in its name whose it is may request other routes on its way: it does not count
    for them."""
    owner = _owner(test, routes)
    if owner is not None and owner != route:
        return False
    for method, path in test.requests:
        if method != route.method or not fits(route.path, path):
            continue
        closer = [
            it
            for it in routes
            if it.method == method
            and it.path.count("{") < route.path.count("{")
            and fits(it.path, path)
            and "*" not in path
        ]
        if not closer:
            return True
    return False


def _owner(test: ExistingTest, routes: Sequence[Route]) -> Route | None:
    """The route that a test names: `test_read_item_…`, `describe('GET /items/:id'`."""
    if test.group:
        return next((it for it in routes if _title(it) == test.group), None)
    named = [
        it
        for it in routes
        if any(method == it.method and fits(it.path, path) for method, path in test.requests)
        and (test.name + "_").startswith(f"test_{_handler(it)}_")
    ]
    longest = max((len(it.handler) for it in named), default=0)
    best = [it for it in named if len(it.handler) == longest]
    return best[0] if len(best) == 1 else None


def _title(route: Route) -> str:
    path = re.sub(r"\{([^}*]*)\*?\}", r":\1", route.path)
    return f"{route.method} {path}"


def _handler(route: Route) -> str:
    handler = re.sub(r"\W+", "_", route.handler)
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", handler).lower().strip("_")


def fits(template: str, path: str) -> bool:
    """Whether a path as a test writes it can mean the route's."""
    want, have = template.strip("/").split("/"), path.partition("?")[0].strip("/").split("/")
    if len(want) != len(have):
        return False
    for wanted, given in zip(want, have, strict=True):
        if wanted.startswith("{"):
            continue
        if given != wanted and given != "*":
            return False
    return not all(it == "*" for it in have)


def _in_file(project: Project, facts: FileFacts) -> Iterator[ExistingTest]:
    groups = _groups(facts)
    titles = [(facts.functions[it], title) for it, title in groups.items()]
    for number, function in enumerate(facts.functions):
        if number in groups:
            continue
        python = facts.language == "python"
        if python and not function.name.startswith("test"):
            continue
        if not python and function.name:
            continue
        expressions = list(_expressions(function, facts))
        requests = tuple(dict.fromkeys(_requests(project, facts, expressions)))
        if not requests and not python:
            continue
        document = project.situation.document(facts.path)
        source = document.source[function.start : function.end] if document is not None else b""
        numbers = frozenset(_numbers(expressions))
        name = function.name or str(function.start)
        around = [
            (it.end - it.start, title) for it, title in titles if it.start < function.start < it.end
        ]
        text = source.decode("utf-8", "replace")
        group = min(around)[1] if around else ""
        yield ExistingTest(name, facts.path, requests, numbers, text, group)


def _groups(facts: FileFacts) -> dict[int, str]:
    """The functions that hold tests rather than being one: those given to `describe`, with its
    title."""
    bodies = [facts.steps, *(it.steps for it in facts.functions)]
    return {
        argument.value.function: _first_text(call)
        for body in bodies
        for call in walk.calls(body)
        if walk.dotted(call.function).partition(".")[0].removesuffix("()") in {"describe", "suite"}
        for argument in call.arguments
        if isinstance(argument.value, code.Lambda)
    }


def _first_text(call: code.Call) -> str:
    first = call.arguments[0].value if call.arguments else None
    return first.value if isinstance(first, code.Text) else ""


def _expressions(function: Function, facts: FileFacts) -> Iterator[Expr]:
    for decorator in function.decorators:
        yield from walk.inner(decorator)
    yield from walk.deep_expressions(function, facts)


def _requests(
    project: Project, facts: FileFacts, expressions: list[Expr]
) -> Iterator[tuple[str, str]]:
    parametrized = [
        it.value
        for expr in expressions
        if isinstance(expr, code.Items)
        for it in expr.values
        if isinstance(it, code.Text) and it.value.startswith("/")
    ]
    for expr in expressions:
        if not isinstance(expr, code.Call) or not isinstance(expr.function, code.Member):
            continue
        verb = expr.function.name
        given = [it.value for it in expr.arguments if not it.name]
        if verb == "request" and len(given) > 1 and isinstance(given[0], code.Text):
            verb, given = given[0].value.lower(), given[1:]
        if verb not in _VERBS or not given:
            continue
        path = path_text(project, facts, given[0])
        if path:
            yield verb.upper(), path
        elif isinstance(given[0], code.Name):
            yield from ((verb.upper(), it) for it in parametrized)


def path_text(project: Project, facts: FileFacts, expr: Expr) -> str:
    """A path as a test writes it, with `*` where it is put together; "" when it is none."""
    match expr:
        case code.Text(value):
            return value if value.startswith("/") else ""
        case code.Template(parts):
            pieces = [path_text_part(project, facts, it) for it in parts]
            whole = "".join(pieces)
            return whole if whole.startswith(("/", "*")) else ""
        case code.Name():
            piece = path_text_part(project, facts, expr)
            return piece if piece.startswith("/") else ""
        case _:
            return ""


def path_text_part(project: Project, facts: FileFacts, expr: Expr) -> str:
    if isinstance(expr, code.Text):
        return expr.value
    for step in facts.steps if isinstance(expr, code.Name) else ():
        match step:
            case code.Assign(target, code.Text(value)) if target == expr:
                return value
            case _:
                pass
    return "*"


def _numbers(expressions: list[Expr]) -> Iterator[int]:
    for expr in expressions:
        if isinstance(expr, code.Number) and isinstance(expr.value, int):
            yield expr.value
        elif isinstance(expr, code.Member) and (found := _STATUS_NAME.match(expr.name)):
            yield int(found.group(1))


def module_name(route: Route) -> str:
    """What the tests of a route's file are called after."""
    path = route.handler_place.file
    stem = posixpath.basename(path).partition(".")[0]
    if stem in {"__init__", "routes", "views", "router", "endpoints", "index", "api", "handlers"}:
        parent = posixpath.basename(posixpath.dirname(path))
        return parent or stem
    return stem
