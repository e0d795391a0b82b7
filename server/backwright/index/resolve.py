"""From the facts of all files to the backend: the one place that puts the parts together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from backwright.facts import code, walk
from backwright.facts.backend import Backend, Route
from backwright.facts.code import FileFacts
from backwright.index.configs import Configs
from backwright.index.evaluate import Evaluator
from backwright.index.frameworks import frameworks, roles
from backwright.index.handlers import Handlers
from backwright.index.made import made
from backwright.index.models.find import find_models
from backwright.index.modules import Modules
from backwright.index.mounted import MountedRouters
from backwright.index.stacks.find import find_stacks, in_app, without_libraries
from backwright.index.testfiles import is_test
from backwright.index.testing.find import Run, find_tests


def resolve(
    files: dict[str, FileFacts], configs: Configs, name: str, skipped: dict[str, str] | None = None
) -> Backend:
    """The backend that the files make. `name` is the workspace folder's own."""
    modules = Modules(frozenset(files), configs, name)
    routers = MountedRouters(used_frameworks(files))
    evaluator = Evaluator(files.get, modules, routers)
    sources = [path for path in sorted(files) if not is_test(path)]
    for path in sources:
        evaluator.module(path)
    for path in sources:
        facts = files[path]
        evaluator.run_left_over(path, partial(registers, facts=facts))
    handlers = Handlers(evaluator, files)
    stacks = find_stacks(files, configs, name, evaluator)
    pairs = [
        (endpoint, in_app(route, endpoint.root.site.file, stacks))
        for endpoint in routers.endpoints()
        for route in handlers.routes(endpoint)
    ]
    found = find_tests(Run(evaluator, routers, handlers, pairs, stacks), modules.files, configs)
    models = find_models(evaluator, sources, found.routes)
    routes = [replace(it, models=models.usage.of(it.handler_place)) for it in found.routes]
    return Backend(
        routes=_ordered(routes),
        tests=found.tests,
        fixtures=found.fixtures,
        stacks=without_libraries(stacks, found.routes),
        made=made(files, sources),
        models=models.models,
        skipped=skipped or {},
    )


def used_frameworks(files: dict[str, FileFacts]) -> frozenset[str]:
    imported = {module for facts in files.values() for module in _imported(facts)}
    return frozenset(it.name for it in frameworks() if imported & set(it.imports))


def registers(function: code.Function, facts: FileFacts) -> bool:
    """Whether running the function may add routes: it decorates functions, or it calls a method
    that registers with a path or a router."""
    names = roles().registering
    for expr in walk.deep_expressions(function, facts):
        if (
            isinstance(expr, code.Call)
            and isinstance(expr.function, code.Member)
            and expr.function.name in names
            and expr.arguments
        ):
            return True
    return any(
        isinstance(step, code.Define) and facts.functions[step.function].decorators
        for step in walk.steps(function.steps)
    )


def _imported(facts: FileFacts) -> Iterator[str]:
    for step in walk.steps(facts.steps):
        if isinstance(step, code.Import):
            yield step.module if facts.language != "python" else step.module.split(".")[0]
        for expr in walk.own_expressions(step):
            if isinstance(expr, code.Call) and walk.dotted(expr.function) == "require":
                for argument in expr.arguments:
                    if isinstance(argument.value, code.Text):
                        yield argument.value.value


def _ordered(routes: list[Route]) -> list[Route]:
    """Each route once, in the order of files and lines."""
    unique = {(it.method, it.path, it.app, it.handler, it.handler_place): it for it in routes}
    return sorted(
        unique.values(),
        key=lambda it: (it.handler_place.file, it.handler_place.line, it.path, it.method),
    )
