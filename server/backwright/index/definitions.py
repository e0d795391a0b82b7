"""Finds where a name that a file uses is defined, through imports and re-exports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from backwright.facts import code, walk
from backwright.facts.backend import Place
from backwright.facts.code import FileFacts
from backwright.index.modules import Modules

MAX_HOPS = 6


@dataclass(frozen=True, slots=True)
class Definition:
    """A function, class or top-level value. `kind` tells which; the place is the whole of it."""

    name: str
    kind: str
    place: Place


@dataclass(frozen=True, slots=True)
class Definitions:
    facts_of: Callable[[str], FileFacts | None]
    modules: Modules

    def find(self, file: str, name: str, hops: int = 0) -> Definition | None:
        """What `name` is in `file`; None when it comes from outside or is not known."""
        facts = self.facts_of(file)
        if facts is None or hops > MAX_HOPS:
            return None
        first, _, rest = name.partition(".")
        if found := _defined(facts, first):
            return found
        for module, imported in _imports(facts, first):
            target = self._file(facts, module)
            if target is None:
                continue
            wanted = imported or rest.partition(".")[0]
            if not wanted or wanted == "default":
                return self._default(target) or self._first(target)
            if found := self.find(target, wanted, hops + 1):
                return found
            inner = self._file(
                facts,
                f"{module.rstrip('.')}.{wanted}" if module.strip(".") else f"{module}{wanted}",
            )
            if inner is not None and facts.language == "python":
                following = rest.partition(".")[0]
                return self.find(inner, following, hops + 1) if following else self._first(inner)
        return None

    def used_by(self, file: str, function: code.Function) -> Iterator[Definition]:
        """The definitions of the project that a function names, in the order of their use."""
        facts = self.facts_of(file)
        if facts is None:
            return
        seen: set[str] = set()
        for name in _names(function, facts):
            if name in seen:
                continue
            seen.add(name)
            found = self.find(file, name)
            if found is not None and not _inside(found.place, file, function):
                yield found

    def _file(self, facts: FileFacts, module: str) -> str | None:
        if facts.language == "python":
            return self.modules.python(facts.path, module)
        return self.modules.javascript(facts.path, module)

    def _default(self, file: str) -> Definition | None:
        facts = self.facts_of(file)
        for step in facts.steps if facts is not None else ():
            if isinstance(step, code.Export) and step.name in {"default", "="}:
                name = walk.dotted(step.value)
                return self.find(file, name) if name else None
        return None

    def _first(self, file: str) -> Definition | None:
        facts = self.facts_of(file)
        if facts is None:
            return None
        return Definition(file, "module", Place(file, 1, 0, 0))


def _names(function: code.Function, facts: FileFacts) -> Iterator[str]:
    """Every dotted name in a function: its decorators and signature first, then its body."""
    parameters = [part for it in function.parameters for part in (it.annotation, it.default)]
    signature = [*function.decorators, *parameters, function.returns]
    outside = (expr for given in signature if given is not None for expr in walk.inner(given))
    for expr in chain(outside, walk.deep_expressions(function, facts)):
        if isinstance(expr, code.Name | code.Member) and (name := walk.dotted(expr)):
            yield name


def _defined(facts: FileFacts, name: str) -> Definition | None:
    for function in facts.functions:
        if function.qualname == name:
            place = Place(facts.path, function.line, function.start, function.end)
            return Definition(name, "function", place)
    for class_ in facts.classes:
        if class_.qualname == name:
            place = Place(facts.path, class_.line, class_.start, class_.end)
            return Definition(name, "class", place)
    for step in walk.steps(facts.steps):
        if not isinstance(step, code.Assign) or step.target != code.Name(name):
            continue
        if step.value is not None and not _required(step):
            place = Place(facts.path, step.line, step.start, step.end)
            return Definition(name, "value", place)
    return None


def _imports(facts: FileFacts, name: str) -> Iterator[tuple[str, str]]:
    """The modules that `name` may come from, with its name there; "" for the module itself."""
    for step in walk.steps(facts.steps):
        if isinstance(step, code.Import) and step.local in {name, ""}:
            yield step.module, step.name if step.local else name
        elif isinstance(step, code.ExportFrom) and step.local in {name, ""}:
            yield step.module, step.name if step.name != "*" else name
        elif isinstance(step, code.Assign) and (module := _required(step)):
            if isinstance(step.target, code.Name) and step.target.name == name:
                yield module, ""
            elif isinstance(step.target, code.Table):
                for key, local in step.target.entries:
                    if isinstance(local, code.Name) and local.name == name:
                        yield module, key.value if isinstance(key, code.Text) else name


def _required(step: code.Assign) -> str:
    call = step.value
    if isinstance(call, code.Call) and walk.dotted(call.function) == "require" and call.arguments:
        first = call.arguments[0].value
        return first.value if isinstance(first, code.Text) else ""
    return ""


def _inside(place: Place, file: str, function: code.Function) -> bool:
    return place.file == file and function.start <= place.start and place.end <= function.end
