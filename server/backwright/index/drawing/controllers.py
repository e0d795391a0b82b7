"""What answers a drawn route: the action of a controller, and what runs before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from backwright.facts import code, walk
from backwright.facts.backend import RouteParameter
from backwright.facts.code import FileFacts
from backwright.index.constants import Constants, Macro, block_of, camelize
from backwright.index.drawing.classes import Classes
from backwright.index.drawing.inputs import Read, inputs_of
from backwright.index.drawing.notes import NoteMemory, Notes
from backwright.index.drawing.pens import Drawn, Sheet
from backwright.index.evaluation.runner import Frame, Runner
from backwright.index.frameworks import Framework, frameworks, roles
from backwright.index.values import (
    Arguments,
    External,
    FunctionValue,
    Method,
    Object,
    Scope,
    Site,
    Value,
)

DECLARED = "params"
"""The origin of what checks parameters that are declared before a block."""

_WRITES = frozenset({"POST", "PUT", "PATCH"})
_PLAIN = frozenset({"if", "unless", "only", "except", "raise", "on"})


@dataclass(frozen=True, slots=True)
class Handled:
    answering: Value
    before: tuple[Value, ...] = ()
    parameters: tuple[RouteParameter, ...] = ()
    request_model: Value | None = None


@dataclass(frozen=True, slots=True)
class Controllers:
    """Of one table of routes."""

    runner: Runner
    files: Mapping[str, FileFacts]
    constants: Constants
    classes: Classes
    sheet: Sheet
    notes: NoteMemory

    def handlers(self, drawn: Drawn) -> Iterator[Handled]:
        answering = drawn.answering
        if isinstance(answering, FunctionValue):
            yield self._block(drawn, answering)
        elif answering is not None:
            yield Handled(answering)
        elif self.sheet.drawing.handlers == "actions" and "." in drawn.action:
            yield self._action_class(drawn)
        elif drawn.controller and drawn.action:
            yield self._action(drawn)
        else:
            yield Handled(External(drawn.action or "(unknown)"))

    def _block(self, drawn: Drawn, block: FunctionValue) -> Handled:
        named = replace(block.facts, name=f"{drawn.method} {drawn.path}")
        in_path = f"{drawn.path}/"
        body = drawn.method not in {"GET", "HEAD", "DELETE"}
        declared = tuple(
            RouteParameter(name, "body" if body else place, type_, required)
            for name, place, type_, required in drawn.declared
            if f":{name}/" not in in_path
        )
        given = inputs_of(self._noted(block).reads, drawn.method)
        known = {it.name for it in declared}
        function = FunctionValue(named, block.file, block.scope, block.this)
        filters = [
            value
            for path, each in self.sheet.filters
            if _covers(path, drawn.path)
            for value in self._in_filter(each)
        ]
        inline = self._called(block, drawn.inside, only_steps=True)
        checked = [Object(DECLARED, Arguments(), drawn.site)] if drawn.declared else []
        return Handled(
            function,
            (*filters, *inline, *checked),
            (*declared, *(it for it in given if it.name not in known)),
        )

    def _in_filter(self, block: FunctionValue) -> Iterator[Value]:
        """A block that runs before, and what it calls: `before { authenticate! }`."""
        yield FunctionValue(
            replace(block.facts, name="before"), block.file, block.scope, block.this
        )
        yield from self._called(block, self.sheet.inside, only_steps=False)

    def _called(self, block: FunctionValue, inside: str, *, only_steps: bool) -> Iterator[Value]:
        """What a block calls by plain names, methods of the project as such."""
        steps = block.facts.steps if only_steps else list(walk.steps(block.facts.steps))
        for step in steps:
            call = step.value if isinstance(step, code.Do | code.Return) else None
            if isinstance(call, code.Call) and isinstance(call.function, code.Name):
                name = call.function.name
                found = block.scope.find(name)
                if isinstance(found, FunctionValue):
                    yield found
                elif inside and (own := self.classes.method(inside, name)) is not None:
                    yield own
                elif (helper := self.constants.only_method(name)) is not None:
                    path = helper.facts.path
                    yield FunctionValue(helper.function, path, Scope(path))
                elif name.endswith("!"):
                    yield External(name)

    def _action(self, drawn: Drawn) -> Handled:
        name = self.constants.by_path(f"{drawn.controller}_controller")
        if not name:
            made = Object("", Arguments(), drawn.site, name=_class_name(drawn.controller))
            return Handled(Method(made, f"#{drawn.action}"))
        found = self.classes.method(name, drawn.action)
        before = self._before(name, drawn.action)
        if found is None:
            class_ = self.classes.of(name)
            facts = class_.facts
            site = Site(class_.file, facts.start, facts.end, facts.line)
            holder = Object("", Arguments(), site, class_, name=name)
            return Handled(Method(holder, f"#{drawn.action}"), before)
        named = replace(found.facts, qualname=f"{name}#{drawn.action}")
        answering = FunctionValue(named, found.file, found.scope, None, found.owner)
        reads = [
            it for each in (found, *self._helpers(name, found)) for it in self._noted(each).reads
        ]
        parameters = inputs_of(reads, drawn.method)
        inline = self._inline(found)
        model = self._model(reads, name) if drawn.method in _WRITES else None
        return Handled(answering, (*before, *inline), tuple(parameters), model)

    def _model(self, reads: list[Read], inside: str) -> Value | None:
        """The class that is called as what holds the inputs: `params.require(:note)`."""
        holders = (camelize(name) for name, where in reads if where == "holder")
        names = (self.constants.find(it, inside) for it in holders)
        return next((self.classes.of(it) for it in names if it), None)

    def _action_class(self, drawn: Drawn) -> Handled:
        """The class of an action: `Actions::Books::Index` for `books.index`."""
        tail = f"actions/{drawn.action.replace('.', '/')}"
        name = self.constants.by_tail(
            f"{drawn.scope.module}/{tail}" if drawn.scope.module else tail
        )
        if not name:
            made = Object("", Arguments(), drawn.site, name=drawn.action)
            return Handled(made)
        methods = (self.classes.method(name, it) for it in ("handle", "call"))
        found = next((it for it in methods if it is not None), None)
        before = self._before(name, "")
        if found is None:
            return Handled(External(name), before)
        named = replace(found.facts, qualname=name)
        answering = FunctionValue(named, found.file, found.scope, None, found.owner)
        return Handled(answering, before, tuple(self._of_request(found, drawn.method)))

    def _of_request(self, function: FunctionValue, method: str) -> list[RouteParameter]:
        """What an action takes of `request.params`."""
        given = inputs_of(self._noted(function).reads, method)
        return [it for it in given if it.name != "params"]

    def _noted(self, function: FunctionValue) -> Notes:
        return self.notes.of(function.facts, self.files[function.file])

    def _helpers(self, name: str, function: FunctionValue) -> Iterator[FunctionValue]:
        """The methods of the class that an action calls by their plain names, two calls deep."""
        seen, level = {(function.file, function.facts.start)}, [function]
        for _ in range(2):
            following: list[FunctionValue] = []
            for current in level:
                for called in self._noted(current).names:
                    found = self.classes.method(name, called)
                    if found is not None and (found.file, found.facts.start) not in seen:
                        seen.add((found.file, found.facts.start))
                        following.append(found)
                        yield found
            level = following

    def _inline(self, function: FunctionValue) -> Iterator[Value]:
        """Guards that an action calls itself: `authorize @post`."""
        for called in self._noted(function).names:
            if called in roles().guards:
                yield External(called)

    # Filters

    def _before(self, name: str, action: str) -> tuple[Value, ...]:
        """What runs before the action, in the order in which the classes say it."""
        filters = _filters(self.sheet.framework)
        weighty = roles().limiters.keys() | roles().guards
        found: list[tuple[str, Value]] = []
        for macro in self.constants.macros(name):
            if macro.name in filters.skips:
                gone = self._names(macro) if self._holds(macro, action) else set()
                found = [it for it in found if it[0] not in gone]
            elif macro.name in filters.names:
                if self._holds(macro, action):
                    found += self._run_by(macro, name)
            elif macro.name in weighty and self._holds(macro, action):
                found.append((macro.name, self._made(macro)))
        return tuple(value for _, value in found)

    def _names(self, macro: Macro) -> set[str]:
        given = (it.value for it in macro.call.arguments if not it.name)
        return {it.value for it in given if isinstance(it, code.Text)}

    def _run_by(self, macro: Macro, name: str) -> Iterator[tuple[str, Value]]:
        for wanted in (it.value for it in macro.call.arguments if not it.name):
            if isinstance(wanted, code.Text):
                method = self.classes.method(name, wanted.value)
                yield wanted.value, method or External(wanted.value)
        block = block_of(macro.call)
        if block is not None:
            facts = replace(macro.facts.functions[block], name=macro.name)
            yield "", FunctionValue(facts, macro.facts.path, self.classes.of(name).scope)

    def _holds(self, macro: Macro, action: str) -> bool:
        """Whether a filter is for the action; one for none in particular is for all."""
        for argument in macro.call.arguments:
            if argument.name in {"only", "except"}:
                listed = self._texts(argument.value, macro)
                if (action in listed) is (argument.name == "except"):
                    return False
        return True

    def _texts(self, expr: code.Expr, macro: Macro) -> set[str]:
        if isinstance(expr, code.Text):
            return {expr.value}
        if isinstance(expr, code.Items):
            return {it.value for it in expr.values if isinstance(it, code.Text)}
        known = self.constants.value(walk.dotted(expr).replace(".", "::"), macro.owner)
        return self._texts(known[1], macro) if known is not None and known[1] != expr else set()

    def _made(self, macro: Macro) -> Value:
        """A limiter or a guard with what it is given."""
        module = self.runner.module(macro.facts.path)
        arguments = Arguments()
        for argument in macro.call.arguments:
            if module is None or argument.name in _PLAIN:
                continue
            frame = Frame(module, Scope(macro.facts.path, module.scope))
            value = self.runner.eval(argument.value, frame)
            if argument.name:
                arguments.keywords[argument.name] = value
            else:
                arguments.positional.append(value)
        call = macro.call
        site = Site(macro.facts.path, call.start, call.end, call.line)
        return Object(macro.name, arguments, site)


@dataclass(frozen=True, slots=True)
class _Filters:
    names: frozenset[str]
    skips: frozenset[str]


def _filters(framework: Framework) -> _Filters:
    known = [it for it in frameworks() if it.language == framework.language]
    return _Filters(
        frozenset(name for it in known for each in it.filter for name in each.names),
        frozenset(name for it in known for each in it.filter for name in each.skips),
    )


def _covers(pattern: str, path: str) -> bool:
    """Whether a filter for the pattern runs before the path."""
    before, star, _ = pattern.partition("*")
    return pattern in {"/", path} or (bool(star) and path.startswith(before.rstrip("/")))


def _class_name(controller: str) -> str:
    return f"{camelize(controller)}Controller"
