"""The family of drawn routes: finds the tables of a project, draws them and mounts them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, reduce

from backwright.facts import code, walk
from backwright.facts.backend import Place
from backwright.facts.code import FileFacts
from backwright.index.constants import Constants, block_of, constant_name
from backwright.index.drawing.classes import Classes
from backwright.index.drawing.controllers import Controllers, Handled
from backwright.index.drawing.notes import NoteMemory
from backwright.index.drawing.pens import PEN, Drawn, MountedHere, Pens, Sheet, Word
from backwright.index.drawing.scope import Scope as Within
from backwright.index.drawing.scope import joined
from backwright.index.drawing.spelling import spellings
from backwright.index.drawing.vocabulary import Drawing
from backwright.index.drawing.words import use
from backwright.index.evaluation.runner import Frame, Runner, Then
from backwright.index.frameworks import Framework, frameworks
from backwright.index.mounting.events import Endpoint, Registered
from backwright.index.values import (
    Arguments,
    FunctionValue,
    Map,
    Object,
    Scope,
    Site,
    Value,
)

MAX_MOUNTS = 6


@dataclass(frozen=True, slots=True)
class Runs:
    """What runs when a route is asked for, in the class `inside`; functions with their files."""

    handler: tuple[str, code.Function]
    before: tuple[tuple[str, code.Function], ...]
    inside: str


@dataclass(slots=True)
class DrawnRoutes:
    """`files` are all files by their path, `paths` those that are no tests."""

    files: Mapping[str, FileFacts]
    paths: list[str]
    constants: Constants
    notes: NoteMemory = field(default_factory=NoteMemory)
    pens: Pens = field(default_factory=Pens)
    sheets: list[Sheet] = field(default_factory=list)
    classes: Classes = field(init=False)
    runs: dict[tuple[str, Place], Runs] = field(default_factory=dict)
    """By the name and place of the handler."""
    named: dict[str, Drawn] = field(default_factory=dict)
    """Routes by the name that helpers of their URLs begin with."""

    def __post_init__(self) -> None:
        self.classes = Classes(self.constants)

    def acting(self) -> frozenset[tuple[str, int]]:
        """The functions in files that may draw, which are run to their end."""
        return frozenset(
            (path, it.start) for path in self._drawing_files() for it in self.files[path].functions
        )

    def _drawing_files(self) -> Iterator[str]:
        folders = tuple(it.folder for _, it in drawings() if it.folder)
        names = {entry.rpartition(".")[2] for _, it in drawings() for entry in it.entries}
        bases = {base for _, it in drawings() for base in it.bases}
        files = {name for _, it in drawings() for name in it.named}
        tops = {name for _, it in drawings() for name in it.tops}
        for path in self.paths:
            facts = self.files[path]
            if facts.language != "ruby":
                continue
            classes = (it.qualname for it in facts.classes if it.bases)
            if (
                facts.may_call(names)
                or any(f"/{folder}/" in f"/{path}" for folder in folders)
                or any(self.constants.inherits(it, frozenset(bases)) for it in classes)
                or posixpath.basename(path) in files
                or any(isinstance(it, code.Import) and it.module in tops for it in facts.steps)
            ):
                yield path

    # What the evaluator tells

    def method_called(
        self, object_: Object, name: str, arguments: Arguments, site: Site
    ) -> Value | Then | None:
        held = self.pens.of(object_) if object_.origin == PEN else None
        if held is None:
            return None
        sheet, scope = held
        word = Word.of(name, arguments, site)
        return Then(lambda runner: use(runner, self.pens, sheet, scope, word))

    # What it comes to

    def endpoints(self, runner: Runner) -> list[Endpoint]:
        for path in self.paths:
            facts = self.files[path]
            if facts.language == "ruby":
                self._draw_file(runner, facts)
        mounted = {mount.child for sheet in self.sheets for mount in sheet.mounts}
        found: list[Endpoint] = []
        for sheet in self.sheets:
            if sheet.name not in mounted:
                found += _first_of_each(self._of(runner, sheet, Within(), sheet.root, 0))
        return found

    def _of(
        self, runner: Runner, sheet: Sheet, under: Within, root: Object, depth: int
    ) -> Iterator[Endpoint]:
        controllers = Controllers(
            runner, self.files, self.constants, self.classes, sheet, self.notes
        )
        lead, version = sheet.lead or under.lead, sheet.version or under.version
        under = replace(under, lead=lead, version=version)
        for drawn in sheet.routes:
            if drawn.name:
                self.named.setdefault(drawn.name, drawn)
            for handled in controllers.handlers(drawn):
                self._note_runs(handled, drawn)
                parts = (lead, drawn.scope.version or version, under.inner, drawn.path)
                path = reduce(joined, parts, under.path)
                for spelled in spellings(path):
                    event = Registered(
                        owner=root,
                        targets=((drawn.method, handled.answering),),
                        path=Map(),
                        before=handled.before,
                        response_model=None,
                        status=None,
                        protocol="http",
                        site=drawn.site,
                        order=0,
                        declared=(),
                        bare=True,
                        parameters=handled.parameters,
                        request_model=handled.request_model,
                    )
                    yield Endpoint(
                        event,
                        sheet.framework,
                        spelled,
                        drawn.local,
                        drawn.scope.resolved and under.resolved,
                        (*under.before, *drawn.scope.before, *handled.before),
                        root,
                    )
        if depth < MAX_MOUNTS:
            for mount in sheet.mounts:
                yield from self._mounted(runner, sheet, mount, under, root, depth)

    def _note_runs(self, handled: Handled, drawn: Drawn) -> None:
        handler = handled.answering
        place = place_of(handler)
        if not isinstance(handler, FunctionValue) or place is None:
            return
        before = [(it.file, it.facts) for it in handled.before if isinstance(it, FunctionValue)]
        inside = self.constants.by_path(f"{drawn.controller}_controller") or drawn.inside
        runs = Runs((handler.file, handler.facts), tuple(before), inside)
        self.runs.setdefault((handler_name(handler), place), runs)

    def _mounted(
        self,
        runner: Runner,
        parent: Sheet,
        mount: MountedHere,
        under: Within,
        root: Object,
        depth: int,
    ) -> Iterator[Endpoint]:
        versioned = bool(parent.drawing.versions)
        inner = replace(
            under,
            path=joined(under.path, mount.own if versioned else mount.path),
            inner=joined(under.inner, mount.scope.path) if versioned else under.inner,
            version=mount.scope.version or under.version,
            resolved=under.resolved and mount.scope.resolved,
            before=(*under.before, *mount.scope.before),
        )
        for sheet in self.sheets:
            if sheet.name == mount.child:
                yield from self._of(runner, sheet, inner, root, depth + 1)

    # Drawing

    def _draw_file(self, runner: Runner, facts: FileFacts) -> None:
        for framework, drawing in drawings():
            for call, name in _entries(facts, drawing):
                self._draw_block(runner, framework, drawing, facts, call, name)
            for class_ in facts.classes if drawing.bases else ():
                bases = frozenset(drawing.bases)
                if class_.bases and self.constants.inherits(class_.qualname, bases):
                    self._draw_class(runner, framework, drawing, facts, class_)
            tops = set(drawing.tops)
            if posixpath.basename(facts.path) in drawing.named or any(
                isinstance(it, code.Import) and it.module in tops for it in facts.steps
            ):
                self._draw_top(runner, framework, drawing, facts)

    def _sheet(
        self, framework: Framework, drawing: Drawing, name: str, site: Site, inside: str = ""
    ) -> Sheet:
        root = Object(name.replace("::", "."), Arguments(), site, name=name)
        made = Sheet(name, framework, drawing, root, self.constants, inside)
        made.run_file = self._run_file(site.file, drawing)
        made.api_only = self._api_only(site.file)
        self.sheets.append(made)
        return made

    def _draw_block(
        self,
        runner: Runner,
        framework: Framework,
        drawing: Drawing,
        facts: FileFacts,
        call: code.Call,
        name: str,
    ) -> None:
        module, block = runner.module(facts.path), block_of(call)
        if module is None or block is None:
            return
        site = Site(facts.path, call.start, call.end, call.line)
        whole = self.constants.find(name) or name
        known = next((it for it in self.sheets if it.name == whole and _near(it, site)), None)
        sheet = known or self._sheet(framework, drawing, whole, site)
        pen = self.pens.make(sheet, self._first_scope(whole), site)
        function = FunctionValue(facts.functions[block], facts.path, module.scope, pen)
        runner.call_function(function, Arguments([pen]))

    def _first_scope(self, name: str) -> Within:
        """An engine that is isolated has its controllers in its own module."""
        for macro in self.constants.own_macros(name) if name in self.constants.classes else ():
            if macro.name == "isolate_namespace" and macro.call.arguments:
                module = constant_name(macro.call.arguments[0].value)
                return Within(module=module.replace("::", "/").lower())
        return Within()

    def _draw_class(
        self,
        runner: Runner,
        framework: Framework,
        drawing: Drawing,
        facts: FileFacts,
        class_: code.Class,
    ) -> None:
        module = runner.module(facts.path)
        if module is None:
            return
        site = Site(facts.path, class_.start, class_.end, class_.line)
        known = next((it for it in self.sheets if it.name == class_.qualname), None)
        sheet = known or self._sheet(framework, drawing, class_.qualname, site, class_.qualname)
        pen = self.pens.make(sheet, Within(), site)
        runner.run(class_.steps, Frame(module, Scope(facts.path, module.scope, {}, pen)))

    def _draw_top(
        self, runner: Runner, framework: Framework, drawing: Drawing, facts: FileFacts
    ) -> None:
        module = runner.module(facts.path)
        if module is None:
            return
        site = Site(facts.path, 0, 0, 1)
        name = drawing.top_name or f"file:{facts.path}"
        sheet = self._sheet(framework, drawing, name, site)
        pen = self.pens.make(sheet, Within(), site)
        runner.run(facts.steps, Frame(module, Scope(facts.path, None, {}, pen)))

    def _run_file(self, file: str, drawing: Drawing) -> Callable[[Runner, str, Object], None]:
        folder = posixpath.join(posixpath.dirname(file), drawing.folder.rpartition("/")[2])

        def run(runner: Runner, name: str, pen: Object) -> None:
            path = f"{folder}/{name}.rb"
            module = runner.module(path) if path in self.files else None
            if module is not None:
                frame = Frame(module, Scope(path, module.scope, {}, pen))
                runner.run(self.files[path].steps, frame)

        return run

    def _api_only(self, file: str) -> bool:
        """Whether the application of a table says `config.api_only = true`."""
        path = posixpath.join(posixpath.dirname(file), "application.rb")
        facts = self.files.get(path)
        return facts is not None and any(
            isinstance(step, code.Assign)
            and walk.dotted(step.target).endswith("config.api_only")
            and step.value == code.Constant("true")
            for step in walk.every_step(facts)
        )


def handler_name(handler: Value) -> str:
    """What routes call a handler of this family."""
    if isinstance(handler, FunctionValue):
        return handler.facts.qualname if handler.owner is not None else handler.facts.name
    return ""


def place_of(handler: Value) -> Place | None:
    if not isinstance(handler, FunctionValue):
        return None
    site = handler.site
    return Place(site.file, site.line, site.start, site.end)


@cache
def drawings() -> tuple[tuple[Framework, Drawing], ...]:
    return tuple((it, it.drawing) for it in frameworks() if it.drawing is not None)


def _first_of_each(endpoints: Iterator[Endpoint]) -> list[Endpoint]:
    """Of routes that answer the same the first one is reached."""
    found: dict[tuple[str, str], Endpoint] = {}
    for it in endpoints:
        found.setdefault((it.event.targets[0][0], it.path), it)
    return list(found.values())


def _near(sheet: Sheet, site: Site) -> bool:
    """Whether two tables of one name are of one application."""
    return posixpath.dirname(sheet.root.site.file) == posixpath.dirname(site.file)


def _entries(facts: FileFacts, drawing: Drawing) -> Iterator[tuple[code.Call, str]]:
    """The calls that draw, each with the name of the application: `Rails::Application`."""
    if not facts.may_call({entry.rpartition(".")[2] for entry in drawing.entries}):
        return
    for step in walk.steps(facts.steps):
        for expr in walk.own_expressions(step):
            if isinstance(expr, code.Call) and block_of(expr) is not None:
                dotted = walk.dotted(expr.function)
                for entry in drawing.entries:
                    if dotted.endswith(f".{entry}"):
                        yield expr, dotted.removesuffix(f".{entry}").replace(".", "::")
