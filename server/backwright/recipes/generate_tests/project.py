"""The project as a recipe reads it: facts of its files, and what its names stand for."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.code import Class, Expr, FileFacts, Function
from backwright.index.configs import CONFIG_NAMES, Configs
from backwright.index.definitions import Definition, Definitions
from backwright.index.modules import Modules
from backwright.recipes.generate_tests.values import Code, Kind, Module, Outside, Value
from backwright.recipes.outcome import Situation


@dataclass(frozen=True, slots=True)
class ValueAt:
    """A value of a module that is still an expression, to be read in `file`."""

    expr: Expr
    file: str


@dataclass(slots=True)
class Project:
    """A view of the project that lives as long as one request; what it has read it keeps."""

    situation: Situation
    configs: Configs = field(init=False)
    modules: Modules = field(init=False)
    _definitions: Definitions = field(init=False)
    _facts: dict[str, FileFacts | None] = field(default_factory=dict)
    _origins: dict[str, dict[str, str]] = field(default_factory=dict)
    _found: dict[tuple[str, str], Value | ValueAt | None] = field(default_factory=dict)
    _lineages: dict[tuple[str, str], list[Kind]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        paths = self.situation.paths
        texts = {
            path: self.situation.source(path)
            for path in paths
            if posixpath.basename(path) in CONFIG_NAMES
        }
        self.configs = Configs(texts)
        modules = Modules(frozenset(paths), self.configs)
        self.modules = modules
        self._definitions = Definitions(self.facts, modules)

    def facts(self, path: str) -> FileFacts | None:
        if path not in self._facts:
            self._facts[path] = self.situation.facts(path)
        return self._facts[path]

    @property
    def paths(self) -> tuple[str, ...]:
        return self.situation.paths

    def sources(self, suffixes: tuple[str, ...]) -> Iterator[FileFacts]:
        """The facts of every file with one of the suffixes."""
        for path in self.paths:
            if path.endswith(suffixes) and (facts := self.facts(path)) is not None:
                yield facts

    def module_of(self, file: str, module: str) -> str | None:
        """The file of a module as `file` imports it."""
        if file.endswith(".py"):
            return self.modules.python(file, module)
        return self.modules.javascript(file, module)

    def find(self, file: str, name: str) -> Value | ValueAt | None:
        """What a top-level name of `file` is; None when nothing says."""
        key = (file, name)
        if key not in self._found:
            self._found[key] = self._find(file, name)
        return self._found[key]

    def _find(self, file: str, name: str) -> Value | ValueAt | None:
        found = self._definitions.find(file, name)
        if found is None and (part := self._unpacked(file, name)) is not None:
            return part
        if found is None:
            origin = self.origin(file, name)
            return Outside(origin) if origin else None
        return self._value(found)

    def _unpacked(self, file: str, name: str, hops: int = 0) -> ValueAt | None:
        """A name that a module binds among others: `ONE, TWO = NAMES = ("one", "two")`."""
        facts = self.facts(file)
        for step in facts.steps if facts is not None and hops < 5 else ():
            if isinstance(step, code.Assign) and isinstance(step.target, code.Items):
                if step.value is not None and code.Name(name) in step.target.values:
                    at = code.Number(step.target.values.index(code.Name(name)))
                    return ValueAt(code.Element(step.value, at), file)
            elif isinstance(step, code.Import) and step.local == name and step.name:
                home = self.module_of(file, step.module)
                return self._unpacked(home, step.name, hops + 1) if home is not None else None
        return None

    def _value(self, found: Definition) -> Value | ValueAt | None:
        file = found.place.file
        facts = self.facts(file)
        if facts is None:
            return None
        if found.kind == "module":
            return Module(file)
        if found.kind == "function":
            function = self.function_at(file, found.place.start)
            return Code(function, file) if function is not None else None
        if found.kind == "class":
            class_ = next(it for it in facts.classes if it.start == found.place.start)
            return Kind(class_.name, file, class_)
        for step in walk.steps(facts.steps):
            if (
                isinstance(step, code.Assign)
                and step.value is not None
                and step.start == found.place.start
                and step.target == code.Name(found.name)
            ):
                return ValueAt(step.value, file)
        return None

    def function_at(self, file: str, start: int) -> Function | None:
        facts = self.facts(file)
        return next((it for it in facts.functions if it.start == start), None) if facts else None

    def member(self, file: str, name: str) -> Value | ValueAt | None:
        """An export of a module of the project."""
        facts = self.facts(file)
        if facts is not None and facts.language != "python":
            exported = _exported(facts, name)
            if exported is not None:
                return ValueAt(exported, file)
        return self.find(file, name)

    def methods(self, kind: Kind) -> dict[str, tuple[Function, str]]:
        """The functions of a class and of its bases in the project, the nearest first."""
        found: dict[str, tuple[Function, str]] = {}
        for base in self.lineage(kind):
            facts = self.facts(base.file)
            for step in base.class_.steps if facts is not None else ():
                if isinstance(step, code.Define) and facts is not None:
                    function = facts.functions[step.function]
                    found.setdefault(function.name, (function, base.file))
        return found

    def lineage(self, kind: Kind) -> list[Kind]:
        """The class and its bases that are of the project, nearest first."""
        key = (kind.file, kind.name)
        if key not in self._lineages:
            self._lineages[key] = self._lineage(kind)
        return self._lineages[key]

    def _lineage(self, kind: Kind) -> list[Kind]:
        found: list[Kind] = []
        waiting = [kind]
        while waiting and len(found) < 12:
            at = waiting.pop(0)
            if at in found:
                continue
            found.append(at)
            for base in at.class_.bases:
                name = walk.dotted(base.value)
                inner = self.find(at.file, name) if name and not base.name else None
                if isinstance(inner, Kind):
                    waiting.append(inner)
        return found

    def base_origins(self, kind: Kind) -> set[str]:
        """Where the class inherits from outside the project: `pydantic.BaseModel`."""
        found = set()
        for at in self.lineage(kind):
            for base in at.class_.bases:
                name = walk.dotted(base.value)
                if name and not base.name and (origin := self.origin(at.file, name)):
                    found.add(origin)
                elif name in {"Error", "Exception"}:
                    found.add(name)
        return found

    def class_steps(self, kind: Kind) -> Iterator[tuple[code.Assign, str]]:
        """The assignments and annotations of a class and of its bases, the nearest class first."""
        for base in self.lineage(kind):
            for step in base.class_.steps:
                if isinstance(step, code.Assign):
                    yield step, base.file

    def class_named(self, name: str, file: str) -> Kind | None:
        found = self.find(file, name)
        return found if isinstance(found, Kind) else None

    def origin(self, file: str, dotted: str) -> str:
        """The name outside the project that `dotted` stands for in `file`, "" when it is none."""
        first, _, rest = dotted.partition(".")
        base = self._imports(file).get(first, "")
        return f"{base}.{rest}" if base and rest else base

    def _imports(self, file: str) -> dict[str, str]:
        if file not in self._origins:
            facts = self.facts(file)
            self._origins[file] = dict(_imported(facts)) if facts is not None else {}
        return self._origins[file]

    def class_at(self, file: str, name: str) -> Class | None:
        facts = self.facts(file)
        return next((it for it in facts.classes if it.name == name), None) if facts else None


def _imported(facts: FileFacts) -> Iterator[tuple[str, str]]:
    bodies = [facts.steps, *(it.steps for it in facts.functions)]
    for step in (step for body in bodies for step in walk.steps(body)):
        if isinstance(step, code.Import) and step.local:
            whole = (
                f"{step.module}.{step.name}" if step.name not in {"", "default"} else step.module
            )
            yield step.local.split(".")[0], whole if step.name else _bound(step)
        elif isinstance(step, code.Assign) and (module := required(step.value)):
            if isinstance(step.target, code.Name):
                yield step.target.name, module
            elif isinstance(step.target, code.Table):
                for key, local in step.target.entries:
                    if isinstance(local, code.Name) and isinstance(key, code.Text):
                        yield local.name, f"{module}.{key.value}"


def _bound(step: code.Import) -> str:
    """`import a.b` binds `a`; `import a.b as c` binds the whole."""
    return step.module.split(".")[0] if step.local == step.module else step.module


def required(value: Expr | None) -> str:
    """The module of `require("module")`, with `.name` behind it where a part of it is taken."""
    if isinstance(value, code.Member):
        inner = required(value.object)
        return f"{inner}.{value.name}" if inner else ""
    if isinstance(value, code.Call) and walk.dotted(value.function) == "require":
        first = value.arguments[0].value if value.arguments else None
        return first.value if isinstance(first, code.Text) else ""
    return ""


def _exported(facts: FileFacts, name: str) -> Expr | None:
    """What a CommonJS or ES module gives out under `name`."""
    for step in walk.steps(facts.steps):
        if isinstance(step, code.Export) and step.name == name:
            return step.value
        if not isinstance(step, code.Assign) or step.value is None:
            continue
        target = walk.dotted(step.target)
        if target in {f"exports.{name}", f"module.exports.{name}"}:
            return step.value
        if target == "module.exports" and isinstance(step.value, code.Table):
            for key, value in step.value.entries:
                if key == code.Text(name):
                    return value
    return None
