"""Steps: assignments, loops, branches and definitions."""

from __future__ import annotations

from backwright.facts import code
from backwright.facts.code import Expr, Step
from backwright.index.evaluation import loading
from backwright.index.evaluation.conditions import decided
from backwright.index.evaluation.runner import MAX_ROUNDS, Frame, Runner
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    FunctionValue,
    Map,
    Method,
    Object,
    Pending,
    Scope,
    Seq,
    Str,
    Unknown,
    Value,
    says_less,
)


def run(runner: Runner, steps: list[Step], frame: Frame) -> None:
    for step in steps:
        runner.steps += 1
        if runner.steps > runner.limit or frame.ended:
            return
        _step(runner, step, frame)


def bind(
    runner: Runner, target: Expr, value: Value, frame: Frame, *, declares: bool = True
) -> None:
    match target:
        case code.Name(name):
            _bind_name(runner, name, value, frame, declares=declares)
        case code.Member(owner, name):
            _set(runner.eval(owner, frame), name, value)
        case code.Table(entries):
            for key, inner in entries:
                if isinstance(key, code.Text):
                    runner.bind(inner, runner.attribute(value, key.value), frame)
        case code.Items(values):
            items = value.items if isinstance(value, Seq) else []
            for number, inner in enumerate(values):
                held = items[number] if number < len(items) else Unknown()
                runner.bind(inner, held, frame)
        case code.Element(owner, key_expr):
            table, at = runner.eval(owner, frame), runner.eval(key_expr, frame)
            if isinstance(table, Map) and isinstance(at, Str) and at.known:
                table.items[at.text] = value
        case _:
            pass


def iterated(value: Value) -> list[Value]:
    if isinstance(value, Seq):
        return value.items[:MAX_ROUNDS]
    if isinstance(value, Map):
        return [Str((key,)) for key in list(value.items)[:MAX_ROUNDS]]
    return [Unknown()]


def _step(runner: Runner, step: Step, frame: Frame) -> None:
    match step:
        case code.Assign(target, None):
            _reserve(target, frame)
        case code.Assign(target, value) if value is not None:
            runner.bind(target, runner.eval(value, frame), frame, declares=step.declares)
        case code.Do(value):
            runner.eval(value, frame)
        case code.Return(value):
            returned = runner.eval(value, frame) if value is not None else Const(None)
            if frame.returned is None or says_less(frame.returned):
                frame.returned = returned
            frame.ended = frame.sure > 0 and frame.unsure == 0
        case code.Branch(test, body, otherwise):
            _branch(runner, test, body, otherwise, frame)
        case code.Loop(target, iterable, body):
            frame.unsure += 1
            for item in runner.iterated(runner.eval(iterable, frame)):
                runner.bind(target, item, frame)
                runner.run(body, frame)
            frame.unsure -= 1
        case code.Attempt():
            _attempt(runner, step, frame)
        case _:
            _declare(runner, step, frame)


def _branch(
    runner: Runner, test: Expr, body: list[Step], otherwise: list[Step], frame: Frame
) -> None:
    holds = decided(runner, test, frame) if frame.passed or frame.itself else None
    if holds is None:
        frame.unsure += 1
        runner.run(body, frame)
        runner.run(otherwise, frame)
        frame.unsure -= 1
        return
    frame.sure += 1
    runner.run(body if holds else otherwise, frame)
    frame.sure -= 1


def _declare(runner: Runner, step: Step, frame: Frame) -> None:
    match step:
        case code.Import():
            loading.import_(runner, step, frame)
        case code.Export():
            loading.export(runner, step, frame)
        case code.ExportFrom():
            loading.export_from(runner, step, frame)
        case code.Define(number):
            _define(runner, frame.module.facts.functions[number], frame)
        case code.DefineClass(number):
            _define_class(runner, frame.module.facts.classes[number], frame)
        case _:
            pass


def _reserve(target: Expr, frame: Frame) -> None:
    """`let server;`: what is assigned to the name later stays in this scope."""
    in_class = isinstance(frame.scope.this, ClassValue)
    if isinstance(target, code.Name) and frame.module.facts.language != "python" and not in_class:
        frame.scope.names.setdefault(target.name, Unknown())


def _attempt(runner: Runner, step: code.Attempt, frame: Frame) -> None:
    frame.unsure += 1
    runner.run(step.body, frame)
    outer, frame.weak = frame.weak, True
    for _, body in step.handlers:
        runner.run(body, frame)
    frame.weak = outer
    frame.unsure -= 1


def _bind_name(runner: Runner, name: str, value: Value, frame: Frame, *, declares: bool) -> None:
    scope = frame.scope if declares else _owner_of(name, frame.scope)
    present = scope.names.get(name)
    if present is not None and (frame.weak or _shadows(runner, present, value)):
        return
    if isinstance(value, Object) and not value.name:
        value.name = name
    scope.names[name] = value


def _shadows(runner: Runner, present: Value, value: Value) -> bool:
    """`app = Middleware(app)`: what routes are registered on stays what the name means."""
    is_registrar = runner.observer.is_registrar
    return is_registrar(present) and not is_registrar(value)


def _owner_of(name: str, scope: Scope) -> Scope:
    """The scope that binds `name`, the present one when none does."""
    found: Scope | None = scope
    while found is not None:
        if name in found.names:
            return found
        found = found.parent
    return scope


def _set(owner: Value, name: str, value: Value) -> None:
    match owner:
        case Object():
            owner.attributes[name] = value
            if isinstance(value, Object) and not value.name:
                value.name = name
        case Map():
            owner.items[name] = value
        case FunctionValue():
            owner.attributes[name] = value
        case ClassValue():
            owner.scope.names[name] = value
        case _:
            pass


def _define(runner: Runner, facts: code.Function, frame: Frame) -> None:
    class_ = frame.scope.this if isinstance(frame.scope.this, ClassValue) else None
    in_class = class_ is not None and class_.scope is frame.scope
    scope = frame.scope.parent if in_class and frame.scope.parent else frame.scope
    function = FunctionValue(facts, frame.module.file, scope, None, class_ if in_class else None)
    frame.scope.names[facts.name] = function
    function.decorators += [runner.eval(decorator, frame) for decorator in facts.decorators]
    _decorate(runner, function, function.decorators)


def _define_class(runner: Runner, facts: code.Class, frame: Frame) -> None:
    bases = [runner.eval(base.value, frame) for base in facts.bases if not base.name]
    scope = Scope(frame.module.file, frame.scope)
    class_ = ClassValue(facts, frame.module.file, scope, bases)
    scope.this = class_
    frame.scope.names[facts.name] = class_
    runner.run(facts.steps, Frame(frame.module, scope))
    class_.decorators += [runner.eval(decorator, frame) for decorator in facts.decorators]
    _decorate(runner, class_, class_.decorators)


def _decorate(runner: Runner, target: FunctionValue | ClassValue, decorators: list[Value]) -> None:
    """A decorator of a framework gets the target; one of the project may pass it on to such one."""
    for decorator in reversed(decorators):
        if isinstance(decorator, Pending):
            runner.observer.applied(decorator, target)
        elif isinstance(decorator, FunctionValue):
            runner.call_function(decorator, Arguments([target]))
        elif isinstance(decorator, Method):  # @router.before_request
            receiver, given = decorator.object, Arguments([target])
            runner.observer.method_called(receiver, decorator.name, given, receiver.site)
