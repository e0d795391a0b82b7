"""Which modules hold a project's settings, and which its first table of addresses."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.code import Expr, FileFacts
from backwright.index.evaluation import members
from backwright.index.evaluation.runner import Runner
from backwright.index.modules import Modules
from backwright.index.url_tables.vocabulary import UrlTable
from backwright.index.values import ClassValue, Map, Str, Unknown, Value


@dataclass(frozen=True, slots=True)
class Project:
    """`folder` is that of the file which names the settings, `settings` the file of those."""

    folder: str
    settings: str


@dataclass(slots=True)
class Projects:
    """The projects of a workspace, those in outer folders first."""

    table: UrlTable
    found: list[Project] = field(default_factory=list)

    @classmethod
    def of(
        cls, table: UrlTable, files: Mapping[str, FileFacts], paths: Collection[str], known: Modules
    ) -> Projects:
        """What the files at `paths` say; where none names its settings, each module that looks
        like some counts."""
        facts = [files[path] for path in paths if files[path].language == "python"]
        named = [
            Project(posixpath.dirname(it.path), module)
            for it in facts
            for module in _named_in(it, table, known)
        ]
        alike = [Project(posixpath.dirname(it.path), it.path) for it in facts if _sets(it, table)]
        every = dict.fromkeys(named or alike)
        return cls(table, sorted(every, key=lambda it: (it.folder.count("/"), len(it.folder))))

    def settings_for(self, importer: str) -> str | None:
        """The file of the settings that code at `importer` runs with."""
        above = (it for it in self.found if not it.folder or importer.startswith(f"{it.folder}/"))
        chosen = next(above, next(iter(self.found), None))
        return chosen.settings if chosen is not None else None

    def setting(self, runner: Runner, importer: str, name: str) -> Value:
        """What the settings that hold at `importer` say, Unknown where they say nothing."""
        path = self.settings_for(importer)
        return _setting(runner, path, name) if path is not None else Unknown()

    def entry_of(self, runner: Runner, importer: str, name: str, key: str) -> Value:
        """The entry of a setting that is a table."""
        held = self.setting(runner, importer, name)
        return runner.attribute(held, key) if isinstance(held, Map) else Unknown()

    def roots(self, runner: Runner) -> Iterator[str]:
        """The files of the first tables, each once."""
        settings = dict.fromkeys(it.settings for it in self.found)
        named = ((it, _setting(runner, it, self.table.root)) for it in settings)
        files = (
            runner.modules.python(path, value.text)
            for path, value in named
            if isinstance(value, Str) and value.known
        )
        yield from dict.fromkeys(it for it in files if it is not None)


def _setting(runner: Runner, path: str, name: str) -> Value:
    module = runner.module(path)
    if module is None:
        return Unknown()
    found = runner.attribute(module, name)
    if not isinstance(found, Unknown):
        return found
    classes = [it for it in module.scope.names.values() if isinstance(it, ClassValue)]
    held = (members.of_class(it, name) for it in classes if it.file == path)
    return next((runner.settled(it) for it in held if it is not None), Unknown())


def _named_in(facts: FileFacts, table: UrlTable, known: Modules) -> Iterator[str]:
    """The modules of the project that the file gives for the variable, or falls back to."""
    if not any(isinstance(it, code.Import) for it in facts.steps):
        return
    for step in walk.every_step(facts):
        given: Expr | None = None
        match step:
            case code.Assign(code.Member(_, name), value) if name == table.variable:
                given = value
            case code.Do(code.Call(_, [code.Argument(code.Text(name)), code.Argument(value)])):
                given = value if name == table.variable else None
        for part in walk.inner(given) if given is not None else ():
            if isinstance(part, code.Text):
                path = known.python(facts.path, part.value)
                if path is not None and path.endswith(".py"):
                    yield path


def _sets(facts: FileFacts, table: UrlTable) -> bool:
    """Whether the file names a first table, at its top or in a class."""
    bodies = [facts.steps, *(it.steps for it in facts.classes)]
    return any(
        isinstance(step, code.Assign)
        and isinstance(step.target, code.Name)
        and step.target.name == table.root
        for body in bodies
        for step in walk.steps(body)
    )
