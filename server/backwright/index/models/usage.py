"""Which stored models a function names, itself or through the functions that it calls.

Nothing is run again: names are looked up in the scopes that the evaluator has left behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from backwright.facts import code, walk
from backwright.facts.backend import Place
from backwright.facts.code import Expr, FileFacts, Function
from backwright.index.evaluate import Evaluator
from backwright.index.models.draft import identity
from backwright.index.models.lineage import classes, lineage
from backwright.index.values import (
    ClassValue,
    External,
    FunctionValue,
    ModuleValue,
    Object,
    Scope,
    Value,
)

MAX_HOPS = 2


@dataclass(frozen=True, slots=True)
class _Named:
    models: tuple[str, ...]
    callees: tuple[FunctionValue, ...]


@dataclass(slots=True)
class Usage:
    """`names` are the stored models by the identity of their class or call."""

    evaluator: Evaluator
    names: Mapping[tuple[str, int, int], str]
    by_property: Mapping[str, str] = field(default_factory=dict)
    """Models that are reached through a property of a client: `prisma.user`."""
    clients: frozenset[str] = frozenset()
    """The classes of such clients."""
    _named: dict[tuple[str, int], _Named] = field(default_factory=dict)
    _functions: dict[str, dict[int, Function]] = field(default_factory=dict)

    def of(self, place: Place) -> list[str]:
        """The models that the function at `place` uses, in the order in which they are met."""
        function = self._at(place)
        if function is None or not (self.names or self.by_property):
            return []
        found: dict[str, None] = {}
        level, seen = [function], {(function.file, function.facts.start)}
        for _ in range(MAX_HOPS + 1):
            following: list[FunctionValue] = []
            for current in level:
                named = self._in(current)
                found.update(dict.fromkeys(named.models))
                for callee in named.callees:
                    key = (callee.file, callee.facts.start)
                    if key not in seen:
                        seen.add(key)
                        following.append(callee)
            level = following
        return list(found)

    def _at(self, place: Place) -> FunctionValue | None:
        facts = self.evaluator.facts_of(place.file)
        module = self.evaluator.module(place.file) if facts is not None else None
        if facts is None or module is None:
            return None
        if place.file not in self._functions:
            self._functions[place.file] = {it.start: it for it in facts.functions}
        function = self._functions[place.file].get(place.start)
        if function is None:
            return None
        owner = module.scope.names.get(function.qualname.partition(".")[0])
        class_ = owner if isinstance(owner, ClassValue) else None
        return FunctionValue(function, place.file, module.scope, None, class_)

    def _in(self, function: FunctionValue) -> _Named:
        key = (function.file, function.facts.start)
        if key not in self._named:
            self._named[key] = self._read(function)
        return self._named[key]

    def _read(self, function: FunctionValue) -> _Named:
        facts = self.evaluator.facts_of(function.file)
        if facts is None:
            return _Named((), ())
        names = _Names(self.evaluator, function, facts)
        models: dict[str, None] = {}
        callees: dict[int, FunctionValue] = {}
        for expr in _expressions(function.facts, facts):
            if not isinstance(expr, code.Name | code.Member):
                continue
            value = names.value(expr)
            for model in self._models(expr, value, names):
                models[model] = None
            if isinstance(value, FunctionValue):
                callees[value.facts.start] = value
        return _Named(tuple(models), tuple(callees.values()))

    def _models(self, expr: Expr, value: Value | None, names: _Names) -> Iterator[str]:
        """The models that an expression means: its own, those of a repository, a client's."""
        if isinstance(value, ClassValue | Object) and identity(value) in self.names:
            yield self.names[identity(value)]
        elif isinstance(value, Object):
            for given in value.arguments.positional:
                given = self.evaluator.settled(given)
                if isinstance(given, ClassValue | Object) and identity(given) in self.names:
                    yield self.names[identity(given)]
        property_ = expr.name if isinstance(expr, code.Member) else ""
        if (
            isinstance(expr, code.Member)
            and property_ in self.by_property
            and self._is_client(names.value(expr.object))
        ):
            yield self.by_property[property_]

    def _is_client(self, value: Value | None) -> bool:
        if isinstance(value, ClassValue):
            origins = [it for it in lineage(value, self.evaluator) if isinstance(it, str)]
        elif isinstance(value, Object | External):
            origins = [value.origin]
        else:
            return False
        parts = {part for it in origins for part in it.replace("()", "").split(".")}
        # A client that is kept for hot reloads: `globalThis.prisma ?? new PrismaClient()`
        kept = bool(origins) and origins[0].startswith(("builtins.globalThis", "builtins.global."))
        return kept or not self.clients.isdisjoint(parts)


class _Names:
    """What names stand for inside a function, as far as that is plain to see."""

    def __init__(self, evaluator: Evaluator, function: FunctionValue, facts: FileFacts) -> None:
        self.evaluator, self.function = evaluator, function
        self.local: dict[str, Value] = {}
        for parameter in function.facts.parameters:
            if parameter.annotation is not None and parameter.name:
                self._typed(parameter.name, parameter.annotation)
        for step in walk.steps(function.facts.steps):
            if isinstance(step, code.Assign) and isinstance(step.target, code.Name):
                value = self.value(step.value) if step.value is not None else None
                if value is not None:
                    self.local.setdefault(step.target.name, value)
            elif isinstance(step, code.Import) and step.name and step.local:
                source = self._imported(step, facts)
                if source is not None:
                    self.local[step.local] = self.evaluator.attribute(source, step.name)

    def value(self, expr: Expr, depth: int = 0) -> Value | None:
        """The value itself; for an instance of a class, the class."""
        if depth > 6:
            return None
        match expr:
            case code.Name("self" | "this"):
                return self.function.owner
            case code.Name(name):
                found = self.local.get(name) or self.function.scope.find(name)
                return self.evaluator.settled(found) if found is not None else None
            case code.Call(function):
                called = self.value(function, depth + 1)
                if isinstance(called, FunctionValue) and called.facts.returns is not None:
                    returned = _evaluated(called.facts.returns, called, self.evaluator)
                    return returned if isinstance(returned, ClassValue) else None
                return called if isinstance(called, ClassValue) else None
            case code.Member(owner, name):
                held = self.value(owner, depth + 1)
                return self._member(held, name) if held is not None else None
            case _:
                return None

    def _member(self, owner: Value, name: str) -> Value | None:
        if isinstance(owner, ModuleValue):
            return self.evaluator.attribute(owner, name)
        if isinstance(owner, Object):
            if name in owner.attributes:
                return self.evaluator.settled(owner.attributes[name])
            return self._member(owner.class_, name) if owner.class_ is not None else None
        if not isinstance(owner, ClassValue):
            return None
        for base in classes(lineage(owner, self.evaluator)):
            found = base.scope.names.get(name)
            if isinstance(found, FunctionValue):
                return FunctionValue(found.facts, found.file, found.scope, None, owner)
            if found is not None:
                return found
            if (set_ := self._set_by_constructor(base, name)) is not None:
                return set_
        return None

    def _set_by_constructor(self, class_: ClassValue, name: str) -> Value | None:
        constructor = class_.scope.names.get("__init__")
        facts = self.evaluator.facts_of(class_.file)
        if not isinstance(constructor, FunctionValue) or facts is None:
            return None
        if constructor.facts is self.function.facts:
            return None
        for step in walk.steps(constructor.facts.steps):
            if (
                isinstance(step, code.Assign)
                and isinstance(step.target, code.Member)
                and step.target.name == name
                and step.value is not None
            ):
                return _Names(self.evaluator, constructor, facts).value(step.value)
        return None

    def _typed(self, name: str, annotation: Expr) -> None:
        value = _evaluated(annotation, self.function, self.evaluator)
        if isinstance(value, Object) and value.origin.endswith(".Annotated"):
            value = value.arguments.get((0,)) or value
        inner = annotation.key if isinstance(annotation, code.Element) else None
        if isinstance(value, External) and inner is not None:  # Repository<User>
            value = _evaluated(inner, self.function, self.evaluator)
        if isinstance(value, ClassValue):
            self.local[name] = value

    def _imported(self, step: code.Import, facts: FileFacts) -> ModuleValue | None:
        modules = self.evaluator.modules
        find = modules.python if facts.language == "python" else modules.javascript
        path = find(facts.path, step.module)
        return self.evaluator.module(path) if path is not None else None


def _evaluated(expr: Expr, function: FunctionValue, evaluator: Evaluator) -> Value:
    scope: Scope = function.scope
    return evaluator.settled(evaluator.eval_in(expr, function.file, scope))


def _expressions(function: Function, facts: FileFacts) -> Iterator[Expr]:
    """Every expression of a function: its decorators and signature first, then its body."""
    parameters = [part for it in function.parameters for part in (it.annotation, it.default)]
    signature = [*function.decorators, *parameters, function.returns]
    outside = (expr for given in signature if given is not None for expr in walk.inner(given))
    return chain(outside, walk.deep_expressions(function, facts))
