"""Runs through a handler on paper: every way it can take, under which conditions, to which end.

Calls into the project are followed; what comes from outside stays a symbol. Nothing is executed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from backwright.facts import code, walk
from backwright.facts.code import Expr, Step
from backwright.recipes.generate_tests.fold import folded
from backwright.recipes.generate_tests.project import Project, ValueAt, required
from backwright.recipes.generate_tests.state import Condition, Flow, State
from backwright.recipes.generate_tests.values import (
    BODY,
    NONE,
    Code,
    Const,
    Each,
    Given,
    Joined,
    Kind,
    Listed,
    Made,
    Module,
    Outside,
    Part,
    Result,
    Test,
    Unknown,
    Value,
    mentioned,
)

MAX_DEPTH = 7
MAX_STATES = 400
MAX_UNROLLED = 12

Outcomes = list[tuple[State, Value]]


@dataclass(frozen=True, slots=True)
class Arguments:
    positional: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()
    rest: tuple[Value, ...] = ()
    """Values that are spread into keywords."""

    def get(self, position: int, *names: str) -> Value | None:
        for name, value in self.keywords:
            if name in names:
                return value
        return self.positional[position] if 0 <= position < len(self.positional) else None


class Dialect(Protocol):
    """What a framework means by its own names."""

    def attribute(self, owner: Value, name: str) -> Value | None: ...

    def call(self, function: Value, arguments: Arguments, state: State) -> Outcomes | None: ...

    def caught_by(self, thrown: Value, name: str) -> bool: ...


@dataclass(slots=True)
class Execution:
    project: Project
    dialect: Dialect
    depth: int = 0
    spent: int = 0
    _constants: dict[tuple[str, str], Value] = field(default_factory=dict)
    _running: list[tuple[str, int]] = field(default_factory=list)

    @property
    def exhausted(self) -> bool:
        """Whether there were more ways than were followed."""
        return self.spent > MAX_STATES

    # Functions

    def call(self, function: Code, arguments: Arguments, state: State) -> Outcomes:
        """What a function of the project answers, on every way through it."""
        at = (function.file, function.function.start)
        if self.depth >= MAX_DEPTH or at in self._running or self.exhausted:
            return [(state, Result(Outside(f"{function.file}:{function.function.qualname}")))]
        self.depth += 1
        self._running.append(at)
        try:
            scope = self._scope(function, arguments, state)
            found = []
            for flow in self.run(function.function.steps, scope, function.file):
                after = replace(flow.state, names=state.names)
                found.append((after, flow.value if flow.value is not None else NONE))
            return found
        finally:
            self.depth -= 1
            self._running.pop()

    def _scope(self, function: Code, arguments: Arguments, state: State) -> State:
        names = dict(function.scope)
        if function.this is not None:
            names["this"] = function.this
        parameters = list(function.function.parameters)
        positional = list(arguments.positional)
        if function.this is not None and self._is_python(function.file):
            if (parameters and function.function.role != "static") or (
                parameters and parameters[0].name == "cls"
            ):
                names[parameters.pop(0).name] = function.this
        keywords = dict(arguments.keywords)
        for parameter in parameters:
            value: Value | None = None
            if parameter.kind == "*":
                value, positional = Listed(tuple(positional)), []
            elif parameter.kind == "**":
                value = Made("", tuple(keywords.items()), arguments.rest)
                keywords = {}
            elif parameter.name in keywords:
                value = keywords.pop(parameter.name)
            elif positional:
                value = positional.pop(0)
            elif parameter.default is not None:
                value = self.constant(parameter.default, function.file)
            elif arguments.rest:
                value = Part(arguments.rest[0], parameter.name)
            bound = value if value is not None else Unknown()
            if parameter.name:
                names[parameter.name] = bound
            elif parameter.pattern is not None:
                names |= self._pattern(parameter.pattern, bound, state)
        return replace(state, names=names)

    def _pattern(self, pattern: Expr, value: Value, state: State) -> dict[str, Value]:
        """The names that a destructuring binds."""
        match pattern:
            case code.Name(name):
                return {name: value}
            case code.Table(entries):
                found: dict[str, Value] = {}
                for key, inner in entries:
                    if isinstance(key, code.Text):
                        found |= self._pattern(inner, self.part(value, key.value, state), state)
                    elif key is None:
                        found |= self._pattern(inner, value, state)
                return found
            case code.Items(values):
                found = {}
                for number, inner in enumerate(values):
                    item: Value = Part(value, str(number))
                    if isinstance(value, Listed) and number < len(value.values):
                        item = value.values[number]
                    found |= self._pattern(inner, item, state)
                return found
            case _:
                return {}

    def _is_python(self, file: str) -> bool:
        return file.endswith(".py")

    # Steps

    def run(self, steps: Iterable[Step], state: State, file: str) -> list[Flow]:
        flows = [Flow(state)]
        for step in steps:
            going = [it for it in flows if it.kind == "next"]
            if not going:
                return flows
            self.spent += len(going)
            if self.exhausted:
                return flows
            flows = [it for it in flows if it.kind != "next"]
            for flow in going:
                flows += self._step(step, flow.state, file)
        return flows

    def _step(self, step: Step, state: State, file: str) -> list[Flow]:
        match step:
            case code.Assign(target, value):
                return self._assign(target, value, state, file)
            case code.Do(code.Call(code.Member(code.Name(name), method), [argument])) if (
                method in _ADDING and isinstance(state.names.get(name), Listed)
            ):
                return self._add_to(name, argument.value, state, file)
            case code.Do(value, start):
                given = "return" if self._yields(start, file) else "next"
                return [_flow(after, given, it) for after, it in self.eval(value, state, file)]
            case code.Return(value):
                if value is None:
                    return [Flow(state, "return", NONE)]
                return [
                    _flow(after, "return", found) for after, found in self.eval(value, state, file)
                ]
            case code.Raise(value):
                return self._raise(value, state, file)
            case code.Branch():
                return self._branched(step, state, file)
            case code.Loop():
                return self._loop(step, state, file)
            case code.Attempt():
                return self._attempt(step, state, file)
            case code.Define(number):
                return [Flow(self._define(number, state, file))]
            case _:
                return [Flow(state)]

    def _add_to(self, name: str, expr: Expr, state: State, file: str) -> list[Flow]:
        """A list that is filled step by step."""
        found = []
        for after, value in self.eval(expr, state, file):
            held = after.names.get(name)
            values = held.values if isinstance(held, Listed) else ()
            found.append(_flow(after.bind(name, Listed((*values, value)))))
        return found

    def _branched(self, step: code.Branch, state: State, file: str) -> list[Flow]:
        sides: dict[bool, list[Flow]] = {True: [], False: []}
        for after, holds in self.branch(step.test, state, file, step.line):
            if after.thrown is not None:
                sides[holds].append(_flow(after))
            else:
                sides[holds] += self.run(step.body if holds else step.otherwise, after, file)
        if len(sides[True]) == len(sides[False]) == 1:
            yes, no = sides[True][0], sides[False][0]
            if yes.kind == no.kind == "next" and _alike(yes.state, no.state, state):
                return [Flow(replace(no.state, conditions=state.conditions))]
        return sides[True] + sides[False]

    def _yields(self, start: int, file: str) -> bool:
        """Whether the statement hands out a value and goes on later, as a fixture does."""
        document = self.project.situation.document(file)
        return document is not None and document.source[start : start + 6] == b"yield "

    def _define(self, number: int, state: State, file: str) -> State:
        """Binds a function that is defined inside, wrapped in its decorators where they are of
        the project."""
        facts = self.project.facts(file)
        if facts is None:
            return state
        function = facts.functions[number]
        value: Value = Code(function, file, state.names)
        for decorator in reversed(function.decorators):
            if "wraps" in walk.dotted(decorator):
                continue
            found = self.eval(decorator, state, file)
            wrapper = found[0][1] if len(found) == 1 else Unknown()
            made: Outcomes = []
            if isinstance(wrapper, Code):
                made = self.call(wrapper, Arguments((value,)), state)
            value = made[0][1] if len(made) == 1 else Unknown(function.start)
        return state.bind(function.name, value)

    def _assign(self, target: Expr, value: Expr | None, state: State, file: str) -> list[Flow]:
        if value is None:
            return [Flow(state)]
        found = []
        for after, result in self.eval(value, state, file):
            if after.thrown is not None:
                found.append(_flow(after))
                continue
            found += [_flow(it) for it in self._bind(target, result, after, file)]
        return found

    def _bind(self, target: Expr, value: Value, state: State, file: str) -> list[State]:
        match target:
            case code.Name() | code.Table() | code.Items():
                return [
                    replace(state, names={**state.names, **self._pattern(target, value, state)})
                ]
            case code.Member(owner, name):
                return [
                    after.write(held, name, value) for after, held in self.eval(owner, state, file)
                ]
            case code.Element(owner, key):
                found = []
                for after, held in self.eval(owner, state, file):
                    for last, at in self.eval(key, after, file):
                        if isinstance(at, Const):
                            found.append(last.write(held, str(at.value), value))
                        else:
                            found.append(last.write(held, "[]", value).write(held, "[key]", at))
                return found
            case _:
                return [state]

    def _raise(self, value: Expr | None, state: State, file: str) -> list[Flow]:
        if value is None:
            return [Flow(state.throw(Unknown()), "throw")]
        found = []
        for after, thrown in self.eval(value, state, file):
            if isinstance(thrown, Kind):
                found += [
                    _flow(last.throw(made))
                    for last, made in self.instantiate(thrown, Arguments(), after)
                ]
            elif after.thrown is None:
                found.append(_flow(after.throw(thrown)))
            else:
                found.append(_flow(after))
        return found

    def _loop(self, step: code.Loop, state: State, file: str) -> list[Flow]:
        found: list[Flow] = []
        for after, over in self.eval(step.iterable, state, file):
            items = _items(folded(over))
            if items is not None and len(items) <= MAX_UNROLLED:
                flows = [Flow(after)]
                for item in items:
                    going = [it for it in flows if it.kind == "next"]
                    flows = [it for it in flows if it.kind != "next"]
                    for flow in going:
                        for bound in self._bind(step.target, item, flow.state, file):
                            flows += self.run(step.body, bound, file)
                found += flows
                continue
            for bound in self._bind_each(step.target, over, after, file):
                flows = self.run(step.body, bound, file)
                ends = [it for it in flows if it.kind != "next"]
                going = [it for it in flows if it.kind == "next"]
                found += ends
                grown = [it for it in going if _grew(it.state, bound)]
                found += grown or [Flow(after)]
        return found

    def _bind_each(self, target: Expr, over: Value, state: State, file: str) -> list[State]:
        item: Value = Each(over)
        if isinstance(target, code.Items) and len(target.values) == 2:
            item = Listed((Part(Each(over), "key"), Each(over)))
        return self._bind(target, item, state, file)

    def _attempt(self, step: code.Attempt, state: State, file: str) -> list[Flow]:
        found: list[Flow] = []
        before = len(state.names)
        trusted: list[Value] = []
        for flow in self.run(step.body, state, file):
            if flow.kind != "throw":
                found.append(flow)
                trusted += list(flow.state.names.values())[before:]
                trusted += [flow.value] if flow.value is not None else []
                trusted += [it for _, _, it in flow.state.writes[len(state.writes) :]]
                continue
            found += self._caught(step, flow, file)
        for caught, steps in step.handlers:
            name = walk.type_text(caught) if caught is not None else ""
            why = Condition(
                Test("fails", (Const(name), Listed(tuple(trusted)))), True, file, step.line
            )
            if (failing := state.assume(why)) is not None:
                found += self.run(steps, failing, file)
        return found

    def _caught(self, step: code.Attempt, flow: Flow, file: str) -> list[Flow]:
        """Where an exception of the project goes: to the handler that names it, else on."""
        thrown = flow.state.thrown
        if thrown is None:
            return [flow]
        for caught, steps in step.handlers:
            name = walk.type_text(caught) if caught is not None else ""
            if any(
                self.dialect.caught_by(thrown, it.strip().rpartition(".")[2])
                for it in name.split(",")
            ):
                kept = replace(flow.state, thrown=None).bind("@thrown", thrown)
                return self.run(steps, kept, file)
        return [flow]

    # Conditions

    def branch(
        self, test: Expr, state: State, file: str, line: int = 0
    ) -> list[tuple[State, bool]]:
        """The runs in which the test holds and those in which it does not."""
        if isinstance(test, code.Operation):
            operator = _OPERATORS.get(test.operator, test.operator)
            if operator == "not":
                return [
                    (after, not holds)
                    for after, holds in self.branch(test.operands[0], state, file, line)
                ]
            if operator in {"and", "or"}:
                return self._both(operator, test.operands, state, file, line)
        found = []
        for after, value in self.eval(test, state, file):
            if after.thrown is not None:
                found.append((after, True))
                continue
            for holds in (True, False):
                assumed = after.assume(Condition(value, holds, file, line))
                if assumed is not None:
                    found.append((assumed, holds))
        return found

    def _both(
        self, operator: str, operands: list[Expr], state: State, file: str, line: int
    ) -> list[tuple[State, bool]]:
        going, found = [state], []
        decides = operator == "or"
        for operand in operands:
            after = [it for one in going for it in self.branch(operand, one, file, line)]
            found += [(one, decides) for one, holds in after if holds is decides or one.thrown]
            going = [one for one, holds in after if holds is not decides and not one.thrown]
        return found + [(one, not decides) for one in going]

    # Expressions

    def constant(self, expr: Expr, file: str) -> Value:
        """What an expression of a module's top level comes to."""
        found = self.eval(expr, State(), file)
        return found[0][1] if len(found) == 1 else Unknown()

    def eval(self, expr: Expr, state: State, file: str) -> Outcomes:
        if state.thrown is not None:
            return [(state, Unknown())]
        match expr:
            case code.Text(value) | code.Number(value):
                return [(state, Const(value))]
            case code.Constant(name):
                return [(state, Const({"true": True, "false": False}.get(name)))]
            case code.Name(name):
                return [(state, self.name(name, state, file))]
            case code.Member(owner, name):
                return self._member(owner, name, state, file)
            case code.Call():
                return self._call(expr, state, file)
            case code.Lambda(number):
                facts = self.project.facts(file)
                if facts is None:
                    return [(state, Unknown())]
                return [(state, Code(facts.functions[number], file, state.names))]
            case code.Choice(test, then, otherwise):
                return [
                    found
                    for after, holds in self.branch(test, state, file)
                    for found in self.eval(then if holds else otherwise, after, file)
                ]
            case code.Element(owner, key):
                return self._combined(
                    [owner, key], state, file, lambda it: self._element(it[0], it[1])
                )
            case code.Items(values):
                return self._combined(values, state, file, _listed)
            case code.Template(parts):
                return self._combined(parts, state, file, lambda it: folded(Joined(tuple(it))))
            case code.Operation(operator, operands):
                return self._operation(operator, operands, state, file)
            case code.Table(entries):
                return self._table(entries, state, file)
            case code.Other(start, end):
                return [(state, self._other(start, end, file))]
            case _:
                return [(state, Unknown())]

    def _other(self, start: int, end: int, file: str) -> Value:
        """What the facts keep as a place only: a negative number, a regular expression, `...`."""
        document = self.project.situation.document(file)
        text = document.source[start:end].decode("utf-8", "replace") if document else ""
        if _NUMBER.fullmatch(text):
            return Const(float(text) if "." in text else int(text))
        if text == "...":
            return Outside("builtins.Ellipsis")
        if text.startswith("/") and (found := _REGEX.fullmatch(text)):
            return Result(Outside("builtins.RegExp"), (Const(found[1]), Const(found[2])))
        return Unknown(start)

    def _combined(
        self, parts: list[Expr], state: State, file: str, make: Callable[[list[Value]], Value]
    ) -> Outcomes:
        return [
            (after, make(values) if after.thrown is None else Unknown())
            for after, values in self._all(parts, state, file)
        ]

    def _all(
        self, parts: Iterable[Expr], state: State, file: str
    ) -> list[tuple[State, list[Value]]]:
        found: list[tuple[State, list[Value]]] = [(state, [])]
        for part in parts:
            found = [
                (last, [*values, value])
                for after, values in found
                for last, value in self.eval(part, after, file)
            ]
        return found

    def _operation(self, operator: str, operands: list[Expr], state: State, file: str) -> Outcomes:
        name = _OPERATORS.get(operator, operator)
        if name == "for":
            return self._comprehension(operands, state, file)
        if name == "*" and len(operands) == 1:
            return self._combined(operands, state, file, lambda it: Test("spread", tuple(it)))
        return self._combined(operands, state, file, lambda it: folded(Test(name, tuple(it))))

    def _comprehension(self, operands: list[Expr], state: State, file: str) -> Outcomes:
        body, target, source = operands[:3]
        found: Outcomes = []
        for after, over in self.eval(source, state, file):
            for bound in self._bind_each(target, over, after, file):
                for last, each in self.eval(body, bound, file):
                    kept = replace(last, names=after.names)
                    found.append((kept, Result(Outside("each"), (each, over))))
        return found

    def _table(self, entries: list[tuple[Expr | None, Expr]], state: State, file: str) -> Outcomes:
        found: Outcomes = []
        for after, values in self._all([value for _, value in entries], state, file):
            fields: list[tuple[str, Value]] = []
            rest: list[Value] = []
            for (key, _), value in zip(entries, values, strict=True):
                if key is None:
                    _spread(folded(value), fields, rest)
                    continue
                at = (
                    self.constant(key, file) if not isinstance(key, code.Text) else Const(key.value)
                )
                if isinstance(at, Const):
                    fields = [it for it in fields if it[0] != str(at.value)]
                    fields.append((str(at.value), value))
            found.append((after, Made("", tuple(fields), tuple(rest))))
        return found

    # Names and attributes

    def name(self, name: str, state: State, file: str) -> Value:
        if name in state.names:
            return state.names[name]
        if name in _CAUGHT and "@thrown" in state.names:
            return state.names["@thrown"]  # the facts leave out what `catch` binds
        key = (file, name)
        if key not in self._constants:
            self._constants[key] = Unknown()  # while it is read, and where it refers to itself
            self._constants[key] = self._global(name, file)
        return self._constants[key]

    def _global(self, name: str, file: str) -> Value:
        found = self.project.find(file, name)
        if found is None:
            return Outside(f"builtins.{name}")
        return self._read(found, f"{file}:{name}")

    def _read(self, found: Value | ValueAt, label: str) -> Value:
        if not isinstance(found, ValueAt):
            return found
        if module := required(found.expr):
            inner = self.project.find(found.file, walk.dotted(found.expr) or module)
            return (
                inner if inner is not None and not isinstance(inner, ValueAt) else Outside(module)
            )
        value = self.constant(found.expr, found.file)
        if _is_store(value):
            return Outside(label)
        return value if not isinstance(value, Unknown) else Outside(label)

    def _member(self, owner: Expr, name: str, state: State, file: str) -> Outcomes:
        found: Outcomes = []
        for after, held in self.eval(owner, state, file):
            if after.thrown is not None:
                found.append((after, Unknown()))
            else:
                found += self.attribute(held, name, after)
        return found

    def attribute(self, owner: Value, name: str, state: State) -> Outcomes:
        """`owner.name`; a property of a class of the project is run."""
        kind = self.kind_of(owner)
        if kind is not None and not _written(owner, name, state):
            method = self.project.methods(kind).get(name)
            if method is not None and method[0].role == "getter":
                return self.call(Code(method[0], method[1], this=owner), Arguments(), state)
        return [(state, self.part(owner, name, state))]

    def part(self, owner: Value, name: str, state: State) -> Value:
        if (written := _written(owner, name, state)) is not None:
            return written
        if (special := self.dialect.attribute(owner, name)) is not None:
            return special
        match owner:
            case Module(file):
                found = self.project.member(file, name)
                return self._read(found, f"{file}:{name}") if found is not None else Unknown()
            case Outside(origin):
                return Outside(f"{origin}.{name}")
            case Kind():
                return self._of_class(owner, name, owner) or Part(owner, name)
            case Made():
                return self._of_made(owner, name)
            case _:
                kind = self.kind_of(owner)
                if kind is not None:
                    method = self.project.methods(kind).get(name)
                    if method is not None:
                        return Code(method[0], method[1], this=owner)
                return folded(Part(owner, name))

    def _of_made(self, owner: Made, name: str) -> Value:
        found = owner.get(name)
        if found is not None:
            return found
        if BODY in owner.rest:
            return Part(BODY, name)
        kind = self.kind_of(owner)
        if kind is not None and (inherited := self._of_class(kind, name, owner)) is not None:
            return inherited
        if owner.rest:
            return folded(Part(owner.rest[-1], name))
        return Part(owner, name)

    def _of_class(self, kind: Kind, name: str, this: Value) -> Value | None:
        method = self.project.methods(kind).get(name)
        if method is not None:
            return Code(method[0], method[1], this=this)
        for step, file in self.project.class_steps(kind):
            if step.target != code.Name(name):
                continue
            nullable = _nullable(step)
            if step.value is None:
                return NONE if nullable and isinstance(this, Made) else None
            value = self.constant(step.value, file)
            if isinstance(value, Result):  # `mapped_column(default=…)`, `Field(default=…)`
                default = dict(value.keywords).get("default")
                if default is None and nullable and isinstance(this, Made):
                    return NONE
                return default if isinstance(default, Const) else None
            return Const(name.lower()) if isinstance(value, Unknown) else value
        return None

    def subject_of(self, value: Value) -> str:
        """What a search is for: the name of a class, else the store that is searched; "" when
        that is not known."""
        kind = self.kind_of(value)
        if kind is not None:
            return kind.name
        store = store_of(value)
        return f"~{store!r}" if store is not None else ""

    def kind_of(self, value: Value) -> Kind | None:
        """The class of the project that a value is an instance of, as far as it is known."""
        match value:
            case Made(class_) if class_:
                file, _, name = class_.partition(":")
                class_fact = self.project.class_at(file, name)
                return Kind(name, file, class_fact) if class_fact is not None else None
            case Result(_, arguments):
                return next(
                    (
                        it
                        for argument in arguments
                        for it in mentioned(argument)
                        if isinstance(it, Kind)
                    ),
                    None,
                )
            case _:
                return None

    def _element(self, owner: Value, key: Value) -> Value:
        if isinstance(key, Const) and isinstance(key.value, str):
            if (special := self.dialect.attribute(owner, key.value)) is not None:
                return special
        if isinstance(owner, Outside | Kind):
            return Result(Part(owner, "[]"), (key,)) if not isinstance(owner, Kind) else owner
        if isinstance(key, Const):
            if isinstance(owner, Listed) and isinstance(key.value, int):
                if key.value < len(owner.values):
                    return owner.values[key.value]
            return folded(Part(owner, str(key.value)))
        return Result(Part(owner, "[]"), (key,))

    # Calls

    def _call(self, call: code.Call, state: State, file: str) -> Outcomes:
        found: Outcomes = []
        for after, function in self._callee(call.function, state, file):
            for last, arguments in self._arguments(call.arguments, after, file):
                if last.thrown is not None:
                    found.append((last, Unknown()))
                else:
                    found += self.apply(function, arguments, last, call.start)
        return found

    def _callee(self, expr: Expr, state: State, file: str) -> Outcomes:
        if isinstance(expr, code.Name) and expr.name == "super":
            return [(state, Outside("builtins.super"))]
        return self.eval(expr, state, file)

    def _arguments(
        self, given: list[code.Argument], state: State, file: str
    ) -> Iterator[tuple[State, Arguments]]:
        for after, values in self._all([it.value for it in given], state, file):
            positional: list[Value] = []
            keywords: list[tuple[str, Value]] = []
            rest: list[Value] = []
            for argument, value in zip(given, values, strict=True):
                if argument.name == "*":
                    items = _items(folded(value))
                    positional += items if items is not None else [Each(value)]
                elif argument.name == "**":
                    _spread(folded(value), keywords, rest)
                elif argument.name:
                    keywords.append((argument.name, value))
                else:
                    positional.append(value)
            yield after, Arguments(tuple(positional), tuple(keywords), tuple(rest))

    def apply(self, function: Value, arguments: Arguments, state: State, site: int) -> Outcomes:
        """A call: followed into the project, else as the framework means it, else a symbol."""
        special = self.dialect.call(function, arguments, state)
        if special is not None:
            return special
        if (parent := self._super(function, arguments, state)) is not None:
            return parent
        if isinstance(function, Code):
            return self.call(function, arguments, state)
        if isinstance(function, Kind):
            return self.instantiate(function, arguments, state, site)
        if (done := self._builtin(function, arguments, state)) is not None:
            return [done]
        arguments = self._applied(function, arguments, state)
        keywords = (*sorted(arguments.keywords, key=lambda it: it[0]),)
        rest = tuple(("**", it) for it in arguments.rest)
        return [(state, folded(Result(function, arguments.positional, (*keywords, *rest))))]

    def _applied(self, function: Value, arguments: Arguments, state: State) -> Arguments:
        """Functions that are handed over stand for what they answer about one element, so that
        a search keeps what it searches for."""
        if not isinstance(function, Part):
            return arguments
        values: list[Value] = []
        for value in arguments.positional:
            if isinstance(value, Code):
                one = Arguments((Each(function.of),))
                answers = [it for after, it in self.call(value, one, state) if not after.thrown]
                value = answers[0] if len(answers) == 1 else Unknown(value.function.start)
            values.append(value)
        return Arguments(tuple(values), arguments.keywords, arguments.rest)

    def _builtin(
        self, function: Value, arguments: Arguments, state: State
    ) -> tuple[State, Value] | None:
        given = arguments.positional
        match function:
            case Part(of, name) if name in _STORING and given and _keeps(of):
                return state.write(of, "[]", given[-1]), Result(function, given)
            case Part(of, "get") if given and isinstance(given[0], Const) and _is_record(of):
                return state, self._with_default(of, given, state)
            case Part(of, name) if name in _COPIES and not given:
                return state, of
            case Part(of, "update") if len(given) == 1 and not isinstance(of, Outside):
                return state.write(of, "*", given[0]), NONE
            case Outside("builtins.setattr") if len(given) == 3:
                name = str(given[1].value) if isinstance(given[1], Const) else "*"
                return state.write(given[0], name, given[2]), NONE
            case Outside("builtins.getattr") if len(given) > 1 and isinstance(given[1], Const):
                return state, self.part(given[0], str(given[1].value), state)
            case Outside("builtins.Object.assign") if given:
                for value in given[1:]:
                    state = state.write(given[0], "*", value)
                return state, given[0]
            case Outside(origin) if origin.rpartition(".")[2] == "cast" and len(given) == 2:
                return state, given[1]
            case _:
                return None

    def _with_default(self, of: Value, given: tuple[Value, ...], state: State) -> Value:
        found = self.part(
            of, str(Const("").value if not isinstance(given[0], Const) else given[0].value), state
        )
        if len(given) > 1 and given[1] != NONE:
            return folded(Test("??", (found, given[1])))
        return found

    def instantiate(
        self, kind: Kind, arguments: Arguments, state: State, site: int = 0
    ) -> Outcomes:
        """An instance of a class of the project; its own constructor is run."""
        names = self._field_names(kind)
        fields = dict(arguments.keywords)
        for name, value in zip(names, arguments.positional, strict=False):
            fields.setdefault(name, value)
        lineage = tuple(it.name for it in self.project.lineage(kind))
        made = Made(
            f"{kind.file}:{kind.name}", tuple(fields.items()), arguments.rest, site, lineage
        )
        constructor = self.project.methods(kind).get("__init__")
        if constructor is None:
            return [(state, made)]
        empty = replace(made, fields=(), rest=())
        found: Outcomes = []
        for after, _ in self.call(Code(*constructor, this=empty), arguments, state):
            if after.thrown is not None:
                found.append((after, Unknown()))
                continue
            own = tuple(
                (name, Outside(f"{empty.class_}.{name}") if _is_store(it) else it)
                for owner, name, it in after.writes
                if owner == empty
            )
            kept = tuple(it for it in after.writes if it[0] != empty)
            found.append((replace(after, writes=kept), replace(empty, fields=own)))
        return found

    def _super(self, function: Value, arguments: Arguments, state: State) -> Outcomes | None:
        """`super().__init__(…)`, `super(…)`: the parent's constructor, or what it would keep."""
        called = function.of if isinstance(function, Part) else function
        if isinstance(called, Result):
            called = called.function
        if called != Outside("builtins.super"):
            return None
        if isinstance(function, Outside) and not arguments.positional and not arguments.keywords:
            if "self" in state.names:
                return None  # `super()` alone, of Python
        name = function.name if isinstance(function, Part) else "__init__"
        this = state.names.get("this") or state.names.get("self")
        kind = self.kind_of(this) if this is not None else None
        if this is None or kind is None:
            return None
        if (method := self._inherited(kind, name)) is not None:
            return self.call(Code(*method, this=this), arguments, state)
        for key, value in arguments.keywords:
            state = state.write(this, key, value)
        for value in arguments.positional[:1]:
            number = isinstance(value, Const) and isinstance(value.value, int)
            state = state.write(this, "status_code" if number else "message", value)
        return [(state, NONE)]

    def _inherited(self, kind: Kind, name: str) -> tuple[Function, str] | None:
        """The method that `super()` means in the function that runs now."""
        file, start = self._running[-1] if self._running else ("", 0)
        lineage = self.project.lineage(kind)
        for number, base in enumerate(lineage):
            if base.file == file and base.class_.start <= start <= base.class_.end:
                for parent in lineage[number + 1 :]:
                    own = self.project.methods(parent).get(name)
                    if own is not None:
                        return own
        return None

    def _field_names(self, kind: Kind) -> list[str]:
        steps = list(self.project.class_steps(kind))
        return [
            step.target.name
            for step, _ in steps
            if isinstance(step.target, code.Name) and step.annotation is not None
        ]


def _grew(after: State, before: State) -> bool:
    """Whether the body of a loop left something behind."""
    return after.writes != before.writes or any(
        after.names.get(name) != value for name, value in before.names.items()
    )


def _alike(yes: State, no: State, before: State) -> bool:
    """Whether it makes no difference to a client which of two ways was taken, such as one more
    filter on a query."""
    if yes.writes != no.writes:
        return False
    for one in (yes, no):
        if len(one.conditions) > len(before.conditions) + 1:
            return False
    changed = [it for it in yes.names if yes.names[it] != no.names.get(it)]
    return all(
        isinstance(side.names.get(it, Unknown()), Result | Unknown)
        for it in changed
        for side in (yes, no)
    )


def _flow(state: State, kind: str = "next", value: Value | None = None) -> Flow:
    if state.thrown is not None:
        return Flow(state, "throw")
    return Flow(state, "return", value) if kind == "return" else Flow(state)


def _written(owner: Value, name: str, state: State) -> Value | None:
    """The value that was set last on the object under that name."""
    for held, at, value in reversed(state.writes):
        if held != owner:
            continue
        if at == name:
            return value
        if at == "*":
            whole = value.of if isinstance(value, Each) else value
            whole = next((it for it in mentioned(whole) if it == BODY), whole)
            if whole == BODY:
                return Part(BODY, name)
    return None


def _items(value: Value) -> list[Value] | None:
    match value:
        case Listed(values):
            return list(values)
        case Made("", fields, ()):
            return [Const(name) for name, _ in fields]
        case Result(Part(of, "items"), ()):
            if isinstance(of, Made) and not of.rest and not of.class_:
                return [Listed((Const(name), it)) for name, it in of.fields]
            return None
        case Result(Outside("builtins.Object.entries"), (Made("", fields, ()),)):
            return [Listed((Const(name), it)) for name, it in fields]
        case Result(Outside("builtins.Object.keys"), (Made("", fields, ()),)):
            return [Const(name) for name, _ in fields]
        case _:
            return None


def _listed(values: list[Value]) -> Value:
    found: list[Value] = []
    for value in values:
        if isinstance(value, Test) and value.operator == "spread":
            items = _items(folded(value.operands[0]))
            found += items if items is not None else [value]
        else:
            found.append(value)
    return Listed(tuple(found))


def _nullable(step: code.Assign) -> bool:
    """Whether an attribute of a class may be left out and is None then."""
    annotation = walk.type_text(step.annotation)
    if "None" in annotation or "Optional" in annotation:
        return True
    if isinstance(step.value, code.Call):
        options = {it.name: it.value for it in step.value.arguments}
        if walk.dotted(step.value.function).endswith("Column"):
            fixed = options.keys() & {"primary_key", "default", "server_default", "onupdate"}
            return not fixed and options.get("nullable") != code.Constant("false")
        return options.get("nullable") == code.Constant("true")
    return False


def store_of(value: Value) -> Value | None:
    """The store that a chain of calls begins with: `rows` of `[...rows.values()].filter(…)[0]`."""
    match value:
        case Result(Part(of, _)) | Each(of):
            return store_of(of)
        case Result(Outside(origin), (first, *_)) if origin.startswith(("builtins.", "each")):
            return store_of(first)
        case Result(Outside("each"), (_, over)):
            return store_of(over)
        case Result(Outside()):
            return value
        case Part(of, name):
            inner = store_of(of)
            if isinstance(of, Made) or (isinstance(of, Result) and of == inner):
                return value
            return inner if name.isdigit() else None  # an attribute of what was found
        case Listed((first, *_)) | Test("spread", (first,)) | Test("??" | "or", (first, *_)):
            return store_of(first)
        case Outside(origin) if ":" in origin:
            return value
        case _:
            return None


def _is_store(value: Value) -> bool:
    """Whether a list or dict is there to be filled: empty, or with records in it."""
    match value:
        case Listed(values):
            return all(isinstance(it, Made) for it in values)
        case Made("", fields, ()):
            return all(isinstance(it, Made) for _, it in fields)
        case Result(Outside("builtins.Map" | "builtins.Set" | "builtins.dict" | "builtins.list")):
            return not value.keywords
        case _:
            return False


def _spread(value: Value, fields: list[tuple[str, Value]], rest: list[Value]) -> None:
    if isinstance(value, Made) and not value.class_:
        known = {name for name, _ in value.fields}
        fields[:] = [it for it in fields if it[0] not in known]
        fields += value.fields
        rest += value.rest
    elif value != NONE:
        rest.append(value)


def _keeps(value: Value) -> bool:
    """Whether a value is a store of the project: what is put in stays there."""
    return isinstance(value, Outside) or (isinstance(value, Part) and isinstance(value.of, Made))


def _is_record(value: Value) -> bool:
    """Whether `.get("name")` reads a field of it rather than looking something up."""
    if isinstance(value, Made):
        return not value.class_
    return isinstance(value, Given | Part | Result | Each)


_NUMBER = re.compile(r"-\s*\d+(\.\d+)?")
_REGEX = re.compile(r"/(.+)/([a-z]*)", re.DOTALL)
_CAUGHT = frozenset({"e", "err", "error", "ex", "exc", "exception", "fault"})
_ADDING = frozenset({"append", "push", "add"})
_STORING = frozenset({"set", "push", "append", "add", "insert", "save", "unshift"})
_COPIES = frozenset(
    {"model_dump", "dict", "copy", "model_copy", "toObject", "toJSON", "strip", "trim", "lean"}
)
_OPERATORS = {
    "!": "not",
    "&&": "and",
    "||": "or",
    "===": "==",
    "!==": "!=",
    "is": "is",
}
