"""Reads a FastAPI endpoint: its dependencies, its handler, what it takes and what it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from backwright.facts import code, walk
from backwright.facts.backend import Route
from backwright.facts.code import Expr, Function
from backwright.recipes.generate_tests.behaviour import Behaviour
from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.fastapi.annotations import Said, annotation_of, said_in
from backwright.recipes.generate_tests.fastapi.dialect import FastApiDialect
from backwright.recipes.generate_tests.fastapi.models import Models
from backwright.recipes.generate_tests.fastapi.signature import INVALID, Signature
from backwright.recipes.generate_tests.fields import Field, Inputs
from backwright.recipes.generate_tests.project import Project, ValueAt
from backwright.recipes.generate_tests.state import State
from backwright.recipes.generate_tests.values import Answer, Code


def read_endpoint(project: Project, route: Route) -> Behaviour | None:
    """What the endpoint does; None where its handler is not in the project."""
    place = route.handler_place
    function = project.function_at(place.file, place.start)
    if function is None:
        return None
    return _Reading(project, route, function).behaviour()


class _Reading:
    def __init__(self, project: Project, route: Route, function: Function) -> None:
        self.project, self.route, self.function = project, route, function
        self.file = route.handler_place.file
        self.dialect = FastApiDialect(project)
        self.execution = self.dialect.execution
        self.models = Models(project, self.execution)
        names = [it.name for it in route.parameters if it.location == "path"]
        self.signature = Signature(
            project, self.execution, self.models, {it: Field(name=it) for it in names}
        )

    def behaviour(self) -> Behaviour:
        handler = Code(self.function, self.file)
        states = [State()]
        for said in self._dependencies():
            states = [after for state in states for after in self._depended(said, state)]
        refused = [it for it in states if it.thrown is not None]
        bound = self.signature.bind(handler, [it for it in states if it.thrown is None])
        exits = [self._refused(it) for it in (*refused, *bound) if it.thrown is not None]
        exits += [
            Exit(INVALID, None, conditions, failed=True) for conditions in self.signature.refusals
        ]
        for state in bound:
            if state.thrown is None:
                exits += self._handled(handler, state)
        call = self._registration()
        return Behaviour(
            route=self.route,
            inputs=self._inputs(),
            exits=tuple(exits),
            success=self.route.status or 200,
            invalid=INVALID,
            response=self._response(call),
            partial=self.execution.exhausted,
        )

    def _depended(self, said: Said, state: State) -> Iterator[State]:
        if state.thrown is not None:
            yield state
            return
        for after, _ in self.signature.depend(said, state):
            yield after

    def _handled(self, handler: Code, state: State) -> Iterator[Exit]:
        for flow in self.execution.run(self.function.steps, state, handler.file):
            if flow.kind == "throw":
                yield self._refused(flow.state)
                continue
            status, body = self.route.status or 200, flow.value
            if isinstance(body, Answer):
                status, body = body.status, body.body
            yield Exit(status, body, flow.state.conditions, flow.state.writes)

    def _refused(self, state: State) -> Exit:
        assert state.thrown is not None
        answer = self.dialect.answer(state.thrown, state)
        return Exit(answer.status, answer.body, state.conditions, state.writes, failed=True)

    # What stands before the handler

    def _dependencies(self) -> Iterator[Said]:
        """The dependencies of the app, the routers and the registration, in their order."""
        call = self._registration()
        owner = self.route.owner
        if call is not None and isinstance(call.function, code.Member):
            owner = walk.dotted(call.function.object)
        yield from self._above(self.file, owner, 0)
        if call is not None:
            yield from self._listed(call, self.file)

    def _above(self, file: str, owner: str, depth: int) -> Iterator[Said]:
        """What the router `owner` and those that include it depend on, the outermost first."""
        found = self.project.find(file, owner) if owner and depth < 6 else None
        made = getattr(found, "expr", None)
        if not isinstance(made, code.Call):
            return
        home = getattr(found, "file", file)
        for includer, call in self._includes(made, home):
            if isinstance(call.function, code.Member):
                yield from self._above(includer, walk.dotted(call.function.object), depth + 1)
            yield from self._listed(call, includer)
        yield from self._listed(made, home)

    def _includes(self, made: code.Call, home: str) -> Iterator[tuple[str, code.Call]]:
        """Where the router that is made in `home` is included."""
        for facts in self.project.sources((".py",)):
            bodies = [facts.steps, *(it.steps for it in facts.functions)]
            for call in (call for body in bodies for call in walk.calls(body)):
                if not walk.dotted(call.function).endswith(".include_router"):
                    continue
                name = walk.dotted(call.arguments[0].value) if call.arguments else ""
                child = self.project.find(facts.path, name) if name else None
                if isinstance(child, ValueAt) and (child.expr, child.file) == (made, home):
                    yield facts.path, call

    def _listed(self, call: code.Call, file: str) -> Iterator[Said]:
        for argument in call.arguments:
            if argument.name == "dependencies" and isinstance(argument.value, code.Items):
                for item in argument.value.values:
                    if (said := said_in(self.project, item, file)) is not None:
                        yield said

    def _registration(self) -> code.Call | None:
        verb = self.route.method.lower()
        calls = [it for it in self.function.decorators if isinstance(it, code.Call)]
        for call in calls:
            name = walk.dotted(call.function).rpartition(".")[2]
            if name in {verb, "api_route"}:
                return call
        return None

    # What it takes and gives

    def _inputs(self) -> Inputs:
        signature = self.signature
        return Inputs(
            path=tuple(signature.path.values()),
            query=tuple(signature.query.values()),
            header=tuple(signature.header.values()),
            body=self._body(),
            form=signature.form,
            opaque=signature.opaque,
        )

    def _body(self) -> Field | None:
        bodies = self.signature.bodies
        if not bodies:
            return None
        if len(bodies) == 1 and not bodies[0][0]:
            return bodies[0][1]
        fields = tuple(replace(it, name=name or it.name) for name, it in bodies)
        return Field(name="", type="object", fields=fields)

    def _response(self, call: code.Call | None) -> Field | None:
        """The fields that the declared response model has; None where nothing is declared."""
        declared: Expr | None = self.function.returns
        for argument in call.arguments if call is not None else ():
            if argument.name == "response_model":
                declared = argument.value
            elif argument.name.startswith("response_model_"):
                return None  # some fields may be left out
        annotation = annotation_of(self.project, declared, self.file)
        if annotation.nullable or annotation.name in {"", "None"}:
            return None
        field = self.models.typed("", annotation)
        return field if field.type in {"object", "array"} else None
