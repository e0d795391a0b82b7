"""The family of controllers: NestJS, whose routes are methods of classes that modules list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from backwright.facts import code, walk
from backwright.facts.code import FileFacts
from backwright.index import paths
from backwright.index.controllers.before import Before
from backwright.index.controllers.decorations import decorations, methods, of_class
from backwright.index.controllers.module_graph import Reached, reach
from backwright.index.controllers.route_paths import (
    Part,
    Place,
    Settings,
    take_prefix,
    take_versions,
    texts,
    whole_path,
)
from backwright.index.controllers.vocabulary import ControllerTable
from backwright.index.evaluation.runner import Runner
from backwright.index.frameworks import Framework, frameworks
from backwright.index.mounting.events import Endpoint, Registered
from backwright.index.values import (
    Arguments,
    ClassValue,
    FunctionValue,
    Map,
    ModuleValue,
    Object,
    Site,
    Value,
)


@dataclass(slots=True)
class App:
    object: Object
    settings: Settings = field(default_factory=Settings)
    guards: list[Value] = field(default_factory=list)
    pipes: list[Value] = field(default_factory=list)


@dataclass(slots=True)
class Controllers:
    """`files` are all files by their path, `paths` those that are no tests."""

    files: Mapping[str, FileFacts]
    paths: list[str]
    apps: dict[int, App] = field(default_factory=dict)

    # What the evaluator tells

    def made(self, object_: Object) -> None:
        if any(object_.origin in table.applications for _, table in tables()):
            self.apps.setdefault(id(object_), App(object_))

    def method_called(self, object_: Object, name: str, arguments: Arguments) -> None:
        app = self.apps.get(id(object_))
        if app is None:
            return
        first = arguments.get((0,))
        for _, table in tables():
            if name == table.prefixing:
                take_prefix(app.settings, first, arguments.get((1,)))
            elif name == table.versioning:
                take_versions(app.settings, first, table.uri)
            elif name == table.guarding:
                app.guards += arguments.positional
            elif name == table.piping:
                app.pipes += arguments.positional

    # What it comes to

    def endpoints(self, runner: Runner) -> list[Endpoint]:
        return [it for framework, table in tables() for it in self._of(framework, table, runner)]

    def _of(
        self, framework: Framework, table: ControllerTable, runner: Runner
    ) -> Iterator[Endpoint]:
        named = [path for path in self.paths if _imports(self.files[path], table)]
        for path in named:
            _run_makers(runner, path, table)
        apps = [it for it in self.apps.values() if it.object.origin in table.applications]
        for app in apps:
            found = reach(runner, table, app.object.arguments.get((0,)))
            yield from _Writer(runner, framework, table, app, found).endpoints(resolved=True)
        if not apps:
            yield from self._loose(named, runner, framework, table)

    def _loose(
        self, named: list[str], runner: Runner, framework: Framework, table: ControllerTable
    ) -> Iterator[Endpoint]:
        """Controllers of which no app is seen: their paths may lack a prefix."""
        for path in named:
            module = runner.module(path)
            for class_ in _classes(module) if module is not None else ():
                site = _site(class_)
                app = App(Object("", Arguments(), site))
                found = Reached([(class_, class_)])
                writer = _Writer(runner, framework, table, app, found)
                yield from writer.endpoints(resolved=False)


@cache
def tables() -> tuple[tuple[Framework, ControllerTable], ...]:
    return tuple((it, it.controllers) for it in frameworks() if it.controllers is not None)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the routes of one app."""

    runner: Runner
    framework: Framework
    table: ControllerTable
    app: App
    found: Reached

    def endpoints(self, *, resolved: bool) -> Iterator[Endpoint]:
        app, found = self.app, self.found
        guards, pipes = [*app.guards, *found.guards], [*app.pipes, *found.pipes]
        before = Before(self.runner, self.table, guards, pipes, found.limit)
        for class_, module in found.controllers:
            declared = of_class(class_, self.table.controllers, self.table.together)
            if not declared:
                continue
            under = found.paths.get(id(module), "")
            for name, method in methods(class_).items():
                for verb, action in self._actions(method):
                    event = self._event(class_, name, method, verb, before)
                    for path in self._paths(declared[0], method, under, verb, action):
                        for text in paths.spellings(path.text, self.framework.path_style):
                            yield Endpoint(
                                event,
                                self.framework,
                                text or "/",
                                action.text,
                                resolved and path.known,
                                event.before,
                                app.object,
                            )

    def _actions(self, method: FunctionValue) -> list[tuple[str, Part]]:
        """The HTTP methods that a method answers, each with its path."""
        for action in self.framework.action:
            for given in decorations(method, action.origins, self.table.together):
                return [(action.method, it) for it in texts(given.get((0,)))]
        return []

    def _paths(
        self,
        controller: Arguments,
        method: FunctionValue,
        under: str | None,
        verb: str,
        action: Part,
    ) -> Iterator[Part]:
        given = controller.get((0,))
        options = given.items if isinstance(given, Map) else {}
        version = options.get("version")
        for own in decorations(method, self.table.version, self.table.together):
            version = own.get((0,))
        for prefix in texts(options.get("path") if isinstance(given, Map) else given):
            place = Place(verb, version, under, prefix, action)
            yield from whole_path(self.app.settings, place, self.table.neutral)

    def _event(
        self, class_: ClassValue, name: str, method: FunctionValue, verb: str, before: Before
    ) -> Registered:
        owner = Object("", Arguments(), _site(class_), class_, name=class_.facts.name)
        return Registered(
            owner=owner,
            targets=((verb, method),),
            path=Map(),
            before=tuple(before.of(class_, method)),
            response_model=None,
            status=None,
            protocol="http",
            site=method.site,
            order=0,
            declared=(),
            bare=True,
        )


def _imports(facts: FileFacts, table: ControllerTable) -> bool:
    """Whether a file names what makes apps or controllers."""
    wanted = (*table.applications, *table.controllers)
    return any(
        isinstance(step, code.Import)
        and step.module in table.packages
        and (step.name == "*" or any(it.startswith(f"{step.module}.{step.name}") for it in wanted))
        for step in walk.steps(facts.steps)
    )


def _run_makers(runner: Runner, path: str, table: ControllerTable) -> None:
    """Runs a module that makes an app, and the functions that do when nothing has called them."""
    facts = runner.facts_of(path)
    makers = [it for it in table.applications if facts is not None]
    if facts is None or not facts.may_call({it.rpartition(".")[2] for it in makers}):
        return
    module = runner.module(path)
    names = {it.partition(".")[2] for it in makers}
    for value in list(module.scope.names.values()) if module is not None else ():
        if not isinstance(value, FunctionValue) or value.file != path:
            continue
        calls = walk.deep_expressions(value.facts, facts)
        makes = any(isinstance(it, code.Call) and walk.dotted(it.function) in names for it in calls)
        if makes and (path, value.facts.start) not in runner.runs:
            runner.call_function(value, Arguments(), unknown=True)


def _classes(module: ModuleValue) -> list[ClassValue]:
    named = module.scope.names.values()
    return [it for it in named if isinstance(it, ClassValue) and it.file == module.file]


def _site(class_: ClassValue) -> Site:
    facts = class_.facts
    return Site(class_.file, facts.start, facts.end, facts.line)
