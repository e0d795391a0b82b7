"""What templates ask of a project beyond one file: who imports whom, and what a name stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.backend import Made
from backwright.facts.code import FileFacts, Function
from backwright.index.configs import Configs, is_config
from backwright.index.definitions import Definition, Definitions
from backwright.index.modules import Modules
from backwright.index.testfiles import is_test
from backwright.recipes.outcome import Situation


@dataclass(frozen=True, slots=True)
class Imported:
    """One import as a file writes it; `file` is what it means in the project, "" for a package.

    `name` is "" for the module itself; `early` when it is done as soon as the file is loaded.
    """

    module: str
    name: str
    local: str
    file: str
    early: bool


@dataclass(slots=True)
class Project:
    """A view of the project for one request. It keeps the facts that it has read."""

    situation: Situation
    configs: Configs = field(init=False)
    modules: Modules = field(init=False)
    definitions: Definitions = field(init=False)
    _facts: dict[str, FileFacts | None] = field(default_factory=dict)
    _imports: dict[str, list[Imported]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        paths = self.situation.paths
        self.configs = Configs({it: self.situation.source(it) for it in paths if is_config(it)})
        self.modules = Modules(frozenset(paths), self.configs)
        self.definitions = Definitions(self.facts, self.modules)

    def facts(self, path: str) -> FileFacts | None:
        if path not in self._facts:
            self._facts[path] = self.situation.facts(path)
        return self._facts[path]

    def source(self, path: str) -> bytes:
        """The bytes of a document, to which the offsets of facts belong."""
        found = self.situation.document(path)
        return found.source if found is not None else b""

    def sources(self, suffixes: tuple[str, ...]) -> Iterator[str]:
        """The paths of this application's files with one of the suffixes, tests left out."""
        for path in self.situation.paths:
            if path.endswith(suffixes) and self.is_own(path) and not is_test(path):
                yield path

    def is_own(self, path: str) -> bool:
        """Whether the file belongs to the application that the request is about."""
        root = self.situation.stack.root.strip("/")
        return root in {"", "."} or path.startswith(f"{root}/")

    def made(self, *origins: str) -> list[Made]:
        """What the application makes of one of the origins, tests left out."""
        return [
            it
            for it in self.situation.backend.made
            if it.origin in origins and self.is_own(it.place.file) and not is_test(it.place.file)
        ]

    def function_at(self, path: str, start: int) -> Function | None:
        facts = self.facts(path)
        return next((it for it in facts.functions if it.start == start), None) if facts else None

    # Imports

    def imports(self, path: str) -> list[Imported]:
        if path not in self._imports:
            facts = self.facts(path)
            self._imports[path] = list(self._read_imports(facts)) if facts is not None else []
        return self._imports[path]

    def reached_from(self, path: str, *, early: bool = False) -> set[str]:
        """The file and all files of the project that it imports, directly or not.

        With `early` only imports count that are done while the file is loaded.
        """
        reached, waiting = {path}, [path]
        while waiting:
            for it in self.imports(waiting.pop()):
                if it.file and it.file not in reached and (it.early or not early):
                    reached.add(it.file)
                    waiting.append(it.file)
        return reached

    def imports_package(self, path: str, package: str) -> bool:
        """Whether the file imports something of a package from outside the project."""
        modules = (it.module for it in self.imports(path) if not it.file)
        return any(it == package or it.startswith((f"{package}.", f"{package}/")) for it in modules)

    def origin(self, path: str, dotted: str) -> str:
        """What a name of a file means outside the project: `fastapi.Request`; "" if it doesn't."""
        first, _, rest = dotted.partition(".")
        for it in self.imports(path):
            if it.local == first and not it.file:
                base = f"{it.module}.{it.name}" if it.name else it.module
                return f"{base}.{rest}" if rest else base
        return ""

    def names(self, path: str) -> set[str]:
        """Every name that the module binds at its top, and that its functions import."""
        facts = self.facts(path)
        if facts is None:
            return set()
        bound = {it.local for it in self.imports(path)}
        bound |= {it.name for it in facts.functions if it.qualname == it.name}
        bound |= {it.name for it in facts.classes if it.qualname == it.name}
        for step in walk.steps(facts.steps):
            if isinstance(step, code.Assign) and isinstance(step.target, code.Name):
                bound.add(step.target.name)
        return bound

    def local_name(self, path: str, wanted: Definition | Made) -> str:
        """The name under which a file has something of the project; "" when it hasn't."""
        if path == wanted.place.file:
            return wanted.name
        for it in self.imports(path):
            if it.file and it.name and it.early:
                found = self.definitions.find(path, it.local)
                if found is not None and found.place == wanted.place:
                    return it.local
        return ""

    def _read_imports(self, facts: FileFacts) -> Iterator[Imported]:
        bodies = [(facts.steps, True), *((it.steps, False) for it in facts.functions)]
        for body, early in bodies:
            for step in walk.steps(body):
                for module, name, local in _import_parts(step):
                    yield from self._resolved(facts, module, name, local, early)

    def _resolved(
        self, facts: FileFacts, module: str, name: str, local: str, early: bool
    ) -> Iterator[Imported]:
        if facts.language != "python":
            file = self.modules.javascript(facts.path, module) or ""
            yield Imported(module, name, local, file, early)
            return
        file = self.modules.python(facts.path, module) or ""
        joined = f"{module}{name}" if module.endswith(".") else f"{module}.{name}"
        inner = self.modules.python(facts.path, joined) if name and name != "*" else None
        if inner and self.facts(inner) is not None:
            yield Imported(module, name, local, inner, early)
            if file.endswith(".py"):
                yield Imported(module, name, "", file, early)
        else:
            yield Imported(module, name, local, file, early)


def _import_parts(step: code.Step) -> Iterator[tuple[str, str, str]]:
    """The module, name and local name of each thing that a step imports."""
    match step:
        case code.Import(module, name, local):
            yield module, name, local
        case code.ExportFrom(module, name):
            yield module, name, ""
        case code.Assign(target, code.Call() as call) if module := _required(call):
            yield from _required_parts(module, target)
        case code.Assign(target, code.Member(code.Call() as call, name)) if m := _required(call):
            yield m, name, walk.dotted(target)
        case code.Do(value) | code.Assign(_, code.Call() as value):
            for expr in walk.inner(value):
                if isinstance(expr, code.Call) and (module := _required(expr)):
                    yield module, "", ""
        case _:
            pass


def _required_parts(module: str, target: code.Expr) -> Iterator[tuple[str, str, str]]:
    if isinstance(target, code.Table):
        for key, local in target.entries:
            if isinstance(key, code.Text) and isinstance(local, code.Name):
                yield module, key.value, local.name
    else:
        yield module, "", walk.dotted(target)


def _required(call: code.Call) -> str:
    first = call.arguments[0].value if call.arguments else None
    if walk.dotted(call.function) == "require" and isinstance(first, code.Text):
        return first.value
    return ""
