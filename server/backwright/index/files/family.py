"""The family of files: Next.js and its like, whose routes are files in folders named after them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from backwright.facts import code, walk
from backwright.index.evaluation.runner import Frame, Runner
from backwright.index.files.matchers import covers
from backwright.index.files.methods import methods_of
from backwright.index.files.paths import spellings, stem_of, verb_of
from backwright.index.files.vocabulary import FileMiddleware, FileRoutes, FileTable
from backwright.index.frameworks import Framework, frameworks
from backwright.index.modules import Modules
from backwright.index.mounting.events import Endpoint, Registered
from backwright.index.mounting.registrars import flat, known_text
from backwright.index.testfiles import is_test
from backwright.index.values import (
    Arguments,
    External,
    FunctionValue,
    Map,
    Method,
    ModuleValue,
    Object,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
)
from backwright.index.wrappers import unwrapped


@dataclass(slots=True)
class Files:
    """`paths` are all files but tests; a folder of routes may well be called `test`."""

    modules: Modules
    paths: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.paths = sorted(it for it in self.modules.files if not is_test(posixpath.basename(it)))

    def endpoints(self, runner: Runner) -> list[Endpoint]:
        return [
            endpoint
            for framework, table in tables()
            for root in self._roots(framework, table)
            for endpoint in _App(self, runner, framework, table, root).endpoints()
        ]

    def _roots(self, framework: Framework, table: FileTable) -> list[str]:
        """The folders of applications: where it is declared, and where it is configured."""
        configs = self.modules.configs
        found = {
            posixpath.dirname(path)
            for path in configs.named("package.json")
            for group in ("dependencies", "devDependencies", "peerDependencies")
            if _declares(configs.json(path).get(group), framework)
        }
        found |= {
            posixpath.dirname(path)
            for path in self.paths
            if stem_of(posixpath.basename(path), _CONFIG_SUFFIXES) in table.configs
        }
        return sorted(it for it in found if not is_test(posixpath.join(it, _ANY)))


@cache
def tables() -> tuple[tuple[Framework, FileTable], ...]:
    return tuple((it, it.files) for it in frameworks() if it.files is not None)


_ANY = "package.json"
_CONFIG_SUFFIXES = ("js", "mjs", "cjs", "ts", "mts", "cts")


def _declares(group: object, framework: Framework) -> bool:
    return isinstance(group, dict) and any(it in group for it in framework.packages)


@dataclass(slots=True)
class _App:
    """One application of the framework; `root` is its folder."""

    family: Files
    runner: Runner
    framework: Framework
    table: FileTable
    root: str
    base: Value | None = field(init=False)
    suffixes: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        config = self._config()
        bases = (_within(config, keys) for keys in self.table.base)
        self.base = next((it for it in bases if it is not None), None)
        given = flat([_within(config, self.table.suffixes)]) if self.table.suffixes else []
        named = tuple(it.text for it in given if isinstance(it, Str) and it.known)
        self.suffixes = named or self.table.default_suffixes

    def endpoints(self) -> Iterator[Endpoint]:
        middleware = list(self._middleware())
        for routes in self.table.routes:
            for path, local, stem in self._files(routes):
                yield from self._of_file(routes, path, local, stem, middleware)

    def _files(self, routes: FileRoutes) -> Iterator[tuple[str, list[str], str]]:
        """The files that answer: their path, the folders between, and their name."""
        for wanted in routes.folders:
            folder = posixpath.join(self.root, wanted)
            inside = [it for it in self.family.paths if it.startswith(f"{folder}/")]
            for path in inside:
                *between, name = path[len(folder) + 1 :].split("/")
                stem = stem_of(name, self.suffixes)
                if stem is not None and (not routes.leaves or stem in routes.leaves):
                    yield path, between, stem
            if inside:
                return

    def _of_file(
        self,
        routes: FileRoutes,
        path: str,
        folders: list[str],
        stem: str,
        middleware: list[_Running],
    ) -> Iterator[Endpoint]:
        stem, verb = verb_of(stem) if routes.named == "suffix" else (stem, "")
        local_paths = spellings(self.table, routes, folders, stem)
        module = self.runner.module(path) if local_paths else None
        if module is None:
            return
        known, base = known_text(self.base) if self.base is not None else (True, "")
        for methods, value in self._answering(routes, module, verb):
            for local in local_paths:
                before = [it.what for it in middleware if it.covers(local)]
                whole = f"{base.rstrip('/')}{local}".rstrip("/") or "/"
                owner = Object("", Arguments(), Site(path, 0, 0, 1))
                event = _event(owner, methods, value, _site(module, value))
                yield Endpoint(event, self.framework, whole, local, known, tuple(before), owner)

    def _answering(
        self, routes: FileRoutes, module: ModuleValue, verb: str
    ) -> Iterator[tuple[tuple[str, ...], Value]]:
        """What answers of a module, with its methods."""
        held = module.exported
        if not held and isinstance(module.exports, Map):  # as compilers write exports
            held = module.exports.items
        for name, methods in routes.exports.items():
            if name in held:
                yield methods, _called(self.runner.settled(held[name]), name)
        if routes.exports:
            return
        value = _default(self.runner, module)
        if isinstance(value, Unknown):
            value = _given(self.runner, module, FunctionValue) or value
        if value is not None:
            inner = unwrapped(value)[-1]
            read = methods_of(inner) if isinstance(inner, FunctionValue) else ("ANY",)
            yield (verb,) if verb else read, _called(value, "default")

    # What the application says of all its files

    def _config(self) -> Value | None:
        """The object that configures it: exported, returned by a function, or given to one."""
        for path in self.family.paths:
            folder, name = posixpath.split(path)
            if folder == self.root and stem_of(name, _CONFIG_SUFFIXES) in self.table.configs:
                module = self.runner.module(path)
                return _settings(self.runner, module) if module is not None else None
        return None

    def _middleware(self) -> Iterator[_Running]:
        for role in self.table.middleware:
            for folder in role.folders:
                within = posixpath.join(self.root, folder).rstrip("/")
                for path in self.family.paths:
                    inside, name = posixpath.split(path)
                    stem = stem_of(name, self.suffixes)
                    if inside == within and stem is not None and stem in (role.names or {stem}):
                        yield from self._running(role, path)

    def _running(self, role: FileMiddleware, path: str) -> Iterator[_Running]:
        module = self.runner.module(path)
        if module is None:
            return
        for name in role.exports:
            if name not in module.exported:
                continue
            value = self.runner.settled(module.exported[name])
            if isinstance(value, Unknown):
                value = _given(self.runner, module, FunctionValue) or value
            first, *keys = role.matcher or ("",)
            given = module.exported.get(first)
            paths = _within(self.runner.settled(given), tuple(keys)) if given is not None else None
            yield _Running(value, None if paths is None else _patterns(paths))
            return


@dataclass(frozen=True, slots=True)
class _Running:
    """What runs before the routes at paths that fit one of `patterns`; before all for None."""

    what: Value
    patterns: tuple[str, ...] | None

    def covers(self, path: str) -> bool:
        return self.patterns is None or any(covers(it, path) for it in self.patterns)


def _called(value: Value, name: str) -> Value:
    """A handler without a name bears the one that it is exported under."""
    inner = unwrapped(value)[-1]
    if isinstance(inner, FunctionValue) and not (inner.facts.name or inner.maker):
        inner.maker = name
    return value


def _patterns(given: Value) -> tuple[str, ...]:
    found = (it.items.get("source") if isinstance(it, Map) else it for it in flat([given]))
    return tuple(it.text for it in found if isinstance(it, Str) and it.known)


def _within(value: Value | None, keys: tuple[str, ...]) -> Value | None:
    for key in keys:
        value = value.items.get(key) if isinstance(value, Map) else None
    return value if keys else None


def _default(runner: Runner, module: ModuleValue) -> Value | None:
    if "default" in module.exported:
        return runner.settled(module.exported["default"])
    exports = runner.settled(module.exports)
    return None if isinstance(exports, Map) else exports


def _settings(runner: Runner, module: ModuleValue) -> Value | None:
    value = runner.settled(module.exported.get("default", module.exports))
    if isinstance(value, Unknown):
        value = _given(runner, module, Map) or value
    if isinstance(value, FunctionValue):
        value = runner.call_function(value, Arguments(), unknown=True)
    while isinstance(value, Object):  # withPlugin(options)(config), defineConfig(config)
        given = [runner.settled(it) for it in value.arguments.positional]
        value = next((it for it in given if isinstance(it, Map | Object)), None) or Map()
    return value


def _given(
    runner: Runner, module: ModuleValue, kind: type[FunctionValue] | type[Map]
) -> Value | None:
    """What the default export hands to a function that nobody imports, such as the
    `defineEventHandler` that is there by itself."""
    for step in module.facts.steps:
        if isinstance(step, code.Export) and isinstance(step.value, code.Call):
            frame = Frame(module, module.scope)
            given = (runner.eval(it.value, frame) for it in step.value.arguments)
            return next((it for it in given if isinstance(it, kind)), None)
    return None


def _event(owner: Object, methods: tuple[str, ...], value: Value, site: Site) -> Registered:
    return Registered(
        owner=owner,
        targets=tuple((it, value) for it in methods),
        path=Map(),
        before=(),
        response_model=None,
        status=None,
        protocol="http",
        site=site,
        order=0,
        declared=(),
        bare=True,
    )


def _site(module: ModuleValue, value: Value) -> Site:
    """Where what answers stands: the function, the call that made it, or what binds its name."""
    inner = unwrapped(value)[-1]
    if isinstance(inner, FunctionValue):
        return inner.site
    if isinstance(inner, Object) and inner.site.file == module.file:
        return inner.site
    for step in walk.steps(module.facts.steps):
        if isinstance(step, code.Assign) and _holds(step, module, value):
            return Site(module.file, step.start, step.end, step.line)
    return Site(module.file, 0, 0, 1)


def _holds(step: code.Assign, module: ModuleValue, value: Value) -> bool:
    names = (it.name for it in walk.inner(step.target) if isinstance(it, code.Name))
    held = (module.scope.names.get(it) for it in names)
    return isinstance(value, Method | External | Object | Seq) and any(it is value for it in held)
