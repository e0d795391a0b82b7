"""Expressions: what each kind comes to."""

from __future__ import annotations

import posixpath

from backwright.facts import code
from backwright.facts.code import Expr
from backwright.index import builtin_calls
from backwright.index.evaluation import implicit, members
from backwright.index.evaluation.conditions import decided
from backwright.index.evaluation.runner import MAX_NESTING, Frame, Runner
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    External,
    FunctionValue,
    Map,
    Object,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
    join,
    says_less,
)


def evaluate(runner: Runner, expr: Expr, frame: Frame) -> Value:
    match expr:
        case code.Text(value, symbol):
            return Str((value,), symbol)
        case code.Name(name):
            return _name(runner, name, frame)
        case code.Number(value):
            return Const(value)
        case code.Constant(name):
            return Const({"true": True, "false": False}.get(name))
        case code.Lambda(number):
            facts = frame.module.facts.functions[number]
            return FunctionValue(facts, frame.module.file, frame.scope, frame.scope.this)
        case _ if runner.nesting >= MAX_NESTING:
            return Unknown()
        case _:
            runner.nesting += 1
            found = _compound(runner, expr, frame)
            runner.nesting -= 1
            return found


def _compound(runner: Runner, expr: Expr, frame: Frame) -> Value:
    match expr:
        case code.Member() if frame.module.facts.language == "ruby":
            return implicit.member(runner, expr, frame)
        case code.Member(owner, name):
            return runner.attribute(runner.eval(owner, frame), name)
        case code.Call():
            return runner.call(expr, frame)
        case code.Template(parts):
            return _joined([runner.eval(part, frame) for part in parts])
        case code.Items(values):
            return _sequence(runner, values, frame)
        case code.Table():
            return _table(runner, expr, frame)
        case code.Operation():
            return _operation(runner, expr, frame)
        case code.Choice():
            return _choice(runner, expr, frame)
        case code.Element(owner, key):
            return _element(runner, runner.eval(owner, frame), key, frame)
        case _:
            return Unknown()


def _name(runner: Runner, name: str, frame: Frame) -> Value:
    if name == "this":
        return frame.scope.this or Unknown()
    found = frame.scope.find(name)
    if found is not None:
        return runner.settled(found)
    if frame.module.facts.language == "ruby":
        return implicit.name(runner, name, frame)
    if name in _OF_FILE:
        return _of_file(name, frame.module.file)
    if frame.module.stars:
        return External(f"{frame.module.stars[-1]}.{name}")
    return External(f"builtins.{name}") if builtin_calls.is_builtin(name) else Unknown()


def _of_file(name: str, file: str) -> Value:
    """What scripts know of their own file; paths are those of the workspace."""
    folder = Str((posixpath.dirname(file) or ".",))
    own = Str((file,))
    if name == "import.meta":
        return Map({"url": own, "filename": own, "dirname": folder})
    return folder if name == "__dirname" else own


_OF_FILE = frozenset({"import.meta", "__dirname", "__filename"})


def _joined(parts: list[Value]) -> Value:
    if any(isinstance(part, Seq) for part in parts):  # what is no list stands for what it holds
        return Seq(_flat(parts))
    if parts and all(isinstance(part, Const) for part in parts):
        return builtin_calls.arithmetic("+", parts)
    return join([members.as_text(part) for part in parts])


def _flat(parts: list[Value]) -> list[Value]:
    return [it for part in parts for it in (part.items if isinstance(part, Seq) else [part])]


def _sequence(runner: Runner, values: list[Expr], frame: Frame) -> Seq:
    items: list[Value] = []
    for value in values:
        if isinstance(value, code.Operation) and value.operator == "*":
            inner = runner.eval(value.operands[0], frame)
            items += inner.items if isinstance(inner, Seq) else [Unknown()]
        else:
            items.append(runner.eval(value, frame))
    return Seq(items)


def _table(runner: Runner, expr: code.Table, frame: Frame) -> Map:
    table = Map()
    for key, value in expr.entries:
        held = runner.eval(value, frame)
        name = runner.eval(key, frame) if key is not None else None
        if isinstance(name, Str) and name.known:
            table.items[name.text] = held
        elif key is None and isinstance(held, Map):
            table.items.update(held.items)
        else:
            table.whole = False
    return table


def _operation(runner: Runner, expr: code.Operation, frame: Frame) -> Value:
    if expr.operator == "for":
        return _comprehension(runner, expr, frame)
    values = [runner.eval(operand, frame) for operand in expr.operands]
    if expr.operator == "=>":
        return implicit.pair(values, frame)
    if expr.operator in {"or", "||", "??"}:
        return next((it for it in values if not says_less(it)), values[-1])
    if expr.operator in {"and", "&&"}:
        return values[-1]
    if expr.operator in {"&", "|"} and all(
        isinstance(it, External | ClassValue | Seq) for it in values
    ):
        return Seq(values)  # of permissions that are put together
    return builtin_calls.arithmetic(expr.operator, values)


def _comprehension(runner: Runner, expr: code.Operation, frame: Frame) -> Value:
    body, target, source = expr.operands
    over = runner.eval(source, frame)
    items = []
    for item in runner.iterated(over):
        runner.bind(target, item, frame)
        items.append(runner.eval(body, frame))
    return Seq(items) if isinstance(over, Seq | Map) else Unknown()


def _choice(runner: Runner, expr: code.Choice, frame: Frame) -> Value:
    holds = decided(runner, expr.test, frame)
    if holds is not None:
        return runner.eval(expr.then if holds else expr.otherwise, frame)
    then, otherwise = runner.eval(expr.then, frame), runner.eval(expr.otherwise, frame)
    if isinstance(then, Str) and isinstance(otherwise, Str) and then != otherwise:
        return Str((None,))
    return otherwise if says_less(then) else then


def _element(runner: Runner, owner: Value, key: Expr, frame: Frame) -> Value:
    owner = runner.settled(owner)
    if isinstance(owner, External) and owner.origin.endswith(".Annotated"):
        parts = key.values if isinstance(key, code.Items) else [key]
        values = [runner.eval(part, frame) for part in parts]
        return Object(owner.origin, Arguments(values), Site(frame.module.file, 0, 0, 0))
    if isinstance(owner, External | ClassValue):  # a generic type with its argument
        return owner
    at = runner.eval(key, frame)
    if isinstance(owner, Seq) and isinstance(at, Const) and isinstance(at.value, int):
        inside = -len(owner.items) <= at.value < len(owner.items)
        return runner.settled(owner.items[at.value]) if inside else Unknown()
    if isinstance(owner, Map) and isinstance(at, Str) and at.known:
        return runner.settled(owner.items.get(at.text, Unknown()))
    if isinstance(owner, Object) and isinstance(at, Str) and at.known:
        return runner.attribute(owner, at.text)  # client[method](path)
    return Unknown()
