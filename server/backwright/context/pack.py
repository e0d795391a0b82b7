"""The pack: what a model may see of a project for one target, within a budget of tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from backwright.context.mask import masked
from backwright.context.target import Target
from backwright.context.tokens import estimate
from backwright.facts.backend import Backend, Place, Route, Stack
from backwright.facts.code import Function
from backwright.index.definitions import Definition
from backwright.index.workspace import Workspace

SIGNATURE_LINES = 12


@dataclass(frozen=True, slots=True)
class Snippet:
    """Some whole lines of a file and why they are in the pack; lines are 1-based, inclusive."""

    path: str
    first: int
    last: int
    why: str
    text: str

    def render(self) -> str:
        return f"### {self.path}:{self.first}-{self.last} ({self.why})\n```\n{self.text}\n```\n"


@dataclass(frozen=True, slots=True)
class Pack:
    """One immutable value: what is not in it is not sent."""

    target: str
    facts: tuple[str, ...]
    snippets: tuple[Snippet, ...]
    left_out: tuple[str, ...]

    def render(self) -> str:
        parts = [f"## Target: {self.target}\n", *(f"- {fact}\n" for fact in self.facts), "\n"]
        parts += [snippet.render() + "\n" for snippet in self.snippets]
        if self.left_out:
            parts.append(f"Left out for want of room: {', '.join(self.left_out)}\n")
        return "".join(parts).rstrip() + "\n"

    @property
    def tokens(self) -> int:
        return estimate(self.render())


@dataclass(frozen=True, slots=True)
class _Wanted:
    place: Place
    why: str


def build(
    workspace: Workspace,
    target: Target,
    stack: Stack,
    *,
    example: Route | None,
    budget: int,
    excluded: Callable[[str], bool],
) -> Pack:
    """What bears on `target`, the most important first, until the budget in tokens is spent.

    `example` is a route of this project that already has what the recipe adds. Nothing is taken
    from a file that is `excluded`.
    """
    facts = tuple(_facts(target, stack))
    snippets: list[Snippet] = []
    left_out: list[str] = []
    spent = estimate("\n".join(facts)) + 40
    for wanted in _wanted(workspace, target, example):
        snippet = None if excluded(wanted.place.file) else _snippet(workspace, wanted)
        if snippet is None or _covered(snippet, snippets):
            continue
        cost = estimate(snippet.render())
        if spent + cost > budget and snippets:
            snippet = _shortened(snippet)
            cost = estimate(snippet.render())
        if spent + cost > budget and snippets:
            left_out.append(f"{snippet.path}:{snippet.first} ({snippet.why})")
            continue
        spent += cost
        snippets.append(snippet)
    return Pack(target.title, facts, tuple(snippets), tuple(left_out))


def _facts(target: Target, stack: Stack) -> Iterator[str]:
    for route in target.routes:
        yield f"{route.title} is answered by `{route.handler}` ({route.framework})"
        if route.parameters:
            shown = (
                f"{it.name} ({it.location}{', ' + it.type if it.type else ''})"
                for it in route.parameters
            )
            yield f"inputs: {', '.join(shown)}"
        yield f"guards: {', '.join(guard.name for guard in route.guards) or 'none'}"
        yield f"rate limit: {route.rate_limit or 'none'}"
        if route.tests:
            yield "tests: " + ", ".join(
                f"{test.name} ({test.file}:{test.line})" for test in route.tests
            )
    versions = [f"{name} {version}".strip() for name, version in sorted(stack.dependencies.items())]
    if versions:
        yield "dependencies: " + ", ".join(versions)
    if stack.test_command:
        yield f"tests run with `{stack.test_command}`"
    yield "must not change: paths, status codes, guards and response fields of other endpoints"


def _wanted(workspace: Workspace, target: Target, example: Route | None) -> Iterator[_Wanted]:
    backend = workspace.backend
    if target.route is not None:
        yield _Wanted(target.route.handler_place, "the target")
        yield _Wanted(target.route.place, "where it is registered")
    elif target.function is not None:
        function = target.function
        yield _Wanted(Place(target.file, function.line, function.start, function.end), "the target")
    yield from _imports(workspace, target)
    for guard in target.route.guards if target.route is not None else ():
        if guard.place is not None:
            yield _Wanted(guard.place, f"guard {guard.name}")
    yield from _definitions(workspace, target)
    yield from _objects(backend)
    for test in target.route.tests[:2] if target.route is not None else ():
        yield _Wanted(_test_place(workspace, test.file, test.line), "a test of it")
    if example is not None:
        yield _Wanted(example.handler_place, "an endpoint of this project that has it already")
        for test in example.tests[:1]:
            yield _Wanted(
                _test_place(workspace, test.file, test.line), "a test in this project's style"
            )


def _imports(workspace: Workspace, target: Target) -> Iterator[_Wanted]:
    file = target.route.handler_place.file if target.route is not None else target.file
    facts = workspace.facts(file)
    document = workspace.snapshot(file)
    if facts is None or document is None:
        return
    starts = [it.start for it in facts.functions] + [it.start for it in facts.classes]
    first = min(starts, default=0)
    line = document.lines.number_at(first) - 1
    if 0 < line <= 60:
        yield _Wanted(Place(file, 1, 0, document.lines.end_of(line)), "the head of its file")


def _definitions(workspace: Workspace, target: Target) -> Iterator[_Wanted]:
    file = target.route.handler_place.file if target.route is not None else target.file
    function = target.function or _function_at(workspace, target)
    if function is None:
        return
    finder = workspace.definitions()
    direct = list(finder.used_by(file, function))
    for found in sorted(direct, key=_rank):
        yield _Wanted(found.place, f"{found.kind} {found.name}, which it uses")
    for found in direct:
        facts = workspace.facts(found.place.file)
        if facts is None or found.kind != "function":
            continue
        inner = next((it for it in facts.functions if it.start == found.place.start), None)
        for second in finder.used_by(found.place.file, inner) if inner is not None else ():
            yield _Wanted(second.place, f"{second.kind} {second.name}, which {found.name} uses")


def _rank(found: Definition) -> int:
    return {"class": 0, "function": 1, "value": 2}.get(found.kind, 3)


def _function_at(workspace: Workspace, target: Target) -> Function | None:
    place = target.route.handler_place if target.route is not None else None
    facts = workspace.facts(place.file) if place is not None else None
    if facts is None or place is None:
        return None
    return next((it for it in facts.functions if it.start == place.start), None)


def _objects(backend: Backend) -> Iterator[_Wanted]:
    for made in backend.made:
        last = made.origin.rpartition(".")[2].lower()
        if "router" not in last and "blueprint" not in last:
            yield _Wanted(made.place, f"{made.name}, a {made.origin}")


def _test_place(workspace: Workspace, file: str, line: int) -> Place:
    facts = workspace.facts(file)
    for function in facts.functions if facts is not None else ():
        if function.line == line:
            return Place(file, line, function.start, function.end)
    document = workspace.snapshot(file)
    if document is None:
        return Place(file, line)
    return Place(file, line, document.lines.start_of(line), document.lines.end_of(line + 25))


def _snippet(workspace: Workspace, wanted: _Wanted) -> Snippet | None:
    document = workspace.snapshot(wanted.place.file)
    if document is None or wanted.place.end <= wanted.place.start:
        return None
    lines = document.lines
    first, last = lines.number_at(wanted.place.start), lines.number_at(wanted.place.end - 1)
    raw = document.source[lines.start_of(first) : lines.end_of(last)]
    text = raw.decode("utf-8", "replace").replace("\r\n", "\n").rstrip("\n")
    return Snippet(wanted.place.file, first, last, wanted.why, masked(text))


def _shortened(snippet: Snippet) -> Snippet:
    lines = snippet.text.split("\n")
    if len(lines) <= SIGNATURE_LINES:
        return snippet
    kept = lines[:SIGNATURE_LINES]
    return Snippet(
        snippet.path,
        snippet.first,
        snippet.first + len(kept) - 1,
        snippet.why + ", its beginning",
        "\n".join(kept),
    )


def _covered(snippet: Snippet, present: list[Snippet]) -> bool:
    return any(
        it.path == snippet.path and it.first <= snippet.first and snippet.last <= it.last
        for it in present
    )
