"""The family of url tables: Django, whose addresses stand in lists that include other lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from backwright.facts import code, walk
from backwright.facts.code import FileFacts
from backwright.index.evaluation import members
from backwright.index.evaluation.runner import Runner
from backwright.index.frameworks import roles
from backwright.index.modules import Modules
from backwright.index.mounting.events import Endpoint, Registered
from backwright.index.resources.policy import Policy
from backwright.index.resources.routers import expanded
from backwright.index.url_tables import regex_paths
from backwright.index.url_tables.projects import Projects
from backwright.index.url_tables.roles import url_roles
from backwright.index.url_tables.tables import Address, At, Mount, Tables
from backwright.index.url_tables.views import answers, before_class, view_of
from backwright.index.url_tables.vocabulary import UrlTable
from backwright.index.values import (
    Arguments,
    ClassValue,
    External,
    ModuleValue,
    Object,
    Seq,
    Site,
    Str,
    Value,
)


class Apps(Protocol):
    """Apps of another family that may stand at an address."""

    def app_of(self, value: Value) -> Object | None:
        """The app whose table `value` is."""
        ...

    def routes_of(self, app: Object) -> list[Endpoint]:
        """All its routes, as seen from itself."""
        ...


@dataclass(slots=True)
class UrlTables:
    """`files` are all files by their path, `paths` those that are no tests."""

    files: Mapping[str, FileFacts]
    paths: list[str]
    projects: list[Projects] = field(default_factory=list)
    converters: list[Object] = field(default_factory=list)
    apps: Apps | None = None

    def look(self, known: Modules, used: frozenset[str]) -> None:
        """Finds the projects; `used` are the names of the frameworks that are imported."""
        if not {it.name for it in url_roles().frameworks} & used:
            return
        self.projects = [
            Projects.of(table, self.files, self.paths, known) for table in url_roles().tables
        ]

    # What the evaluator tells and asks

    def made(self, object_: Object) -> None:
        if object_.origin in url_roles().converters:
            self.converters.append(object_)

    def stands_in(self, importer: str, origin: str) -> str | None:
        """The module of the project that a name from outside means, such as its settings."""
        for projects in self.projects:
            if origin in projects.table.settings:
                return projects.settings_for(importer)
        return None

    # What it comes to

    def endpoints(self, runner: Runner, apps: Apps) -> list[Endpoint]:
        """Every route of every project; `apps` are those that may be mounted at an address."""
        self.apps = apps
        return [it for projects in self.projects for it in self._of(projects, runner)]

    def _of(self, projects: Projects, runner: Runner) -> Iterator[Endpoint]:
        roots = [it for path in projects.roots(runner) if (it := runner.module(path)) is not None]
        seen: set[str] = set()
        for root in roots:
            tables = self._tables(projects, runner)
            yield from self._under(root, At(), tables, projects)
            seen |= tables.seen
        loose = [it for it in self._with_table(projects.table) if it not in seen]
        yield from self._loose(loose, projects, runner)

    def _loose(self, paths: list[str], projects: Projects, runner: Runner) -> Iterator[Endpoint]:
        """Tables that no project includes: it is not known under which address."""
        walked: dict[str, tuple[ModuleValue, set[str]]] = {}
        for path in paths:
            module = runner.module(path)
            if module is not None:
                tables = self._tables(projects, runner)
                list(tables.of_module(module, At(resolved=False)))
                walked[path] = (module, tables.seen - {path})
        included = {path for _, seen in walked.values() for path in seen}
        for path, (module, _) in walked.items():
            if path not in included:
                tables = self._tables(projects, runner)
                yield from self._under(module, At(resolved=False), tables, projects)

    def _with_table(self, table: UrlTable) -> Iterator[str]:
        for path in self.paths:
            facts = self.files[path]
            for step in walk.steps(facts.steps) if facts.language == "python" else ():
                if isinstance(step, code.Assign) and step.target == code.Name(table.name):
                    yield path
                    break

    def _tables(self, projects: Projects, runner: Runner) -> Tables:
        def expand(value: Object) -> list[Value] | None:
            return expanded(value, runner)

        app_of = self.apps.app_of if self.apps is not None else lambda _: None
        return Tables(runner, projects.table.name, expand, app_of, self._crossing(runner))

    def _crossing(self, runner: Runner) -> frozenset[str]:
        """The kinds of parameters that the project makes and that may hold a slash."""
        found: set[str] = set()
        for object_ in self.converters:
            role = url_roles().converters[object_.origin]
            class_, name = object_.arguments.get(role.class_), object_.arguments.get(role.name)
            pattern = (
                members.of_class(class_, role.pattern) if isinstance(class_, ClassValue) else None
            )
            if isinstance(pattern, Str) and isinstance(name, Str) and _may_cross(pattern.text):
                found.add(name.text)
        return frozenset(found)

    def _under(
        self, root: ModuleValue, at: At, tables: Tables, projects: Projects
    ) -> Iterator[Endpoint]:
        owner = Object("", Arguments(), Site(root.file, 0, 0, 1))
        above = _middleware(projects, tables.runner, root.file)
        policy = Policy(tables.runner, projects, root.file)
        for number, address in enumerate(tables.of_module(root, at)):
            if isinstance(address, Address):
                yield from _endpoints(address, number, owner, above, policy)
            elif self.apps is not None:
                inside = self.apps.routes_of(address.app)
                yield from (_below(address, it, above) for it in inside)


def _below(mount: Mount, inner: Endpoint, above: tuple[Value, ...]) -> Endpoint:
    """An app's route at the address where the app is mounted."""
    return replace(
        inner,
        path=mount.prefix + inner.path.lstrip("/"),
        resolved=mount.resolved and inner.resolved,
        before=(*above, *inner.before),
        types={**mount.types, **inner.types},
    )


def _endpoints(
    address: Address, order: int, owner: Object, above: tuple[Value, ...], policy: Policy
) -> Iterator[Endpoint]:
    view = view_of(address.view)
    framework = view.framework or address.framework
    if any(_origin(it) in url_roles().exempting for it in view.decorators):
        above = ()
    for answer in answers(view, address.view):
        verb = answer.method.lower()
        said = policy.of(view, answer)
        declared = (*view.around, *before_class(view, verb)) if view.is_class else ()
        event = Registered(
            owner,
            ((answer.method, answer.handler),),
            Str((address.local,)),
            (),
            said.response_model,
            None,
            "http",
            address.site,
            order,
            Str((address.name,)) if address.name else None,
            request_model=said.request_model,
            declared=(*declared, *said.before),
        )
        before = (*above, *said.default)
        yield Endpoint(
            event,
            framework,
            address.path,
            address.local,
            address.resolved,
            before,
            owner,
            address.types,
        )


def _middleware(projects: Projects, runner: Runner, root: str) -> tuple[Value, ...]:
    """The guards among what the settings put before everything."""
    name = projects.table.middleware
    listed = projects.setting(runner, root, name) if name else None
    items = listed.items if isinstance(listed, Seq) else []
    texts = (it.text for it in items if isinstance(it, Str) and it.known)
    return tuple(External(text) for text in texts if text in roles().guards)


def _may_cross(pattern: str) -> bool:
    return any("*" in text for text in regex_paths.spellings(f"({pattern})"))


def _origin(value: Value) -> str:
    return value.origin if isinstance(value, Object | External) else ""
