"""What an expression anywhere in a project comes to, in functions that nothing runs too.

The evaluator has run the modules; here the names that a function itself binds are added: its own
imports and assignments, the types of its parameters, what its class keeps in `self` or `this`.
Asking may run functions of the project, so it is done when the evaluator's observer is done.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.code import Class, Expr, Function
from backwright.index.calls import Where
from backwright.index.evaluate import Evaluator
from backwright.index.jobs.libraries import injecting
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    External,
    Map,
    Object,
    Scope,
    Seq,
    Site,
    Unknown,
    Value,
)

MAX_HOPS = 8

_SELF = (code.Name("self"), code.Name("cls"), code.Name("this"))

_Binding = code.Import | code.Assign | code.Loop | code.Parameter


@dataclass(slots=True)
class Scopes:
    evaluator: Evaluator
    _bound: dict[tuple[str, int], dict[str, list[_Binding]]] = field(default_factory=dict)
    _fields: dict[tuple[str, int], Object] = field(default_factory=dict)
    _hops: int = 0

    def value(self, expr: Expr, where: Where) -> Value:
        """What `expr` comes to at `where`; Unknown where that depends on what is passed in."""
        module = self.evaluator.module(where.file)
        if module is None or self._hops > MAX_HOPS:
            return Unknown()
        self._hops += 1
        try:
            scope = Scope(where.file, module.scope)
            for name in {it.name for it in walk.inner(expr) if isinstance(it, code.Name)}:
                self._add(scope, name, where)
            return self.evaluator.eval_in(expr, where.file, scope)
        finally:
            self._hops -= 1

    def arguments(
        self, call: code.Call, where: Where, places: Collection[int | str] | None = None
    ) -> Arguments:
        """The call's arguments; those that stand at none of `places` stay unknown."""
        found = Arguments()
        for argument in call.arguments:
            if argument.name == "*":
                spread = self.value(argument.value, where)
                found.positional += spread.items if isinstance(spread, Seq) else [Unknown()]
                continue
            if argument.name == "**":
                spread = self.value(argument.value, where)
                found.keywords.update(spread.items if isinstance(spread, Map) else {})
                continue
            place = argument.name or len(found.positional)
            wanted = places is None or place in places
            value = self.value(argument.value, where) if wanted else Unknown()
            if argument.name:
                found.keywords[argument.name] = value
            else:
                found.positional.append(value)
        return found

    def _add(self, scope: Scope, name: str, where: Where) -> None:
        """Binds `name` in `scope` when a function around `where` binds it."""
        for depth in range(len(where.functions), 0, -1):
            function = where.functions[depth - 1]
            bindings = self.bindings(function, where.file).get(name)
            if bindings is None:
                continue
            if _is_self(name, function, where):
                break
            inside = Where(where.facts, where.functions[:depth], where.class_)
            scope.names[name] = self._first_known(bindings, name, inside)
            return
        if name in {"self", "cls", "this"} and where.class_ is not None:
            scope.names[name] = scope.this = self._instance(where.class_, where)

    def _first_known(self, bindings: list[_Binding], name: str, where: Where) -> Value:
        for binding in bindings:
            value = self._bound_value(binding, name, where)
            if not isinstance(value, Unknown) and value != Const(None):
                return value
        return Unknown(name)

    def bindings(self, function: Function, file: str) -> dict[str, list[_Binding]]:
        """What binds each name that the function binds itself."""
        key = (file, function.start)
        if key not in self._bound:
            found: dict[str, list[_Binding]] = {}
            for parameter in function.parameters:
                for name in [parameter.name, *_names(parameter.pattern)]:
                    found.setdefault(name, []).append(parameter)
            for step in walk.steps(function.steps):
                for name in _bound_names(step):
                    if isinstance(step, code.Import | code.Assign | code.Loop):
                        found.setdefault(name, []).append(step)
            self._bound[key] = found
        return self._bound[key]

    def _bound_value(self, binding: _Binding, name: str, where: Where) -> Value:
        match binding:
            case code.Import():
                return self._imported(binding, where)
            case code.Assign():
                value = binding.value
                if value is None or (isinstance(value, code.Template) and _holds(value, name)):
                    return Unknown()
                return _taken(self, binding.target, self.value(value, where), name)
            case code.Parameter():
                return self._typed(binding, where)
            case code.Loop():
                return Unknown()

    def _imported(self, step: code.Import, where: Where) -> Value:
        modules = self.evaluator.modules
        if where.facts.language != "python":
            return Unknown()
        path = modules.python(where.file, step.module)
        if path is None:
            outside = f"{step.module}.{step.name}" if step.name else step.module
            return Unknown() if step.module.startswith(".") else External(outside)
        module = self.evaluator.module(path) if path in modules.files else None
        if not step.name:
            return module or Unknown()
        if module is not None:
            return self.evaluator.attribute(module, step.name)
        inner = modules.python(where.file, f"{step.module.rstrip('.')}.{step.name}")
        return (self.evaluator.module(inner) if inner in modules.files else None) or Unknown()

    def _typed(self, parameter: code.Parameter, where: Where) -> Value:
        """A parameter by its type: an object of that class, made by whoever calls."""
        if not where.functions:
            return Unknown(parameter.name)
        if (given := self._injected(parameter.decorators, where)) is not None:
            return given
        if parameter.annotation is None:
            return Unknown(parameter.name)
        outside = Where(where.facts, where.functions[:-1], where.class_)
        type_ = self.value(parameter.annotation, outside)
        if isinstance(type_, Object) and type_.origin.endswith(".Annotated"):
            type_ = type_.arguments.get((0,)) or Unknown()
        function = where.functions[-1]
        site = Site(where.file, function.start, function.end, function.line)
        if isinstance(type_, External):
            return Object(type_.origin, Arguments(), site, assumed=True)
        if isinstance(type_, ClassValue):
            origin = next((it.origin for it in type_.lineage() if isinstance(it, External)), "")
            return Object(origin, Arguments(), site, type_, assumed=True)
        return Unknown(parameter.name)

    def _injected(self, decorators: Sequence[Expr], where: Where) -> Object | None:
        """What a decorator says is given: `@InjectQueue("audio") queue: Queue`."""
        values = (self.value(it, Where(where.facts)) for it in decorators)
        known = (it for it in values if isinstance(it, Object) and it.origin in injecting())
        return next(known, None)

    def _instance(self, class_: Class, where: Where) -> Object:
        """What `self` is in the class: its attributes are what its methods assign to them."""
        key = (where.file, class_.start)
        if key in self._fields:
            return self._fields[key]
        site = Site(where.file, class_.start, class_.end, class_.line)
        value = self.value(code.Name(class_.name), Where(where.facts))
        made = Object("", Arguments(), site, value if isinstance(value, ClassValue) else None)
        self._fields[key] = made
        outside = Where(where.facts, (), class_)
        for step in walk.steps(class_.steps):
            if isinstance(step, code.Assign) and isinstance(step.target, code.Name):
                self._keep(made, step.target.name, step, outside)
            elif isinstance(step, code.Define):
                method = where.facts.functions[step.function]
                for inner in walk.steps(method.steps):
                    name = _of_self(inner.target) if isinstance(inner, code.Assign) else ""
                    if isinstance(inner, code.Assign) and name:
                        self._keep(made, name, inner, outside.within(method))
        return made

    def _keep(self, made: Object, name: str, step: code.Assign, where: Where) -> None:
        if given := self._injected(step.decorators, where):
            made.attributes.setdefault(name, given)
        if name in made.attributes or step.value is None:
            return
        value = self.value(step.value, where)
        if not isinstance(value, Unknown) and value != Const(None):
            made.attributes[name] = value


def _is_self(name: str, function: Function, where: Where) -> bool:
    """Whether `name` is the instance that a method of Python is called on."""
    first = function.parameters[0].name if function.parameters else ""
    method = where.class_ is not None and function is where.functions[0]
    return method and name == first and name in {"self", "cls"}


def _of_self(target: Expr) -> str:
    """The attribute of the instance that is assigned to, else ""."""
    if isinstance(target, code.Member) and target.object in _SELF:
        return target.name
    return ""


def _bound_names(step: code.Step) -> list[str]:
    match step:
        case code.Import():
            return [step.local.split(".")[0]]
        case code.Assign() | code.Loop():
            return _names(step.target)
        case _:
            return []


def _names(target: Expr | None) -> list[str]:
    match target:
        case code.Name(name):
            return [name]
        case code.Table(entries):
            return [name for _, value in entries for name in _names(value)]
        case code.Items(values):
            return [name for value in values for name in _names(value)]
        case _:
            return []


def _taken(scopes: Scopes, target: Expr, value: Value, name: str) -> Value:
    """The part of `value` that `name` gets when it is assigned to `target`."""
    if isinstance(target, code.Name):
        return value
    if isinstance(target, code.Table):
        for key, inner in target.entries:
            if isinstance(key, code.Text) and name in _names(inner):
                return scopes.evaluator.attribute(value, key.value)
    if isinstance(target, code.Items) and isinstance(value, Seq):
        for inner, item in zip(target.values, value.items, strict=False):
            if name in _names(inner):
                return item
    return Unknown()


def _holds(expr: Expr, name: str) -> bool:
    return any(isinstance(it, code.Name) and it.name == name for it in walk.inner(expr))
