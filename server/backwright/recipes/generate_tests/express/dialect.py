"""What `req`, `res`, `next` and the usual packages mean to a run through an Express handler."""

from __future__ import annotations

from dataclasses import dataclass, field

from backwright.facts.code import Function
from backwright.recipes.generate_tests.execute import Execution
from backwright.recipes.generate_tests.execution.core import Arguments, Outcomes
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.state import Condition, State
from backwright.recipes.generate_tests.values import (
    BODY,
    NONE,
    Answer,
    Const,
    Given,
    Made,
    Outside,
    Part,
    Result,
    Test,
    Value,
)

REQUEST = Outside("express.request")
RESPONSE = Outside("express.response")
NEXT = Outside("express.next")
PASSED = Outside("express.passed")
"""What a middleware throws, on paper, when it hands on to the next one."""

_PARTS = {"params": "path", "query": "query", "headers": "header", "cookies": "cookie"}
_SENDING = frozenset({"json", "send", "end", "jsonp", "sendFile", "download", "render"})
_PARSING = frozenset({"parse", "parseAsync", "validateAsync", "validateSync", "cast", "assert"})
_SAFE = frozenset({"safeParse", "safeParseAsync", "validate"})
_VALIDATION = "express-validator.validationResult"


@dataclass(slots=True)
class ExpressDialect:
    """`parsed` are the schemas that parts of the request were held against."""

    project: Project
    execution: Execution = field(init=False)
    parsed: list[tuple[Value, Value]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.execution = Execution(self.project, self)

    def attribute(self, owner: Value, name: str) -> Value | None:
        if owner == REQUEST:
            if name == "body":
                return BODY
            return Outside(f"express.request.{name}")
        if isinstance(owner, Outside) and owner.origin.startswith("express.request."):
            part = owner.origin.removeprefix("express.request.")
            if part in _PARTS:
                return _given(part, name)
            return None
        if owner == RESPONSE or isinstance(owner, Answer):
            return Part(owner, name)
        return None

    def call(self, function: Value, arguments: Arguments, state: State) -> Outcomes | None:
        match function:
            case Part(owner, name) if owner == RESPONSE or isinstance(owner, Answer):
                return self._respond(owner, name, arguments, state)
            case Outside("express.request.get" | "express.request.header"):
                title = arguments.get(0)
                if isinstance(title, Const):
                    return [(state, _given("headers", str(title.value)))]
                return None
            case Outside("express.next"):
                error = arguments.get(0)
                return [(state.throw(error if error is not None else PASSED), NONE)]
            case Outside(origin) if origin.endswith(_VALIDATION):
                return [(state, Result(function))]
            case Part(Result(Outside(origin)), "isEmpty") if origin.endswith(_VALIDATION):
                return [(state, Test("valid", (BODY,)))]
            case Part(schema, name) if name in _PARSING | _SAFE:
                return self._parse(schema, name, arguments, state)
            case _:
                return None

    def caught_by(self, thrown: Value, name: str) -> bool:
        return thrown != PASSED and not isinstance(thrown, Answer)

    def _respond(
        self, owner: Value, name: str, arguments: Arguments, state: State
    ) -> Outcomes | None:
        status = owner.status if isinstance(owner, Answer) else _status_set(state)
        first = arguments.get(0)
        if name == "status" and isinstance(first, Const) and isinstance(first.value, int):
            return [(state.write(RESPONSE, "statusCode", first), Answer(first.value))]
        if name == "status":
            settled = first if first is not None else NONE
            return [(state.write(RESPONSE, "statusCode", settled), Answer(0))]
        if name == "sendStatus" and isinstance(first, Const) and isinstance(first.value, int):
            return [(state.throw(Answer(first.value)), NONE)]
        if name == "redirect":
            return [(state.throw(Answer(302)), NONE)]
        if name in _SENDING:
            return [(state.throw(Answer(status, first)), NONE)]
        if name in {"set", "header", "type", "cookie", "location", "vary", "links", "append"}:
            return [(state, owner)]
        return None

    def _parse(
        self, schema: Value, name: str, arguments: Arguments, state: State
    ) -> Outcomes | None:
        """A schema that is held against a part of the request."""
        given = arguments.get(0)
        if given is None or not _of_request(given):
            return None
        given = _bare(given)
        self.parsed.append((schema, given))
        valid = Test("valid", (given,))
        error = Result(Outside("express.invalid"), (given,))
        if name in _SAFE:
            failed = Test("not", (valid,))
            fields: tuple[tuple[str, Value], ...] = (
                ("success", valid),
                ("data", given),
                ("value", given),
                ("error", Test("and", (failed, error))),
            )
            return [(state, Made("", fields))]
        found: Outcomes = []
        if (fine := state.assume(Condition(valid, True))) is not None:
            found.append((fine, given))
        if (wrong := state.assume(Condition(valid, False))) is not None:
            thrown = Made("", (("issues", error), ("errors", error)), lineage=("ZodError",))
            found.append((wrong.throw(thrown), NONE))
        return found


def _given(part: str, name: str) -> Given:
    if part != "headers":
        where = _PARTS[part]
        if where == "cookie":
            return Given("credential", f"cookie:{name}")
        return Given("path", name) if where == "path" else Given("query", name)
    lowered = name.lower()
    if lowered == "authorization":
        return Given("credential", "bearer")
    if any(it in lowered for it in ("key", "token", "auth", "secret", "user", "role")):
        return Given("credential", f"header:{name}")
    return Given("header", name)


def _status_set(state: State) -> int:
    for owner, name, value in reversed(state.writes):
        if owner == RESPONSE and name == "statusCode" and isinstance(value, Const):
            return value.value if isinstance(value.value, int) else 200
    return 200


def _of_request(value: Value) -> bool:
    bare = _bare(value)
    return bare == BODY or (isinstance(bare, Outside) and bare.origin.startswith("express.request"))


def _bare(value: Value) -> Value:
    """The part of the request itself: `req.body ?? {}`."""
    if isinstance(value, Test) and value.operator in {"??", "or"}:
        return value.operands[0]
    return value


def is_error_handler(function: Function) -> bool:
    """Express tells an error handler by its four parameters."""
    return len(function.parameters) == 4
