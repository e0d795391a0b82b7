"""The family of GraphQL: gathers what each way of writing a schema tells, once an operation."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from backwright.facts.code import FileFacts
from backwright.index.evaluation.runner import Runner
from backwright.index.frameworks import Framework, frameworks
from backwright.index.graphql import classes, documents, objects
from backwright.index.graphql.operation import Operation
from backwright.index.graphql.sdl import roots_of
from backwright.index.graphql.vocabulary import GraphqlTable
from backwright.index.makers import run_makers
from backwright.index.modules import Modules
from backwright.index.mounting.events import Endpoint
from backwright.index.values import (
    Arguments,
    ClassValue,
    FunctionValue,
    Object,
    Pending,
    Site,
    Str,
    Value,
)

_MANIFESTS = ("package.json", "pyproject.toml", "setup.cfg", "Pipfile", "requirements.txt")


@dataclass(slots=True)
class Graphql:
    """`files` are all files by their path, `paths` those that are no tests."""

    files: Mapping[str, FileFacts]
    paths: list[str]
    modules: Modules
    schemas: list[Object] = field(default_factory=list)
    built: list[tuple[str, str, Arguments, Site]] = field(default_factory=list)
    bound: list[tuple[str, str, Value, Site]] = field(default_factory=list)

    # What the evaluator tells

    def made(self, object_: Object) -> None:
        if any(object_.origin in table.schemas for _, table in tables()):
            self.schemas.append(object_)

    def method_called(
        self, object_: Object, name: str, arguments: Arguments, site: Site
    ) -> Pending | None:
        for _, table in tables():
            if object_.origin in table.builders and name in {*table.built, *table.built_types}:
                self.built.append((object_.origin, name, arguments, site))
            elif name in table.binds and self._binder(object_, table):
                second = arguments.get((1,))
                if second is None:
                    return Pending(object_, table, name, arguments, site)
                self._bind(object_, arguments, second, site)
        return None

    def applied(self, pending: Pending, target: Value) -> None:
        if isinstance(pending.role, GraphqlTable):
            self._bind(pending.owner, pending.arguments, target, pending.site)

    def _binder(self, object_: Object, table: GraphqlTable) -> str:
        """The origin of what binds functions to the fields of a root type, with its name."""
        name = object_.arguments.get((0,))
        named = f"{object_.origin}:{name.text}" if isinstance(name, Str) else object_.origin
        return named if named in table.binders else ""

    def _bind(self, owner: Object, arguments: Arguments, target: Value, site: Site) -> None:
        name = arguments.get((0,))
        for _, table in tables():
            binder = self._binder(owner, table)
            if binder and isinstance(name, Str) and name.known:
                self.bound.append((binder, name.text, target, site))

    # What it comes to

    def endpoints(self, runner: Runner) -> list[Endpoint]:
        apps = self._apps()
        found: dict[tuple[str, str, str], Operation] = {}
        for framework, table in tables():
            paths = [
                it
                for it in self.paths
                if framework.name in apps.get(self._app(it), ())
                and (self.files[it].language == "python") is (framework.language == "python")
            ]
            if not paths:
                continue
            for operation in self._of(framework, table, runner, paths):
                key = (self._app(operation.site.file), operation.kind, operation.name)
                found[key] = _both(found[key], operation) if key in found else operation
        return [it.endpoint() for it in found.values()]

    def _app(self, path: str) -> str:
        manifest = self.modules.configs.nearest(path, *_MANIFESTS)
        return posixpath.dirname(manifest) if manifest is not None else ""

    def _apps(self) -> dict[str, set[str]]:
        """The libraries that each application uses, by its folder."""
        found: dict[str, set[str]] = {}
        wanted = {it: framework.name for framework, table in tables() for it in table.packages}
        for path in self.paths:
            names = {wanted[it] for it in wanted.keys() & set(self.files[path].imports)}
            if names:
                found.setdefault(self._app(path), set()).update(names)
        return found

    def _of(
        self, framework: Framework, table: GraphqlTable, runner: Runner, paths: list[str]
    ) -> Iterator[Operation]:
        names = {it.rpartition(".")[2] for it in (*table.schemas, *table.objects)}
        names |= {*table.built, *table.built_types}
        names |= {it.rpartition(".")[2].partition(":")[0] for it in table.binders}
        for path in paths:
            run_makers(runner, self.files[path], names)
        for schema in [it for it in self.schemas if it.origin in table.schemas]:
            read = objects.of_schema if table.objects else classes.of_schema
            yield from read(framework, table, runner, schema)
        for origin, name, arguments, site in list(self.built):
            if origin in table.builders:
                yield from objects.of_builder(framework, table, runner, (name, arguments, site))
        for binder, name, target, site in self.bound:
            if binder in table.binders:
                place = target.site if isinstance(target, FunctionValue) else site
                yield Operation(framework, table.binders[binder], name, place, target)
        if table.operations:
            yield from self._decorated(framework, table, runner, paths)
        if table.written:
            yield from self._written(framework, runner, paths)

    def _decorated(
        self, framework: Framework, table: GraphqlTable, runner: Runner, paths: list[str]
    ) -> Iterator[Operation]:
        names = {it.rpartition(".")[2] for it in table.operations}
        for path in paths:
            module = None
            if self.files[path].may_call(names):
                module = runner.module(path)
            for value in list(module.scope.names.values()) if module is not None else ():
                if isinstance(value, ClassValue) and value.file == path:
                    yield from classes.of_methods(framework, table, runner, value)

    def _written(
        self, framework: Framework, runner: Runner, paths: list[str]
    ) -> Iterator[Operation]:
        same = {self._app(it) for it in paths}
        texts = [text for path in paths for text in documents.texts_in(self.files[path])]
        texts += [
            documents.Text(text, path, 1)
            for path, text in self.modules.configs.texts.items()
            if path.endswith(documents.SUFFIXES) and self._app(path) in same
        ]
        yield from documents.declarations(framework, texts)
        roots = roots_of(" ".join(it.text for it in texts))
        for path in paths:
            facts = self.files[path]
            if facts.language != "python" and documents.names_a_root(facts, roots):
                yield from documents.resolved(framework, runner, path, roots)


@cache
def tables() -> tuple[tuple[Framework, GraphqlTable], ...]:
    return tuple((it, it.graphql) for it in frameworks() if it.graphql is not None)


def _both(first: Operation, second: Operation) -> Operation:
    """What both know of an operation: what answers it, and what the schema says of its inputs."""
    main, other = (second, first) if first.handler is None else (first, second)
    return replace(
        main,
        arguments=main.arguments or other.arguments,
        before=main.before or other.before,
    )
