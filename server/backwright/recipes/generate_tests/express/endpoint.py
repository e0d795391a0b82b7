"""Reads an Express endpoint: its middleware in order, its handler, its schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from backwright.facts.backend import Route
from backwright.recipes.generate_tests.asks import asks_validity
from backwright.recipes.generate_tests.behaviour import Behaviour
from backwright.recipes.generate_tests.chain import Chains
from backwright.recipes.generate_tests.derive import derived_fields
from backwright.recipes.generate_tests.execution.core import Arguments
from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.express.dialect import (
    NEXT,
    PASSED,
    REQUEST,
    RESPONSE,
    ExpressDialect,
    is_error_handler,
)
from backwright.recipes.generate_tests.express.schemas import rule, schema_fields
from backwright.recipes.generate_tests.fields import Field, Inputs
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.state import State
from backwright.recipes.generate_tests.values import (
    BODY,
    Answer,
    Code,
    Const,
    Made,
    Outside,
    Value,
    mentioned,
)

_PARAMETER = re.compile(r"\{([^}]*)\}")


@dataclass(slots=True)
class ExpressReader:
    """Reads the endpoints of one application; what is evaluated once is kept."""

    project: Project
    chains: Chains
    dialect: ExpressDialect

    def read(self, route: Route) -> Behaviour | None:
        chain = self.chains.of(route)
        if chain is None or chain.handler is None:
            return None
        self.dialect.parsed.clear()
        self.dialect.execution.spent = 0
        states, exits = [State()], []
        rules: list[tuple[str, Field]] = []
        for value in (*chain.before, chain.handler):
            if (found := rule(value)) is not None:
                rules.append(found)
            if not isinstance(value, Code) or is_error_handler(value.function):
                continue
            going: list[State] = []
            for state in states:
                for after in self._run(value, state):
                    if after.thrown == PASSED:
                        going.append(replace(after, thrown=None))
                    elif after.thrown is not None:
                        exits.append(self._exit(after))
            states = going
        return self._behaviour(route, tuple(exits), rules)

    def _run(self, function: Code, state: State) -> Iterator[State]:
        arguments = Arguments((REQUEST, RESPONSE, NEXT))
        for after, _ in self.dialect.execution.call(function, arguments, state):
            yield after

    def _exit(self, state: State) -> Exit:
        assert state.thrown is not None
        thrown = state.thrown
        failed = not isinstance(thrown, Answer)
        answer = thrown if isinstance(thrown, Answer) else self._handled(thrown, state)
        failed = failed or answer.status >= 400
        return Exit(answer.status, answer.body, state.conditions, state.writes, failed=failed)

    def _handled(self, thrown: Value, state: State) -> Answer:
        """What the error handler of the app answers."""
        if not isinstance(thrown, Made):
            return Answer(0)
        execution = self.dialect.execution
        for facts in self.project.sources((".js", ".ts", ".mjs", ".cjs", ".mts")):
            for function in facts.functions:
                if not is_error_handler(function):
                    continue
                given = Arguments((thrown, REQUEST, RESPONSE, NEXT))
                start = State(names={"@thrown": thrown}, writes=state.writes)
                for after, _ in execution.call(Code(function, facts.path), given, start):
                    if isinstance(after.thrown, Answer):
                        status = after.thrown.status or self._status(after)
                        return Answer(status, after.thrown.body)
        return Answer(0)

    def _status(self, state: State) -> int:
        for owner, name, value in reversed(state.writes):
            if owner == RESPONSE and name == "statusCode" and isinstance(value, Const):
                return value.value if isinstance(value.value, int) else 0
        return 0

    def _behaviour(
        self, route: Route, exits: tuple[Exit, ...], rules: list[tuple[str, Field]]
    ) -> Behaviour:
        places = self._places(rules)
        names = [it.rstrip("*") for it in _PARAMETER.findall(route.path)]
        known = {it.name: it for it in places["path"]}
        path = tuple(known.get(it, Field(name=it)) for it in names)
        query = places["query"] or derived_fields(exits, "query")
        body: Field | None = None
        fields = places["body"] or derived_fields(exits, "body")
        reads = any(it == BODY for end in exits for it in _values(end))
        if route.method not in {"GET", "HEAD", "DELETE"} and (fields or reads):
            body = Field(name="", type="object", fields=fields)
        success = next((it.status for it in exits if not it.failed and it.status), 200)
        return Behaviour(
            route=route,
            inputs=Inputs(path=path, query=query, body=body),
            exits=exits,
            success=success,
            invalid=_invalid(exits),
            partial=self.dialect.execution.exhausted,
        )

    def _places(self, rules: list[tuple[str, Field]]) -> dict[str, tuple[Field, ...]]:
        found: dict[str, dict[str, Field]] = {"body": {}, "query": {}, "path": {}}
        for place, field in rules:
            found[place][field.name] = field
        for schema, given in self.dialect.parsed:
            read = schema_fields(schema)
            if read is None:
                continue
            if given == BODY:
                found["body"].update({it.name: it for it in read.fields})
            elif isinstance(given, Outside) and given.origin.endswith(".query"):
                found["query"].update({it.name: it for it in read.fields})
            elif isinstance(given, Outside) and given.origin.endswith(".params"):
                found["path"].update({it.name: it for it in read.fields})
            elif given == REQUEST:
                for whole in read.fields:
                    place = {"params": "path"}.get(whole.name, whole.name)
                    if place in found:
                        found[place].update({it.name: it for it in whole.fields})
        return {place: tuple(it.values()) for place, it in found.items()}


def _values(end: Exit) -> Iterator[Value]:
    for condition in end.conditions:
        yield from mentioned(condition.value)
    yield from mentioned(end.body)
    for owner, _, value in end.writes:
        yield from mentioned(owner)
        yield from mentioned(value)


def _invalid(exits: tuple[Exit, ...]) -> int:
    """The status of a request that a schema refuses."""
    refusing = (it for it in exits if it.failed and any(map(asks_validity, it.conditions)))
    return next((it.status for it in refusing if it.status), 0)
