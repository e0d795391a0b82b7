"""What of a project has to be run to know its routes.

Most files make no app, register nothing and call nothing that does. They are told apart by names
alone, file by file, so that a large project is not run as a whole: a file or function matters when
it makes an app or router, when it registers something, or when it calls by name what matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial

from backwright.facts import code, walk
from backwright.facts.code import Expr, FileFacts, Step
from backwright.index.frameworks import frameworks
from backwright.index.incremental.watched import unwatched

MAX_HOMONYMS = 3
"""A method that more classes have is called everywhere: that one of them matters tells nothing."""

MIN_NAME = 3
"""Shorter names are those of minified code."""

MAX_WAY = 4
"""How many calls may lie between what matters and what acts."""


@dataclass(frozen=True, slots=True)
class Part:
    """The top of a file, the body of a class, or one function.

    `acts` when it makes an app or router, or registers something on one, itself. `calls` are the
    functions that it calls or hands on by their plain names, `methods` those that it calls on
    something.
    """

    name: str
    calls: frozenset[str]
    methods: frozenset[str]
    acts: bool
    start: int = -1
    is_method: bool = False


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of what matters: what is called by its plain name, and what is called on something."""

    plain: set[str] = field(default_factory=set)
    on_something: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Relevant:
    """What matters: files by path, functions by path and start. `entries` are the functions that
    nothing else which matters calls.

    `names` are those by which it is told, for Python and for the other languages; `named` are the
    names of the functions that matter. `parts` are those of all files that were looked at, told by
    the names of the frameworks that are `used`."""

    files: frozenset[str]
    functions: frozenset[tuple[str, int]]
    entries: frozenset[tuple[str, int]]
    names: Mapping[bool, _Names]
    named: frozenset[str]
    used: frozenset[str]
    parts: Mapping[str, Sequence[Part]]
    callbacks: frozenset[tuple[str, int]] = frozenset()
    """Functions without a name that register something, whoever calls them."""

    def stays(self, after: FileFacts) -> bool:
        """Whether all this is the same when a file says this instead, and imports what it did.

        It may say no though it is, not the other way round."""
        parts = self.parts.get(after.path)
        if parts is None:
            return True
        fresh = parts_of(after, self.used)
        names = self.names[after.language == "python"]
        return len(parts) == len(fresh) and all(map(partial(self._part_stays, names), parts, fresh))

    def _part_stays(self, names: _Names, before: Part, after: Part) -> bool:
        if (before.name, before.is_method, before.acts) != (
            after.name,
            after.is_method,
            after.acts,
        ):
            return False
        changed = (before.calls | before.methods) ^ (after.calls | after.methods)
        if before.acts:
            return changed.isdisjoint(self.named)
        if before.calls == after.calls and before.methods == after.methods:
            return True
        return not _leads_to(before, names) and not _leads_to(after, names)


@dataclass(frozen=True)
class _Known:
    """What is remembered of one file."""

    facts: FileFacts
    imports: frozenset[str]
    """Of the top of the file."""
    anywhere: frozenset[str]
    """What it imports in functions too."""
    used: frozenset[str] = frozenset()
    """The frameworks whose names told the rest."""
    parts: list[Part] | None = None

    @cached_property
    def callbacks(self) -> frozenset[int]:
        return frozenset(
            self.facts.functions[it].start for it in callbacks_of(self.facts, self.used)
        )


@dataclass(slots=True)
class Relevance:
    """Remembers the parts of each file as long as its facts stay the same."""

    used: frozenset[str] = frozenset()
    """The frameworks whose names tell what matters: those that are imported anywhere."""
    _known: dict[str, _Known] = field(default_factory=dict)

    def of(self, files: Mapping[str, FileFacts], paths: Iterable[str]) -> Relevant:
        """What matters of the files at `paths`."""
        self._known = {path: self._of_file(path, files[path]) for path in paths}
        used = _frameworks(known.anywhere for known in self._known.values())
        if used != self.used:
            self.used = used
            self._known = {
                path: replace(it, used=used, parts=None) for path, it in self._known.items()
            }
        parts = {path: self._parts_of(path) for path in self._known}
        matter: dict[str, list[Part]] = {}
        names_of: dict[bool, _Names] = {}
        for python, of_language in _by_language(files, parts):
            every = [part for of_file in of_language.values() for part in of_file]
            names = names_of[python] = _names_that_matter(every)
            for path, of_file in of_language.items():
                matter[path] = [part for part in of_file if part.acts or _leads_to(part, names)]
        called = {
            name
            for of_file in matter.values()
            for part in of_file
            for name in part.calls | part.methods
        }
        functions = [
            (path, part) for path, of_file in matter.items() for part in of_file if part.start >= 0
        ]
        return Relevant(
            frozenset(path for path, of_file in matter.items() if of_file),
            frozenset((path, part.start) for path, part in functions),
            frozenset((path, part.start) for path, part in functions if part.name not in called),
            names_of,
            frozenset(part.name for _, part in functions),
            used,
            parts,
            frozenset(
                (path, start)
                for path, of_file in matter.items()
                if of_file
                for start in self._known[path].callbacks
            ),
        )

    def frameworks(self) -> frozenset[str]:
        """The names of the frameworks that the files import which were seen last."""
        return _frameworks(known.imports for known in self._known.values())

    def _parts_of(self, path: str) -> list[Part]:
        known = self._known[path]
        if known.parts is None:
            known = self._known[path] = replace(known, parts=parts_of(known.facts, known.used))
        return known.parts or []

    def _of_file(self, path: str, facts: FileFacts) -> _Known:
        facts = unwatched(facts)
        known = self._known.get(path)
        if known is None or known.facts is not facts:
            top = frozenset(_imported(facts))
            known = _Known(facts, top, top.union(facts.imports), self.used)
        return known


def _by_language(
    files: Mapping[str, FileFacts], parts: Mapping[str, list[Part]]
) -> Iterator[tuple[bool, dict[str, list[Part]]]]:
    """The parts of the Python files, and those of the others: neither calls the other."""
    for python in (True, False):
        yield (
            python,
            {
                path: of_file
                for path, of_file in parts.items()
                if (files[path].language == "python") is python
            },
        )


def _names_that_matter(parts: list[Part]) -> _Names:
    """The names of what acts, and of all that leads to it."""
    homonyms = Counter(part.name for part in parts)
    names = _Names()
    left = parts
    found = [part for part in parts if part.acts]
    for _ in range(MAX_WAY):
        for part in found:
            if len(part.name) < MIN_NAME:
                continue
            if not part.is_method:
                names.plain.add(part.name)
            if homonyms[part.name] <= MAX_HOMONYMS and not part.name.startswith("__"):
                names.on_something.add(part.name)
        left = [part for part in left if not part.acts]
        found = [part for part in left if _leads_to(part, names)]
        left = [part for part in left if not _leads_to(part, names)]
    return names


def _leads_to(part: Part, names: _Names) -> bool:
    by_name, as_method = part.calls, part.methods
    return not (by_name.isdisjoint(names.plain) and as_method.isdisjoint(names.on_something))


def parts_of(facts: FileFacts, used: frozenset[str]) -> list[Part]:
    """The top of the file, the bodies of its classes, and its functions. What acts is told by the
    names that the frameworks in `used` give it."""
    return list(_parts(facts, used))


def _frameworks(imported: Iterable[frozenset[str]]) -> frozenset[str]:
    """The names of those of which something is imported."""
    every = frozenset().union(*imported)
    return frozenset(it.name for it in frameworks() if every & set(it.imports))


def _parts(facts: FileFacts, used: frozenset[str]) -> Iterator[Part]:
    reader = _Reader(facts, used)
    yield reader.part("", facts.steps)
    of_classes = {
        step.function: class_
        for class_ in facts.classes
        for step in class_.steps
        if isinstance(step, code.Define)
    }
    for class_ in facts.classes:
        yield reader.class_part(class_)
    for number, function in enumerate(facts.functions):
        if function.name:
            owner = of_classes.get(number)
            if owner is not None and function.role == "constructor":
                yield reader.part(owner.name, function.steps, function.start)
            else:
                part = reader.part(function.name, function.steps, function.start)
                yield replace(part, is_method=owner is not None)


def callbacks_of(facts: FileFacts, used: frozenset[str]) -> frozenset[int]:
    """The numbers of the functions that have no name and register something."""
    if facts.language == "python":
        return frozenset()
    reader = _Reader(facts, used)
    return frozenset(
        number
        for number, function in enumerate(facts.functions)
        if not function.name and reader.part("", function.steps).acts
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


def _required(facts: FileFacts) -> Iterator[str]:
    """The names that are bound to what `require` gives."""
    for step in walk.every_step(facts):
        if isinstance(step, code.Assign) and "require" in walk.dotted(step.value):
            for target in walk.inner(step.target):
                if isinstance(target, code.Name):
                    yield target.name


class _Reader:
    def __init__(self, facts: FileFacts, used: frozenset[str]) -> None:
        self.facts = facts
        self.makers = _makers(used)
        self.kinds = _kinds(used, python=facts.language == "python")
        self.python = facts.language == "python"
        self.aliases = {
            step.local: step.name
            for step in walk.every_step(facts)
            if isinstance(step, code.Import) and step.name not in {"", "*", "default", step.local}
        }
        for step in walk.steps(facts.steps):
            if isinstance(step, code.Import) and step.name == "default":
                self.aliases[step.local] = step.module.rpartition("/")[2]
        self.bound = {
            *(it.name for it in facts.functions),
            *(it.name for it in facts.classes),
            *(it.local for it in walk.every_step(facts) if isinstance(it, code.Import)),
            *_required(facts),
        }

    def part(self, name: str, steps: list[Step], start: int = -1) -> Part:
        calls: set[str] = set()
        methods: set[str] = set()
        acts = any(self._decorates(expr) for expr in self._decorators(steps))
        for expr in self._expressions(steps):
            if not isinstance(expr, code.Call):
                continue
            called = self._called(expr.function)
            acts = acts or called in self.makers or self._registers(expr)
            if isinstance(expr.function, code.Member):
                methods.add(called)
            for named in (expr.function, *(it.value for it in expr.arguments)):
                if isinstance(named, code.Name) and named.name in self.bound:
                    calls.add(self.aliases.get(named.name, named.name))
        return Part(name, frozenset(calls - {name, ""}), frozenset(methods), acts, start)

    def class_part(self, class_: code.Class) -> Part:
        """The body of a class; deriving from an app or router makes one."""
        part = self.part(class_.name, class_.steps)
        bases = {self._called(base.value) for base in class_.bases}
        return replace(part, calls=part.calls | bases, acts=part.acts or bool(bases & self.makers))

    def _called(self, function: Expr) -> str:
        match function:
            case code.Name(name):
                return self.aliases.get(name, name)
            case code.Member(_, name):
                return name
            case code.Call(code.Name("require"), [code.Argument(code.Text(module)), *_]):
                return module  # require("express")()
            case _:
                return ""

    def _decorates(self, decorator: Expr) -> bool:
        called = decorator.function if isinstance(decorator, code.Call) else decorator
        kinds = self.kinds
        return isinstance(called, code.Member) and called.name in kinds.always | kinds.decorating

    def _registers(self, call: code.Call) -> bool:
        """Whether a call looks like one that registers; in doubt it does."""
        function = call.function
        if isinstance(function, code.Member) and function.name in {"call", "apply"}:
            function = function.object  # app[method].call(app, path, handler)
        if isinstance(function, code.Element):
            return not self.python and len(call.arguments) >= 2  # app[method](path, handler)
        if not isinstance(function, code.Member) or not call.arguments:
            return False
        kinds = self.kinds
        name, first = function.name, call.arguments[0].value
        if name in kinds.always:
            return True
        path = isinstance(first, code.Text) and first.value[:1] in {"/", "*", ":", ""}
        if name in kinds.resources:  # router.register("items", ItemViewSet)
            return isinstance(first, code.Text | code.Template) and len(call.arguments) >= 2
        if name in kinds.handed:
            known = not isinstance(first, code.Text | code.Number | code.Constant)
            return path or (known and len(call.arguments) >= 2)
        return name in kinds.decorating and path and len(call.arguments) >= 2

    def _expressions(self, steps: list[Step]) -> Iterator[Expr]:
        """The expressions of a body, those of the lambdas in it and of decorators too."""
        for decorator in self._decorators(steps):
            yield from walk.inner(decorator)
        waiting = [steps]
        while waiting:
            for expr in walk.expressions(waiting.pop()):
                yield expr
                if isinstance(expr, code.Lambda):
                    waiting.append(self.facts.functions[expr.function].steps)

    def _decorators(self, steps: list[Step]) -> Iterator[Expr]:
        """The decorators of what the body defines."""
        for step in walk.steps(steps):
            if isinstance(step, code.Define):
                yield from self.facts.functions[step.function].decorators
            elif isinstance(step, code.DefineClass):
                yield from self.facts.classes[step.number].decorators


@cache
def _makers(used: frozenset[str]) -> frozenset[str]:
    """The last names of what makes apps, routers, routes and mounts."""
    origins: set[str] = set()
    for it in frameworks():
        if it.name in used:
            origins.update(origin for role in it.construct for origin in role.origins)
            origins.update(origin for role in it.route_object for origin in role.origins)
            origins.update(origin for role in it.mount_object for origin in role.origins)
            origins.update(origin for role in it.resource_router for origin in role.origins)
    last = {origin.rpartition(".")[2] for origin in origins}
    packages = {origin for origin in origins if "." not in origin}
    return frozenset((last | packages) - {"default", "application"})


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Names of methods: those that always register, those that are given a handler after the path,
    those that decorate, and those that are given a resource after its prefix."""

    always: frozenset[str]
    handed: frozenset[str]
    decorating: frozenset[str]
    resources: frozenset[str]


@cache
def _kinds(used: frozenset[str], *, python: bool) -> _Kinds:
    always: set[str] = set()
    handed: set[str] = set()
    decorating: set[str] = set()
    resources: set[str] = set()
    for framework in frameworks():
        is_python = framework.language == "python"
        if framework.name not in used or framework.language == "ruby" or is_python is not python:
            continue
        plugins = [it for it in framework.plugin if not it.always_transparent]
        acting = (framework.mount, framework.use, framework.before, plugins)
        for group in (*acting, framework.hook, framework.prefixing):
            always.update(name for role in group for name in role.names)
        resources.update(name for role in framework.resource_router for name in role.register)
        handed.update(name for role in framework.path_builder for name in role.names)
        for register in framework.register:
            if register.handler[0] == "rest":
                handed.update(register.names)
            elif register.handler == ("decorated",):
                decorating.update(register.names)
            else:
                always.update(register.names)
    return _Kinds(frozenset(always), frozenset(handed), frozenset(decorating), frozenset(resources))
