"""From the facts of all files to the backend: the one place that puts the parts together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from backwright.facts.backend import Backend, Route
from backwright.facts.code import FileFacts
from backwright.index.behind import look_behind
from backwright.index.configs import Configs
from backwright.index.conventions.find import look_around
from backwright.index.evaluate import Evaluator, deep_recursion
from backwright.index.families import Families
from backwright.index.handlers import Handlers
from backwright.index.incremental.memory import Memory
from backwright.index.models.find import find_models
from backwright.index.modules import Modules
from backwright.index.mounting.events import Endpoint
from backwright.index.mounting.registrars import construct_of
from backwright.index.relevance import Relevance, Relevant
from backwright.index.stacks.find import find_stacks, in_app, without_libraries
from backwright.index.testfiles import is_test
from backwright.index.testing.find import Run, find_tests
from backwright.index.values import FunctionValue, Object, Site, Value


@dataclass(frozen=True, slots=True)
class Resolved:
    """`relevant` is what had to be run to know it."""

    backend: Backend
    relevant: Relevant


def resolve(
    files: dict[str, FileFacts],
    configs: Configs,
    name: str,
    memory: Memory,
) -> Resolved:
    """The backend that the files make. `name` is the workspace folder's own; `memory` holds from
    one call to the next what single files say."""
    relevance = memory.relevance
    schemas = {path: facts.schema for path, facts in files.items() if facts.schema is not None}
    files = {path: facts for path, facts in files.items() if path not in schemas}
    sources = [path for path in sorted(files) if not is_test(path)]
    linked = {path: facts for path, facts in files.items() if facts.language != "ruby"}
    importing = [path for path in sources if path in linked]
    relevant = relevance.of(files, importing)
    modules = Modules(frozenset(files), configs, name)
    families = Families.of(relevance.frameworks(), files, sources, modules)
    families.drawn.notes = memory.notes
    acting = relevant.functions | relevant.callbacks | families.drawn.acting()
    evaluator = Evaluator(files.get, modules, families, relevant.files, acting)
    with deep_recursion():
        _run(evaluator, relevant)
        handlers = Handlers(evaluator, files)
        stacks = find_stacks(files, configs, name, evaluator)
        pairs = _ordered(
            [
                (endpoint, in_app(route, endpoint.root.site.file, stacks))
                for endpoint in _distinct(families.endpoints(evaluator))
                for route in handlers.routes(endpoint)
            ]
        )
        found = find_tests(
            Run(evaluator, families.mounted, handlers, pairs, stacks), frozenset(linked), configs
        )
        behind = look_behind(linked, importing, evaluator, found.routes, memory.calls)
        around = look_around(files, schemas, families.drawn, behind.routes, stacks, memory.uses)
        models = find_models(evaluator, linked, schemas, behind.routes, memory.calls, around.models)
    routes = [
        replace(it, models=models.usage.of(it.handler_place))
        if it.handler_place.file in linked
        else it
        for it in around.routes
    ]
    backend = Backend(
        routes=routes,
        tests=[*found.tests, *around.tests],
        fixtures=found.fixtures,
        stacks=without_libraries(stacks, routes),
        made=memory.made.of(linked, importing),
        models=models.models,
        jobs=[*behind.jobs, *around.jobs],
        sql=[*behind.sql, *around.sql],
    )
    return Resolved(backend, relevant)


def endpoints(files: dict[str, FileFacts], modules: Modules) -> list[Endpoint]:
    """Every endpoint of the files with what runs before it, as values of the evaluator."""
    relevance = Relevance()
    sources = [path for path in sorted(files) if not is_test(path)]
    relevant = relevance.of(files, [it for it in sources if files[it].language != "ruby"])
    families = Families.of(relevance.frameworks(), files, sources, modules)
    acting = relevant.functions | relevant.callbacks | families.drawn.acting()
    evaluator = Evaluator(files.get, modules, families, relevant.files, acting)
    with deep_recursion():
        _run(evaluator, relevant)
        return families.endpoints(evaluator)


def _run(evaluator: Evaluator, relevant: Relevant) -> None:
    """Runs what matters: the modules, then the functions that nothing calls, then what is left."""
    for path in sorted(relevant.files):
        evaluator.module(path)
    for chosen in (relevant.entries, relevant.functions):
        by_file: dict[str, set[int]] = {}
        for path, start in chosen:
            by_file.setdefault(path, set()).add(start)
        for path in sorted(by_file):
            evaluator.run_left_over(path, by_file[path])


def _distinct(endpoints: list[Endpoint]) -> Iterable[Endpoint]:
    """Each endpoint once, though an app may be made several times: by a factory that is called in
    more than one place, say."""
    unique: dict[tuple[object, ...], Endpoint] = {}
    for it in endpoints:
        answers = tuple((method, _site(value)) for method, value in it.event.targets)
        unique[(it.root.site, it.event.site, it.path, it.resolved, answers)] = it
    return unique.values()


def _site(value: Value) -> Site | int:
    return value.site if isinstance(value, FunctionValue) else id(value)


Pair = tuple[Endpoint, Route]


def _ordered(pairs: list[Pair]) -> list[Pair]:
    """Each route once under each app, in the order of files and lines."""
    unique = {
        (it.method, it.path, endpoint.root.site, it.handler, it.handler_place): (endpoint, it)
        for endpoint, it in pairs
    }
    resolved = [pair for pair in unique.values() if pair[1].resolved]
    known = {_registration(pair, anywhere=each) for pair in resolved for each in (True, False)}
    kept = [
        pair
        for pair in unique.values()
        if pair[1].resolved or _registration(pair, anywhere=_is_loose(pair[0].root)) not in known
    ]
    return sorted(kept, key=lambda pair: _order(pair[1]))


def _registration(pair: Pair, *, anywhere: bool) -> tuple[str, Site, Site | None]:
    """What is registered, and under which app. Where one of its paths is known, another that is
    not, such as a mount under a prefix from the settings, says nothing more."""
    endpoint, route = pair
    return (route.method, endpoint.event.site, None if anywhere else endpoint.root.site)


def _is_loose(root: Object) -> bool:
    """Whether a root is no app that the project makes, but stands for one that is passed."""
    construct = construct_of(root)
    return root.assumed or construct is None or construct[1].role != "app"


def _order(route: Route) -> tuple[str, int, str, str]:
    place = route.handler_place
    return (place.file, place.line, route.path, route.method)
