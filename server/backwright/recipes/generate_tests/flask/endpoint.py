"""Reads a Flask endpoint: hooks, decorators, the view, and the models its input is held against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from backwright.facts import walk
from backwright.facts.backend import Route
from backwright.recipes.generate_tests.asks import asks_validity
from backwright.recipes.generate_tests.behaviour import Behaviour
from backwright.recipes.generate_tests.chain import Chain, Chains
from backwright.recipes.generate_tests.derive import derived_fields
from backwright.recipes.generate_tests.execution.core import Arguments
from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.fastapi.models import Models
from backwright.recipes.generate_tests.fields import Field, Inputs, Type
from backwright.recipes.generate_tests.flask.dialect import QUERY, FlaskDialect, answer_of
from backwright.recipes.generate_tests.flask.schemas import marshmallow_fields
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.state import State
from backwright.recipes.generate_tests.values import (
    BODY,
    NONE,
    Code,
    Given,
    Kind,
    Listed,
    Made,
    Value,
    inputs,
    mentioned,
)

_PARAMETER = re.compile(r"\{([^}]*)\}")
_CONVERTED = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
_TYPES: dict[str, Type] = {"int": "integer", "float": "number", "uuid": "uuid"}


@dataclass(slots=True)
class FlaskReader:
    project: Project
    chains: Chains
    dialect: FlaskDialect
    models: Models = field(init=False)

    def __post_init__(self) -> None:
        self.models = Models(self.project, self.dialect.execution)

    def read(self, route: Route) -> Behaviour | None:
        chain = self.chains.of(route)
        if chain is None or chain.handler is None:
            return None
        self.dialect.parsed.clear()
        self.dialect.form = False
        self.dialect.execution.spent = 0
        exits: list[Exit] = []
        states = [State()]
        chain = self._of_class(chain)
        around = tuple(it for it in chain.before if _wraps(it))
        hooks = [it for it in chain.before if not _wraps(it)]
        chain = replace(chain, wrappers=(*around, *chain.wrappers))
        for hook in (*hooks, *self._hooks(route, chain)):
            states = [after for it in states for after in self._hook(hook, it, exits)]
        names = [it.rstrip("*") for it in _PARAMETER.findall(route.path)]
        given = Arguments(keywords=tuple((it, Given("path", it)) for it in names))
        for state in states:
            for after, view in self._decorated(chain, state):
                if after.thrown is not None:
                    exits.append(self._refused(after))
                    continue
                for last, value in self.dialect.execution.call(view, given, after):
                    exits.append(self._end(last, value))
        return self._behaviour(route, names, tuple(exits))

    def _of_class(self, chain: Chain) -> Chain:
        """A method of a view's class: its `self` is known, and its class's decorators wrap it."""
        handler = chain.handler
        name = handler.function.qualname.rpartition(".")[0] if handler is not None else ""
        kind = self.project.class_named(name, handler.file) if handler and name else None
        if handler is None or kind is None:
            return chain
        this = Made(f"{kind.file}:{kind.name}", site=1)
        decorators = self.dialect.execution.part(kind, "decorators", State())
        listed = decorators.values[::-1] if isinstance(decorators, Listed) else ()
        known = {(it.file, it.function.start) for it in chain.before if isinstance(it, Code)}
        own = tuple(  # what the route's guards name already wraps it once
            it
            for it in listed
            if not isinstance(it, Code) or (it.file, it.function.start) not in known
        )
        return replace(chain, handler=replace(handler, this=this), wrappers=(*own, *chain.wrappers))

    def _hooks(self, route: Route, chain: Chain) -> Iterator[Code]:
        """Functions that are marked to run before the views of the blueprint, or of the app."""
        known = {it.function.start for it in chain.before if isinstance(it, Code)}
        for facts in self.project.sources((".py",)):
            for function in facts.functions:
                for decorator in function.decorators:
                    owner, _, name = walk.dotted(decorator).rpartition(".")
                    own = owner == route.owner or owner in {"app", "application"}
                    runs = name == "before_app_request" or (name == "before_request" and own)
                    if runs and function.start not in known:
                        yield Code(function, facts.path)

    def _hook(self, hook: Value, state: State, exits: list[Exit]) -> Iterator[State]:
        """A function that runs before the view; one that answers ends the request."""
        if not isinstance(hook, Code):
            yield state
            return
        for after, value in self.dialect.execution.call(hook, Arguments(), state):
            if after.thrown is not None:
                exits.append(self._refused(after))
            elif value != NONE and not isinstance(value, Code):
                exits.append(self._end(after, value))
            else:
                yield after

    def _decorated(self, chain: Chain, state: State) -> Iterator[tuple[State, Code]]:
        """The view inside the project's own decorators, the innermost applied first."""
        assert chain.handler is not None
        views = [(state, chain.handler)]
        for decorator in reversed(chain.wrappers):
            if not isinstance(decorator, Code):
                continue
            found: list[tuple[State, Code]] = []
            for at, view in views:
                for after, made in self.dialect.execution.call(decorator, Arguments((view,)), at):
                    found.append((after, made if isinstance(made, Code) else view))
            views = found
        yield from views

    def _end(self, state: State, value: Value) -> Exit:
        if state.thrown is not None:
            return self._refused(state)
        answer = answer_of(value)
        failed = answer.status >= 400
        return Exit(answer.status, answer.body, state.conditions, state.writes, failed=failed)

    def _refused(self, state: State) -> Exit:
        assert state.thrown is not None
        answer = self.dialect.answer(state.thrown, state)
        return Exit(answer.status, answer.body, state.conditions, state.writes, failed=True)

    def _behaviour(self, route: Route, names: list[str], exits: tuple[Exit, ...]) -> Behaviour:
        declared = self._declared()
        kinds = {
            name: _TYPES.get(kind, "any") for kind, name in _CONVERTED.findall(route.local_path)
        }
        typed = {it.name: it.type for it in route.parameters if it.location == "path"}
        path = tuple(
            Field(name=it, type=kinds.get(it) or _TYPES.get(typed.get(it, ""), "any"))
            for it in names
        )
        query = declared.get("query") or derived_fields(exits, "query")
        fields = declared.get("body") or derived_fields(exits, "body")
        reads = any(it == BODY for end in exits for it in _values(end))
        body = None
        if route.method not in {"GET", "HEAD", "DELETE"} and (fields or reads):
            body = Field(name="", type="object", fields=fields)
        invalid = _invalid(exits)
        refusals = [
            Exit(invalid, None, conditions, failed=True)
            for schema, given in self.dialect.parsed
            if isinstance(schema, Kind) and given == BODY
            for conditions in self.models.refusals(schema)
        ]
        guards = [it for it in exits if it.failed and _looks_at_credential(it)]
        rest = [it for it in exits if it not in guards]
        exits = (*guards, *refusals, *rest)
        success = next((it.status for it in exits if not it.failed and it.status), 200)
        return Behaviour(
            route=route,
            inputs=Inputs(
                path=path,
                query=query,
                body=body,
                form=self.dialect.form,
            ),
            exits=exits,
            success=success,
            invalid=invalid,
            routed=True,
            partial=self.dialect.execution.exhausted,
        )

    def _declared(self) -> dict[str, tuple[Field, ...]]:
        found: dict[str, tuple[Field, ...]] = {}
        for schema, given in self.dialect.parsed:
            place = "query" if given == QUERY else "body"
            if isinstance(schema, Kind):
                found[place] = self.models.fields(schema)
            elif isinstance(schema, Made) and (kind := self.dialect.execution.kind_of(schema)):
                found[place] = marshmallow_fields(self.project, self.dialect.execution, kind)
        return found


def _values(end: Exit) -> Iterator[Value]:
    for condition in end.conditions:
        yield from mentioned(condition.value)
    yield from mentioned(end.body)
    for owner, _, value in end.writes:
        yield from mentioned(owner)
        yield from mentioned(value)


def _wraps(value: Value) -> bool:
    """Whether what stands before a view takes it and gives back another one."""
    if not isinstance(value, Code):
        return False
    return any(it.default is None and not it.kind for it in value.function.parameters)


def _looks_at_credential(end: Exit) -> bool:
    return all(
        it.where == "credential" for condition in end.conditions for it in inputs(condition.value)
    )


def _invalid(exits: tuple[Exit, ...]) -> int:
    """The status of a request that a model refuses."""
    refusing = (it for it in exits if it.failed and any(map(asks_validity, it.conditions)))
    return next((it.status for it in refusing if it.status), 0)
