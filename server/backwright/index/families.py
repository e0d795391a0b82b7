"""All families of frameworks, as the one observer of an evaluation.

Each is told what happens to the objects of its frameworks, and tells its endpoints in the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from backwright.facts.code import Expr, FileFacts
from backwright.index.constants import Constants
from backwright.index.controllers.family import Controllers
from backwright.index.drawing.family import DrawnRoutes
from backwright.index.evaluation.runner import Runner, Then
from backwright.index.files.family import Files
from backwright.index.graphql.family import Graphql
from backwright.index.modules import Modules
from backwright.index.mounted import MountedRouters
from backwright.index.mounting.events import Endpoint
from backwright.index.procedures.family import Procedures
from backwright.index.resources import registry
from backwright.index.url_tables.family import UrlTables
from backwright.index.values import (
    Arguments,
    FunctionValue,
    Method,
    Object,
    PathOf,
    Pending,
    Site,
    Unknown,
    Value,
)


@dataclass(slots=True)
class _MountedApps:
    """Apps of mounted routers that stand at an address of a url table: `api.urls`."""

    mounted: MountedRouters
    seen: set[int] = field(default_factory=set)

    def app_of(self, value: Value) -> Object | None:
        if not isinstance(value, Method) or value.name != "urls":
            return None
        return value.object if self.mounted.is_registrar(value.object) else None

    def routes_of(self, app: Object) -> list[Endpoint]:
        self.seen.add(id(app))
        return self.mounted.endpoints_under(app)


@dataclass(slots=True)
class Families:
    mounted: MountedRouters
    tables: UrlTables
    controllers: Controllers
    files: Files
    procedures: Procedures
    graphql: Graphql
    drawn: DrawnRoutes

    @classmethod
    def of(
        cls,
        used: frozenset[str],
        files: Mapping[str, FileFacts],
        paths: list[str],
        modules: Modules,
    ) -> Families:
        """`used` are the names of the frameworks that the files at `paths` import."""
        drawn = DrawnRoutes(files, paths, Constants.of(files, paths))
        paths = [path for path in paths if files[path].language != "ruby"]
        tables = UrlTables(files, paths)
        tables.look(modules, used)
        controllers = Controllers(files, paths)
        procedures = Procedures(files, paths)
        mounted = MountedRouters(used)
        graphql = Graphql(files, paths, modules)
        return cls(mounted, tables, controllers, Files(modules), procedures, graphql, drawn)

    def endpoints(self, runner: Runner) -> list[Endpoint]:
        apps = _MountedApps(self.mounted)
        in_tables = self.tables.endpoints(runner, apps)
        alone = [it for it in self.mounted.endpoints() if id(it.root) not in apps.seen]
        listed = [*alone, *in_tables, *self.controllers.endpoints(runner)]
        listed += [*self.files.endpoints(runner), *self.procedures.endpoints(runner)]
        return [*listed, *self.graphql.endpoints(runner), *self.drawn.endpoints(runner)]

    # As an observer

    def made(self, object_: Object) -> None:
        self.mounted.made(object_)
        self.tables.made(object_)
        self.graphql.made(object_)
        self.controllers.made(object_)

    def member(self, object_: Object, name: str) -> Value | None:
        return self.mounted.member(object_, name) or registry.member(object_, name)

    def called(self, object_: Object, arguments: Arguments) -> None:
        self.mounted.called(object_, arguments)

    def method_called(
        self, object_: Object, name: str, arguments: Arguments, site: Site
    ) -> Value | Then | None:
        self.controllers.method_called(object_, name, arguments)
        if (router := self.procedures.method_called(object_, name, arguments, site)) is not None:
            return router
        if (bound := self.graphql.method_called(object_, name, arguments, site)) is not None:
            return bound
        if (drawn := self.drawn.method_called(object_, name, arguments, site)) is not None:
            return drawn
        found = registry.method_called(object_, name, arguments, site)
        return found or self.mounted.method_called(object_, name, arguments, site)

    def path_method_called(
        self, path: PathOf, name: str, arguments: Arguments, site: Site
    ) -> Value | None:
        return self.mounted.path_method_called(path, name, arguments, site)

    def applied(self, pending: Pending, target: Value) -> None:
        self.mounted.applied(pending, target)
        self.graphql.applied(pending, target)

    def assumed(
        self, unknown: Unknown, name: str, arguments: Arguments, site: Site
    ) -> Object | None:
        return self.mounted.assumed(unknown, name, arguments, site)

    def annotated(self, annotation: Value, name: str, site: Site) -> Object | None:
        return self.mounted.annotated(annotation, name, site)

    def is_registrar(self, value: Value) -> bool:
        return self.mounted.is_registrar(value)

    def constant(self, written: str, file: str) -> tuple[FileFacts, Expr] | None:
        return self.drawn.constants.value(written)

    def method_of(self, origin: str, name: str) -> FunctionValue | None:
        return self.drawn.classes.static(origin.replace(".", "::"), name)

    def stands_in(self, importer: str, origin: str) -> str | None:
        return self.tables.stands_in(importer, origin)
