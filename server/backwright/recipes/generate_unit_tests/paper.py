"""Runs a function on paper, with plain values and with mocks for what is outside.

Nothing of the project is executed. Only what is surely known is followed: anything else ends the
run as unread, so that no test rests on it.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass, field

from backwright.recipes.generate_unit_tests.source import Source
from backwright.recipes.generate_unit_tests.values import (
    Outside,
    Own,
    Symbol,
    Thrown,
    Unread,
)

_MAX_STEPS = 2000
_BINARY: dict[type[ast.operator], Callable[..., object]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_COMPARED: dict[type[ast.cmpop], Callable[..., object]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_PURE: dict[str, Callable[..., object]] = {
    "len": len, "min": min, "max": max, "sum": sum, "abs": abs, "round": round, "int": int,
    "float": float, "bool": bool, "str": str, "sorted": sorted,
}  # fmt: skip
_METHODS = frozenset(
    {"upper", "lower", "strip", "startswith", "endswith", "split", "isdigit", "get", "append"}
)
_PLAIN = (str, int, float, bool, type(None), list, tuple, dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What mocks are set to: values by expression, and the one call that fails with an error."""

    values: tuple[tuple[str, object], ...] = ()
    fails: tuple[str, str] | None = None

    def sets(self, text: str) -> bool:
        return any(it == text for it, _ in self.values)


class _Returned(Exception):
    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


@dataclass(slots=True)
class Paper:
    """One run. It notes the way that it took, what was called outside, and what else a mock could
    answer that the code would ask about (`ideas`)."""

    source: Source
    scenario: Scenario
    trace: list[tuple[int, bool]] = field(default_factory=list)
    calls: list[tuple[str, tuple[object, ...], tuple[tuple[str, object], ...]]] = field(
        default_factory=list
    )
    patched: dict[str, str] = field(default_factory=dict)
    ideas: list[Scenario] = field(default_factory=list)
    handlers: list[list[str]] = field(default_factory=list)
    steps: int = 0
    depth: int = 0

    def enter(
        self, function: ast.FunctionDef, given: dict[str, object], this: Own | None = None
    ) -> object:
        """What the function returns; an error of the code is a `Thrown`."""
        if function.decorator_list or self.depth > 8 or function.args.vararg or function.args.kwarg:
            raise Unread
        names = dict(given)
        if this is not None:
            names[function.args.args[0].arg] = this
        self.depth += 1
        try:
            self.block(function.body, names)
        except _Returned as it:
            return it.value
        finally:
            self.depth -= 1
        return None

    def make(self, class_: ast.ClassDef, given: dict[str, object]) -> Own:
        made = Own(class_.name)
        init = method_of(class_, "__init__")
        if class_.bases or class_.decorator_list:
            raise Unread
        if init is not None:
            self.enter(init, given, made)
        return made

    # Statements

    def block(self, body: list[ast.stmt], names: dict[str, object]) -> None:
        for step in body:
            self.steps += 1
            if self.steps > _MAX_STEPS:
                raise Unread
            self.step(step, names)

    def step(self, step: ast.stmt, names: dict[str, object]) -> None:
        match step:
            case ast.Pass():
                pass
            case ast.Expr(value):
                if not isinstance(value, ast.Constant):
                    self.eval(value, names)
            case ast.Return(value):
                raise _Returned(self.eval(value, names) if value else None)
            case ast.If(test, body, orelse):
                self.block(body if self.test(test, names) else orelse, names)
            case ast.Raise(exc=exc) if exc is not None:
                raise self.thrown(exc, names)
            case ast.Try(finalbody=[]):
                self.attempt(step, names)
            case _:
                self.other_step(step, names)

    def other_step(self, step: ast.stmt, names: dict[str, object]) -> None:
        match step:
            case ast.Assign([target], value):
                self.bind(target, self.eval(value, names), names)
            case ast.AnnAssign(target, _, ast.expr() as value):
                self.bind(target, self.eval(value, names), names)
            case ast.AugAssign(ast.Name(name) as target, op, value):
                read = ast.Name(name, ast.Load())
                self.bind(target, self.eval(ast.BinOp(read, op, value), names), names)
            case ast.For(target, over, body, [], _):
                items = self.eval(over, names)
                if not isinstance(items, list | tuple):
                    raise Unread
                for item in items:
                    self.bind(target, item, names)
                    self.block(body, names)
            case _:
                raise Unread

    def bind(self, target: ast.expr, value: object, names: dict[str, object]) -> None:
        match target:
            case ast.Name(name):
                names[name] = value
            case ast.Attribute(owner, name):
                held = self.eval(owner, names)
                if not isinstance(held, Own):
                    raise Unread
                held.fields[name] = value
            case _:
                raise Unread

    def thrown(self, expr: ast.expr, names: dict[str, object]) -> Thrown:
        if isinstance(expr, ast.Call):
            arguments = tuple(self.eval(it, names) for it in expr.args)
            return Thrown(ast.unparse(expr.func), () if expr.keywords else arguments)
        return Thrown(ast.unparse(expr))

    def attempt(self, step: ast.Try, names: dict[str, object]) -> None:
        caught = [_caught_names(it) for it in step.handlers]
        self.handlers.append([name for group in caught for name in group])
        try:
            self.block(step.body, names)
        except Thrown as error:
            self.handlers.pop()
            for handler, group in zip(step.handlers, caught, strict=True):
                if any(self.catches(error, it) for it in group):
                    self.trace.append((handler.lineno, True))
                    if handler.name and error.made:
                        names[handler.name] = Symbol("error")
                    self.block(handler.body, names)
                    return
            raise
        except BaseException:
            self.handlers.pop()
            raise
        self.handlers.pop()
        self.block(step.orelse, names)

    def catches(self, error: Thrown, name: str) -> bool:
        if self.source.descends(error.name, name):
            return True
        if not error.made and not (self.source.known(error.name) and self.source.known(name)):
            raise Unread  # how two classes from outside are related is not known
        return False

    def test(self, expr: ast.expr, names: dict[str, object]) -> bool:
        value = self.eval(expr, names)
        if isinstance(value, Symbol):
            self.suggest(value, None)
        elif not isinstance(value, _PLAIN):
            raise Unread
        holds = True if isinstance(value, Symbol) else bool(value)
        self.trace.append((_at(expr), holds))
        return holds

    def suggest(self, symbol: Symbol, *values: object) -> None:
        if symbol.text[-1] in ")]" or self.scenario.sets(symbol.text) or symbol.text == "error":
            return
        for value in values:
            more = (*self.scenario.values, (symbol.text, value))
            self.ideas.append(Scenario(more, self.scenario.fails))

    # Expressions

    def eval(self, expr: ast.expr, names: dict[str, object]) -> object:
        match expr:
            case ast.Constant(value) if isinstance(value, _PLAIN):
                return value
            case ast.Name(name):
                return self.name(name, names)
            case ast.Attribute(owner, name):
                return self.part(self.eval(owner, names), name)
            case ast.Call():
                return self.call(expr, names)
            case ast.Compare(left, [op], [right]):
                one, other = self.eval(left, names), self.eval(right, names)
                if isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE) and one == other:
                    self.trace.append((-_at(expr), True))  # at the edge
                return self.compare(op, one, other)
            case ast.BoolOp(op, values):
                for operand in values[:-1]:
                    if self.test(operand, names) is isinstance(op, ast.Or):
                        return isinstance(op, ast.Or)
                return self.test(values[-1], names)
            case _:
                return self.compound(expr, names)

    def compound(self, expr: ast.expr, names: dict[str, object]) -> object:
        match expr:
            case ast.BinOp(left, op, right):
                return self.binary(op, self.eval(left, names), self.eval(right, names))
            case ast.UnaryOp(ast.Not(), operand):
                return not self.test(operand, names)
            case ast.UnaryOp(ast.USub(), ast.Constant(int() | float() as value)):
                return -value
            case ast.IfExp(test, body, orelse):
                return self.eval(body if self.test(test, names) else orelse, names)
            case ast.List(elts):
                return [self.eval(it, names) for it in elts]
            case ast.Tuple(elts):
                return tuple(self.eval(it, names) for it in elts)
            case ast.Dict(keys, values) if all(isinstance(it, ast.Constant) for it in keys):
                found = [self.eval(it, names) for it in values]
                return {
                    it.value: value
                    for it, value in zip(keys, found, strict=True)
                    if isinstance(it, ast.Constant)
                }
            case ast.Subscript(owner, key):
                return self.element(self.eval(owner, names), self.eval(key, names))
            case ast.JoinedStr(values):
                return self.joined(values, names)
            case _:
                raise Unread

    def joined(self, parts: list[ast.expr], names: dict[str, object]) -> object:
        found: list[str] = []
        for part in parts:
            if isinstance(part, ast.FormattedValue):
                if part.format_spec is not None or part.conversion != -1:
                    raise Unread
                value = self.eval(part.value, names)
            else:
                value = self.eval(part, names)
            if isinstance(value, Symbol) or not isinstance(value, str | int | float):
                raise Unread
            found.append(str(value))
        return "".join(found)

    def name(self, name: str, names: dict[str, object]) -> object:
        if name in names:
            return names[name]
        if name in self.source.assigned:
            return self.constant(name)
        if self.source.mockable(name):
            return Outside(name)
        raise Unread

    def constant(self, name: str) -> object:
        """A constant of the module; what it makes by a call to outside is mocked as a whole."""
        value = self.source.assigned[name]
        if isinstance(value, ast.Call):
            root = ast.unparse(value.func).partition(".")[0]
            if not self.source.mockable(root):
                raise Unread
            self.patched[name] = name
            return Symbol(name)
        self.depth += 1
        if self.depth > 20:
            raise Unread
        found = self.eval(value, {})
        self.depth -= 1
        return found

    def part(self, owner: object, name: str) -> object:
        match owner:
            case Own(_, fields) if name in fields:
                return fields[name]
            case Symbol(text):
                found = f"{text}.{name}"
                return next((it for key, it in self.scenario.values if key == found), Symbol(found))
            case Outside(path):
                return Outside(f"{path}.{name}")
            case _:
                raise Unread

    def element(self, owner: object, key: object) -> object:
        match owner, key:
            case Symbol(text), str() | int():
                return Symbol(f"{text}[{key!r}]")
            case dict() | list() | tuple(), str() | int():
                return owner[key]  # type: ignore[index]
            case _:
                raise Unread

    def compare(self, op: ast.cmpop, left: object, right: object) -> object:
        if isinstance(op, ast.Is | ast.IsNot) and right is None:
            if isinstance(left, Symbol):
                self.suggest(left, None)
            elif not isinstance(left, _PLAIN):
                raise Unread
            return (left is None) is isinstance(op, ast.Is)
        if isinstance(op, ast.In | ast.NotIn) and isinstance(right, list | tuple | dict | str):
            if isinstance(left, Symbol):
                self.suggest(left, *list(right)[:3], "other")
            elif isinstance(left, _PLAIN):
                return (left in right) is isinstance(op, ast.In)
            raise Unread
        return self.binary(op, left, right)

    def binary(self, op: ast.operator | ast.cmpop, left: object, right: object) -> object:
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Symbol):
                self.suggest(one, *_near(other))
        if not isinstance(left, _PLAIN) or not isinstance(right, _PLAIN):
            raise Unread
        if isinstance(op, ast.Mult | ast.Mod) and isinstance(left, str | list | tuple):
            raise Unread
        done = _BINARY.get(type(op)) if isinstance(op, ast.operator) else _COMPARED.get(type(op))
        if done is None:
            raise Unread
        return done(left, right)

    # Calls

    def call(self, call: ast.Call, names: dict[str, object]) -> object:
        if any(isinstance(it, ast.Starred) for it in call.args):
            raise Unread
        keywords: list[tuple[str, object]] = []
        given = tuple(self.eval(it, names) for it in call.args)
        for it in call.keywords:
            if it.arg is None:
                raise Unread
            keywords.append((it.arg, self.eval(it.value, names)))
        return self.apply(call.func, names, given, tuple(keywords))

    def apply(
        self,
        function: ast.expr,
        names: dict[str, object],
        given: tuple[object, ...],
        keywords: tuple[tuple[str, object], ...],
    ) -> object:
        match function:
            case ast.Name(name) if name in self.source.functions and name not in names:
                followed = self.source.functions[name]
                return self.enter(followed, arguments_of(followed, given, keywords))
            case ast.Name("str") if given == (Symbol("error"),):
                return Symbol("str(error)")
            case ast.Name(name) if name in _PURE and name not in names and not keywords:
                if not all(_is_plain(it) for it in given):
                    raise Unread
                if name in {"min", "max"} and len(given) == 2:
                    self.trace.append((_at(function), _PURE[name](*given) == given[0]))
                return _PURE[name](*given)
            case ast.Attribute(owner, name):
                held = self.eval(owner, names)
                if isinstance(held, Own) and name not in held.fields:
                    method = method_of(self.source.classes[held.class_], name)
                    if method is None:
                        raise Unread
                    return self.enter(method, arguments_of(method, given, keywords, 1), held)
                if name in _METHODS and isinstance(held, str | dict | list):
                    return getattr(held, name)(*given)
                return self.mocked(self.part(held, name), given, keywords)
            case _:
                return self.mocked(self.eval(function, names), given, keywords)

    def mocked(
        self, function: object, given: tuple[object, ...], keywords: tuple[tuple[str, object], ...]
    ) -> object:
        if isinstance(function, Outside):
            local = function.path.replace(".", "_").lower()
            self.patched[function.path] = local if "." in function.path else f"{local}_mock"
            function = Symbol(self.patched[function.path])
        if not isinstance(function, Symbol) or function.text.startswith("error."):
            raise Unread
        self.calls.append((function.text, given, keywords))
        for name in self.handlers[-1] if self.handlers and self.scenario.fails is None else ():
            self.ideas.append(Scenario(self.scenario.values, (function.text, name)))
        if self.scenario.fails is not None and self.scenario.fails[0] == function.text:
            raise Thrown(self.scenario.fails[1], made="error")
        found = f"{function.text}.return_value"
        return next((it for key, it in self.scenario.values if key == found), Symbol(found))


def method_of(class_: ast.ClassDef, name: str) -> ast.FunctionDef | None:
    return next(
        (it for it in class_.body if isinstance(it, ast.FunctionDef) and it.name == name), None
    )


def arguments_of(
    function: ast.FunctionDef,
    given: tuple[object, ...],
    keywords: tuple[tuple[str, object], ...],
    skipped: int = 0,
) -> dict[str, object]:
    """The parameters with their arguments; those that are left out need a plain default."""
    positional = function.args.args[skipped:]
    names = [it.arg for it in (*positional, *function.args.kwonlyargs)]
    found = dict(zip((it.arg for it in positional), given, strict=False)) | dict(keywords)
    for name, default in defaults_of(function).items():
        if name not in found:
            if not isinstance(default, ast.Constant):
                raise Unread
            found[name] = default.value
    if found.keys() != set(names) or len(given) > len(positional):
        raise Unread
    return found


def defaults_of(function: ast.FunctionDef) -> dict[str, ast.expr]:
    taken = function.args.args
    late = taken[len(taken) - len(function.args.defaults) :]
    found = {it.arg: value for it, value in zip(late, function.args.defaults, strict=True)}
    pairs = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    return found | {it.arg: value for it, value in pairs if value is not None}


def _is_plain(value: object) -> bool:
    match value:
        case list() | tuple():
            return all(_is_plain(it) for it in value)
        case dict():
            return all(_is_plain(it) for it in value.values())
        case _:
            return isinstance(value, _PLAIN)


def _at(expr: ast.expr) -> int:
    """A number for where the expression stands."""
    return expr.lineno * 1000 + expr.col_offset


def _near(value: object) -> tuple[object, ...]:
    """Values on both sides of one that a mock's is compared with."""
    match value:
        case bool() | None:
            return (value, not value)
        case int() | float():
            return (value, value - 1, value + 1)
        case str():
            return (value, f"not {value}")
        case _:
            return ()


def _caught_names(handler: ast.ExceptHandler) -> list[str]:
    match handler.type:
        case None:
            return ["Exception"]
        case ast.Tuple(elts):
            return [ast.unparse(it) for it in elts]
        case it:
            return [ast.unparse(it)]
