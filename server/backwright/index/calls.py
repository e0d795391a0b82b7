"""Every call of some files by the name that is called, and every decorated function.

Passes that look for calls wherever they stand (jobs that are put in a queue, statements that are
sent to a database) share it: to walk all expressions of a large project takes a part of a second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from backwright.facts import code, walk
from backwright.facts.code import Class, Expr, FileFacts, Function, Step
from backwright.index.incremental.watched import body_of


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file: the functions around it, the outermost first, and the class of the first
    of them that is a method."""

    facts: FileFacts
    functions: tuple[Function, ...] = ()
    class_: Class | None = None

    @property
    def file(self) -> str:
        return self.facts.path

    @property
    def function(self) -> Function | None:
        """The function that it stands in, the innermost one."""
        return self.functions[-1] if self.functions else None

    def within(self, function: Function) -> Where:
        return Where(self.facts, (*self.functions, function), self.class_)


@dataclass(frozen=True, slots=True)
class CallAt:
    call: code.Call
    where: Where


@dataclass(frozen=True, slots=True)
class Calls:
    by_name: dict[str, list[CallAt]] = field(default_factory=dict)
    decorated: list[tuple[Function, Where]] = field(default_factory=list)
    """Functions with decorators, each with the place that it is defined in."""

    def add(self, others: Calls) -> None:
        """Adds calls of names that are not here yet."""
        for name, listed in others.by_name.items():
            self.by_name.setdefault(name, listed)

    def named(self, names: Iterable[str]) -> Iterator[CallAt]:
        """The calls of functions and methods with one of the names."""
        for name in names:
            yield from self.by_name.get(name, ())


@dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered of one file; its calls only once they were looked for."""

    facts: FileFacts
    imports: frozenset[str]
    calls: Calls | None = None


@dataclass(slots=True)
class CallMemory:
    """Remembers the calls of each file that was looked into as long as its facts stay the same."""

    _known: dict[str, _Known] = field(default_factory=dict)

    def imported(self, files: Mapping[str, FileFacts], paths: Iterable[str]) -> frozenset[str]:
        """The modules that the files at `paths` import. What is known of others is forgotten."""
        self._known = {path: self._of_file(path, files[path]) for path in paths}
        return frozenset().union(*(it.imports for it in self._known.values()))

    def imports(self, facts: FileFacts) -> frozenset[str]:
        """The modules that the file imports, of Python's their first part."""
        return self._of_file(facts.path, facts).imports

    def calls_in(
        self,
        files: Mapping[str, FileFacts],
        paths: Iterable[str],
        names: Mapping[str, frozenset[str]],
    ) -> Calls:
        """The calls in the files at `paths` of what has one of the names, which are given by
        language: `python` or `javascript`."""
        found = Calls()
        for path in paths:
            facts = files[path]
            wanted = names.get(family(facts.language), frozenset())
            if not facts.may_call(wanted) and not _decorates(facts, wanted):
                continue
            calls = self._calls(path, facts)
            found.decorated.extend(calls.decorated)
            for name in wanted & calls.by_name.keys():
                found.by_name.setdefault(name, []).extend(calls.by_name[name])
        return found

    def _calls(self, path: str, facts: FileFacts) -> Calls:
        known = self._of_file(path, facts)
        if known.calls is None:
            calls = Calls()
            _Walk(calls).steps(facts.steps, Where(facts))
            known = self._known[path] = replace(known, calls=calls)
        return known.calls or Calls()

    def _of_file(self, path: str, facts: FileFacts) -> _Known:
        known = self._known.get(path)
        if known is None or known.facts is not facts:
            known = self._known[path] = _Known(facts, frozenset(facts.imports))
        return known


def last_name(expr: Expr) -> str:
    """`task` for `app.task` and `@app.task(…)`."""
    if isinstance(expr, code.Call):
        return called_name(expr)
    return expr.name if isinstance(expr, code.Name | code.Member) else ""


def aliases(facts: FileFacts, names: Collection[str]) -> Iterator[str]:
    """Under what else the file imports things of those names."""
    for step in facts.steps:
        if isinstance(step, code.Import) and step.name in names and step.local != step.name:
            yield step.local


def family(language: str) -> str:
    """The language whose libraries are used: TypeScript uses those of JavaScript."""
    return "python" if language == "python" else "javascript"


def called_name(call: code.Call) -> str:
    """`add` for `queue.add(…)`, `Queue` for `new Queue(…)`."""
    function = call.function
    if isinstance(function, code.Element):
        function = function.object
    return function.name if isinstance(function, code.Name | code.Member) else ""


def argument(call: code.Call, where: tuple[int | str, ...]) -> Expr | None:
    """The expression at the first of the places (positions, keywords) at which the call has one."""
    positional = [it.value for it in call.arguments if not it.name]
    keywords = {it.name: it.value for it in call.arguments if it.name}
    for place in where:
        if isinstance(place, int) and place < len(positional):
            return positional[place]
        if isinstance(place, str) and place in keywords:
            return keywords[place]
    return None


def same_language(language: str, where: Where) -> bool:
    """Whether a library of the language may be used there."""
    return family(language) == family(where.facts.language)


def _decorates(facts: FileFacts, wanted: frozenset[str]) -> bool:
    used = {last_name(it) for function in facts.functions for it in function.decorators}
    return bool(used) and (
        not used.isdisjoint(wanted) or any(it in used for it in aliases(facts, wanted))
    )


@dataclass(frozen=True, slots=True)
class _Walk:
    found: Calls

    def steps(self, steps: list[Step], where: Where) -> None:
        for step in walk.steps(steps):
            if isinstance(step, code.Define):
                self.function(where.facts.functions[step.function], where)
            elif isinstance(step, code.DefineClass):
                class_ = where.facts.classes[step.number]
                self.steps(class_.steps, Where(where.facts, where.functions, class_))
            else:
                for expr in walk.own_expressions(step):
                    self.expression(expr, where)

    def function(self, function: Function, where: Where) -> None:
        if function.decorators:
            self.found.decorated.append((function, where))
        self.steps(body_of(function), where.within(function))

    def expression(self, expr: Expr, where: Where) -> None:
        """A loop instead of `walk.inner`: it runs for every expression of the project."""
        waiting = [expr]
        while waiting:
            part = waiting.pop()
            inner = walk.parts(part)
            if inner:
                waiting.extend(reversed(inner))
                if isinstance(part, code.Call) and (name := called_name(part)):
                    self.found.by_name.setdefault(name, []).append(CallAt(part, where))
            elif isinstance(part, code.Lambda):
                self.function(where.facts.functions[part.function], where)
