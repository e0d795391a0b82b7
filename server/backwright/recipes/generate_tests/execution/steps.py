"""Steps of a function, one after the other, on every way that they allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from backwright.facts import code, walk
from backwright.facts.code import Expr, Step
from backwright.recipes.generate_tests.execution.core import Arguments, Core
from backwright.recipes.generate_tests.execution.stores import (
    elements,
)
from backwright.recipes.generate_tests.fold import folded
from backwright.recipes.generate_tests.state import Condition, Flow, State
from backwright.recipes.generate_tests.values import (
    NONE,
    Const,
    Each,
    Kind,
    Listed,
    Part,
    Result,
    Test,
    Unknown,
    Value,
)

MAX_UNROLLED = 12
_ADDING = frozenset({"append", "push", "add"})


class Steps(Core):
    """Runs steps."""

    __slots__ = ()

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
            case code.Branch():
                return self._branched(step, state, file)
            case code.Loop():
                return self._loop(step, state, file)
            case code.Attempt():
                return self._attempt(step, state, file)
            case code.Define(number):
                return [Flow(self.define(number, state, file))]
            case _:
                return self._plain(step, state, file)

    def _plain(self, step: Step, state: State, file: str) -> list[Flow]:
        """A step without steps in it."""
        match step:
            case code.Assign(target, value):
                return self._assign(target, value, state, file)
            case code.Do(code.Call(code.Member(code.Name(name), method), [argument])) if (
                method in _ADDING and isinstance(state.names.get(name), Listed)
            ):
                return self._add_to(name, argument.value, state, file)
            case code.Do(value, start):
                kind = "return" if self._yields(start, file) else "next"
                return [_flow(after, kind, it) for after, it in self.eval(value, state, file)]
            case code.Return(None):
                return [Flow(state, "return", NONE)]
            case code.Return(value) if value is not None:
                return [_flow(after, "return", it) for after, it in self.eval(value, state, file)]
            case code.Raise(value):
                return self._raise(value, state, file)
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

    def _assign(self, target: Expr, value: Expr | None, state: State, file: str) -> list[Flow]:
        if value is None:
            return [Flow(state)]
        found = []
        for after, result in self.eval(value, state, file):
            if after.thrown is not None:
                found.append(_flow(after))
                continue
            found += [_flow(it) for it in self.bind(target, result, after, file)]
        return found

    def bind(self, target: Expr, value: Value, state: State, file: str) -> list[State]:
        match target:
            case code.Name() | code.Table() | code.Items():
                return [replace(state, names={**state.names, **self.pattern(target, value, state)})]
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
            items = elements(folded(over))
            if items is not None and len(items) <= MAX_UNROLLED:
                flows = [Flow(after)]
                for item in items:
                    going = [it for it in flows if it.kind == "next"]
                    flows = [it for it in flows if it.kind != "next"]
                    for flow in going:
                        for bound in self.bind(step.target, item, flow.state, file):
                            flows += self.run(step.body, bound, file)
                found += flows
                continue
            for bound in self.bind_each(step.target, over, after, file):
                flows = self.run(step.body, bound, file)
                ends = [it for it in flows if it.kind != "next"]
                going = [it for it in flows if it.kind == "next"]
                found += ends
                grown = [it for it in going if _grew(it.state, bound)]
                found += grown or [Flow(after)]
        return found

    def bind_each(self, target: Expr, over: Value, state: State, file: str) -> list[State]:
        item: Value = Each(over)
        if isinstance(target, code.Items) and len(target.values) == 2:
            item = Listed((Part(Each(over), "key"), Each(over)))
        return self.bind(target, item, state, file)

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
