"""Whether a part of a string is fixed by the program: a constant, a number, a placeholder.

This is light on purpose. It looks at one function: what is passed in is not constant, unless its
type is a number; what modules and instances hold counts as constant, since the program put it
there. A name that is compared with a list of allowed ones counts as checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.code import Expr, Function
from backwright.index.calls import Where, called_name
from backwright.index.scopes import Scopes
from backwright.index.values import External, Unknown

_NUMBERS = frozenset({"int", "float", "bool", "Decimal", "UUID", "number", "bigint", "boolean"})
_CONVERSIONS = frozenset(
    {
        *("int", "float", "bool", "len", "abs", "round", "sum", "Number", "parseInt", "parseFloat"),
        *("BigInt", "Boolean", "range", "isoformat", "toISOString"),
    }
)
_QUOTING = re.compile(r"(?:^|_)(?:quote|ident|literal)|Quote|Ident|Literal")
"""Functions of a project that make a name safe say so."""
_ADDING = frozenset({"append", "push", "extend", "insert", "unshift", "add"})
_SAME = frozenset(
    {
        *("strip", "rstrip", "lstrip", "lower", "upper", "trim", "toLowerCase", "toUpperCase"),
        *("sort", "reverse", "concat", "slice", "filter", "keys", "values", "items"),
    }
)
_OF_TABLES = frozenset({"_meta", "__tablename__", "__table__"})
_MAX_HOPS = 12


@dataclass(slots=True)
class Constants:
    scopes: Scopes
    quoting: frozenset[str]
    requests: frozenset[str]
    """Origins of requests that are imported: what they hold comes from a client."""
    _added: dict[tuple[str, int], dict[str, list[Expr]]] = field(default_factory=dict)
    _checked: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict)
    _asked: list[str] = field(default_factory=list)

    def is_constant(self, expr: Expr, where: Where, safe: frozenset[str] = frozenset()) -> bool:
        """`safe` are names known to be constant there, such as a comprehension's own."""
        if len(self._asked) > _MAX_HOPS:
            return False
        match expr:
            case code.Text() | code.Number() | code.Constant():
                return True
            case code.Template() | code.Items() | code.Table():
                return all(self.is_constant(it, where, safe) for it in walk.parts(expr))
            case code.Choice(_, then, otherwise):
                return all(self.is_constant(it, where, safe) for it in (then, otherwise))
            case code.Operation():
                return self._operation(expr, where, safe)
            case code.Call():
                return self._call(expr, where, safe)
            case code.Name(name):
                return name in safe or self._name(name, where)
            case code.Member():
                return self._member(expr, where, safe)
            case code.Element():  # a table of allowed values
                return self.is_constant(expr.object, where, safe)
            case _:
                return False

    def _operation(self, expr: code.Operation, where: Where, safe: frozenset[str]) -> bool:
        if expr.operator == "for":
            body, target, source = expr.operands
            fixed = self.is_constant(source, where, safe)
            names = _names(target) if fixed else _counter(target, source)
            return self.is_constant(body, where, safe | names)
        if expr.operator == "*":  # "?" * n: the string is repeated
            return any(self.is_constant(it, where, safe) for it in expr.operands)
        if expr.operator in {"or", "||", "??", "and", "&&", "%", "*"}:
            return all(self.is_constant(it, where, safe) for it in expr.operands)
        return True  # other operators make numbers and truth values

    def _call(self, expr: code.Call, where: Where, safe: frozenset[str]) -> bool:
        name = called_name(expr)
        arguments = [it.value for it in expr.arguments]
        if name in _CONVERSIONS or name in self.quoting or _QUOTING.search(name):
            return True
        if not isinstance(expr.function, code.Member):
            return name in {"str", "String", "tuple", "list", "sorted", "set"} and all(
                self.is_constant(it, where, safe) for it in arguments
            )
        owner = expr.function.object
        if name in {"map", "fill"} and arguments:
            return self._mapped(arguments[0], where, safe)
        if name in {"repeat", *_SAME}:
            return self.is_constant(owner, where, safe)
        if name in {"join", "format", "get", "replace"}:
            return all(self.is_constant(it, where, safe) for it in [owner, *arguments[-1:]]) or (
                name == "get" and self.is_constant(owner, where, safe)
            )
        return False

    def _mapped(self, function: Expr, where: Where, safe: frozenset[str]) -> bool:
        """`ids.map((_, i) => "$" + i)`: the second parameter is a number."""
        if not isinstance(function, code.Lambda):
            return self.is_constant(function, where, safe)
        facts = where.facts.functions[function.function]
        known = safe | {it.name for it in facts.parameters[1:2]}
        returned = [it.value for it in walk.steps(facts.steps) if isinstance(it, code.Return)]
        inside = where.within(facts)
        return all(it is not None and self.is_constant(it, inside, known) for it in returned)

    def _name(self, name: str, where: Where) -> bool:
        for depth in range(len(where.functions), 0, -1):
            function = where.functions[depth - 1]
            bindings = self.scopes.bindings(function, where.file).get(name)
            if bindings is None:
                continue
            if name in self.checked(function, where):
                return True
            if name in self._asked:  # query += "…"
                return True
            inside = Where(where.facts, where.functions[:depth], where.class_)
            self._asked.append(name)
            try:
                added = self.added(function, where).get(name, [])
                return all(self._bound(it, inside) for it in bindings) and all(
                    self.is_constant(it, inside) for it in added
                )
            finally:
                self._asked.pop()
        value = self.scopes.value(code.Name(name), Where(where.facts))
        return not isinstance(value, Unknown) or _is_of_module(name, where)

    def _bound(
        self, binding: code.Import | code.Assign | code.Loop | code.Parameter, where: Where
    ) -> bool:
        match binding:
            case code.Import():
                return True
            case code.Assign(_, value):
                return value is None or self.is_constant(value, where)
            case code.Loop(_, iterable):
                return self.is_constant(iterable, where)
            case code.Parameter():
                return walk.type_text(binding.annotation) in _NUMBERS

    def _member(self, expr: code.Member, where: Where, safe: frozenset[str]) -> bool:
        names = walk.dotted(expr).split(".")
        if _OF_TABLES & set(names) or names[0] in {"self", "cls", "this"}:
            return True
        value = self.scopes.value(expr.object, where)
        if isinstance(value, External) and value.origin in self.requests:
            return False
        return self.is_constant(expr.object, where, safe)

    # What a function does with names

    def added(self, function: Function, where: Where) -> dict[str, list[Expr]]:
        """What is put into each list: `clauses.append(…)`."""
        key = (where.file, function.start)
        if key not in self._added:
            found: dict[str, list[Expr]] = {}
            for call in walk.calls(function.steps):
                target = call.function
                if isinstance(target, code.Member) and target.name in _ADDING:
                    values = found.setdefault(walk.dotted(target.object), [])
                    values += [it.value for it in call.arguments]
            self._added[key] = found
        return self._added[key]

    def checked(self, function: Function, where: Where) -> frozenset[str]:
        """Names of which a condition asks whether they are among others."""
        key = (where.file, function.start)
        if key not in self._checked:
            tests = [it.test for it in walk.steps(function.steps) if isinstance(it, code.Branch)]
            choices = walk.expressions(function.steps)
            tests += [it.test for it in choices if isinstance(it, code.Choice)]
            self._checked[key] = frozenset(name for test in tests for name in _compared(test))
        return self._checked[key]


def _compared(test: Expr) -> list[str]:
    found: list[Expr] = []
    for expr in walk.inner(test):
        if isinstance(expr, code.Operation) and expr.operator in {"in", "not in"}:
            found.append(expr.operands[0])
        elif isinstance(expr, code.Call) and called_name(expr) in {"includes", "has", "test"}:
            found += [it.value for it in expr.arguments]
    return [it.name for it in found if isinstance(it, code.Name)]


def _names(target: Expr) -> frozenset[str]:
    return frozenset(it.name for it in walk.inner(target) if isinstance(it, code.Name))


def _counter(target: Expr, source: Expr) -> frozenset[str]:
    """The number in `for i, id in enumerate(ids)`."""
    counted = isinstance(source, code.Call) and called_name(source) == "enumerate"
    if counted and isinstance(target, code.Items) and target.values:
        return _names(target.values[0])
    return frozenset()


def _is_of_module(name: str, where: Where) -> bool:
    """Whether the module binds it: settings count as constant though their value is not known."""
    return any(
        (isinstance(step, code.Assign) and step.target == code.Name(name))
        or (isinstance(step, code.Import) and step.local == name)
        for step in walk.steps(where.facts.steps)
    )
