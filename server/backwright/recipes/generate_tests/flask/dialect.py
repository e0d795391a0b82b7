"""What Flask's own names mean to a run through a view."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus

from backwright.facts import code, walk
from backwright.recipes.generate_tests.execute import Execution
from backwright.recipes.generate_tests.execution.core import Arguments, Outcomes
from backwright.recipes.generate_tests.fastapi.dialect import is_model, status_constant, status_of
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.state import Condition, State
from backwright.recipes.generate_tests.values import (
    BODY,
    NONE,
    Answer,
    Code,
    Const,
    Given,
    Kind,
    Listed,
    Made,
    Outside,
    Part,
    Result,
    Test,
    Unknown,
    Value,
)

REQUEST = "flask.request"
QUERY = Outside("flask.request.args")
_BODIES = frozenset({"json", "form", "values", "data"})
_FOUND_OR_404 = frozenset({"get_or_404", "first_or_404", "one_or_404"})
_PARSING = frozenset({"model_validate", "parse_obj", "load", "validate", "deserialize"})


@dataclass(slots=True)
class FlaskDialect:
    """`parsed` are the models that parts of the request were held against."""

    project: Project
    execution: Execution = field(init=False)
    parsed: list[tuple[Value, Value]] = field(default_factory=list)
    form: bool = False

    def __post_init__(self) -> None:
        self.execution = Execution(self.project, self)

    def attribute(self, owner: Value, name: str) -> Value | None:
        match owner:
            case Outside("flask.request") if name in _BODIES:
                self.form = self.form or name == "form"
                return BODY
            case Outside("flask.request"):
                return Outside(f"flask.request.{name}")
            case Outside("flask.request.args"):
                return (
                    None if name in {"get", "to_dict", "getlist", "items"} else Given("query", name)
                )
            case Outside("flask.request.view_args"):
                return None if name == "get" else Given("path", name)
            case Outside("flask.request.headers"):
                return None if name == "get" else _header(name)
            case Outside("flask.request.cookies"):
                return None if name == "get" else Given("credential", f"cookie:{name}")
            case Outside(origin):
                return status_constant(origin, name)
            case _:
                return None

    def call(self, function: Value, arguments: Arguments, state: State) -> Outcomes | None:
        match function:
            case Outside(origin) if origin.startswith("flask.request."):
                return self._read(origin.removeprefix("flask.request."), arguments, state)
            case Outside("flask.abort" | "werkzeug.exceptions.abort"):
                return [(state.throw(_aborted(arguments)), NONE)]
            case Outside(origin) if (answer := _answer_made(origin, arguments)) is not None:
                return [(state, answer)]
            case Part(_, name) | Outside(name) if name.rpartition(".")[2] in _FOUND_OR_404:
                return self._found_or_404(function, arguments, state)
            case Part(schema, name) if name in _PARSING:
                return self._parse(schema, arguments.get(0), state)
            case Kind() if arguments.rest and is_model(self.project, function):
                return self._parse(function, arguments.rest[0], state)
            case _:
                return None

    def caught_by(self, thrown: Value, name: str) -> bool:
        if name in {"", "Exception", "BaseException"}:
            return True
        if isinstance(thrown, Answer):
            return name == "HTTPException"
        return isinstance(thrown, Made) and name in thrown.lineage

    def answer(self, thrown: Value, state: State) -> Answer:
        """What a client gets when `thrown` leaves the view; status 0 when that is not known."""
        if isinstance(thrown, Answer):
            return thrown
        if not isinstance(thrown, Made):
            return Answer(0)
        handler = self._handler(thrown)
        if handler is not None:
            start = State(writes=state.writes)
            found = self.execution.call(handler, Arguments((thrown,)), start)
            answers = [answer_of(it) for after, it in found if after.thrown is None]
            return answers[0] if len({it.status for it in answers}) == 1 else Answer(0)
        kind = self.execution.kind_of(thrown)
        if kind is None:
            return Answer(0)
        bases = {it.rpartition(".")[2] for it in self.project.base_origins(kind)}
        known = [status for it in bases if (status := _exception_status(it))]
        own = status_of(self.execution.part(thrown, "code", state))
        return Answer(own or (known[0] if known else 0))

    def _read(self, called: str, arguments: Arguments, state: State) -> Outcomes | None:
        """A part of the request: `get_json()`, `args.get("page", 1)`."""
        if called == "get_json":
            return [(state, BODY)]
        if called == "args.to_dict":
            return [(state, QUERY)]
        table, _, method = called.rpartition(".")
        name = arguments.get(0)
        if method != "get" or not isinstance(name, Const):
            return None
        found = self.attribute(Outside(f"flask.request.{table}"), str(name.value))
        default = arguments.get(1, "default")
        if found is not None and isinstance(default, Const) and default != NONE:
            found = Test("??", (found, default))
        return [(state, found)] if found is not None else None

    def _found_or_404(self, function: Value, arguments: Arguments, state: State) -> Outcomes:
        result = Result(function, arguments.positional)
        found: Outcomes = []
        if (there := state.assume(Condition(result, True))) is not None:
            found.append((there, result))
        if (gone := state.assume(Condition(result, False))) is not None:
            found.append((gone.throw(Answer(404)), NONE))
        return found

    def _parse(self, schema: Value, given: Value | None, state: State) -> Outcomes | None:
        if isinstance(given, Test) and given.operator in {"or", "??"}:
            given = given.operands[0]
        if given not in {BODY, QUERY}:
            return None
        assert given is not None
        self.parsed.append((schema, given))
        valid = Test("valid", (given,))
        found: Outcomes = []
        if (fine := state.assume(Condition(valid, True))) is not None:
            found.append((fine, given))
        if (wrong := state.assume(Condition(valid, False))) is not None:
            thrown = Made("", (("messages", Unknown()),), lineage=("ValidationError",))
            found.append((wrong.throw(thrown), NONE))
        return found

    def _handler(self, thrown: Made) -> Code | None:
        found: dict[str, Code] = {}
        decorating = ("errorhandler", "app_errorhandler")
        for facts in self.project.sources((".py",)):
            for function in facts.functions:
                for decorator in function.decorators:
                    if isinstance(decorator, code.Call) and (
                        name := _handled(decorator, decorating)
                    ):
                        found[name] = Code(function, facts.path)
            bodies = [facts.steps, *(it.steps for it in facts.functions)]
            for call in (call for body in bodies for call in walk.calls(body)):
                name = _handled(call, ("register_error_handler",))
                if name and len(call.arguments) > 1:
                    value = self.execution.constant(call.arguments[1].value, facts.path)
                    if isinstance(value, Code):
                        found[name] = value
        return next((found[it] for it in thrown.lineage if it in found), None)


def _answer_made(origin: str, arguments: Arguments) -> Value | None:
    """The response or exception that a call of Flask or werkzeug makes."""
    package, _, name = origin.rpartition(".")
    if package == "werkzeug.exceptions":
        status = _exception_status(name)
        return Answer(status, arguments.get(0, "description")) if status else None
    if not origin.startswith(("flask.", "werkzeug.")):
        return None
    match name:
        case "jsonify":
            return _json(arguments)
        case "make_response":
            return answer_of(Listed(arguments.positional))
        case "redirect":
            given = arguments.get(1, "code")
            return Answer(302 if given is None else status_of(given))
        case "Response":
            given = arguments.get(1, "status")
            return Answer(200 if given is None else status_of(given), arguments.get(0, "response"))
        case _:
            return None


def answer_of(value: Value) -> Answer:
    """What a view returns as a response: a body, or a tuple of body, status and headers."""
    match value:
        case Answer():
            return value
        case Listed((Answer(_, body), Const(int() as status), *_)):
            return Answer(int(status), body)
        case Listed((body, Const(int() as status), *_)):
            return Answer(int(status), body)
        case Listed((body, Made())) | Listed((body,)):
            return Answer(200, body)
        case Listed((body, _, *_)):
            return Answer(0, body)
        case _:
            return Answer(200, value)


def _handled(call: code.Call, registering: tuple[str, ...]) -> str:
    if not isinstance(call.function, code.Member) or call.function.name not in registering:
        return ""
    return walk.dotted(call.arguments[0].value).rpartition(".")[2] if call.arguments else ""


def _aborted(arguments: Arguments) -> Value:
    first = arguments.get(0, "code")
    if isinstance(first, Answer):
        return first
    return Answer(status_of(first), arguments.get(1, "description"))


def _json(arguments: Arguments) -> Value:
    if len(arguments.positional) == 1:
        return arguments.positional[0]
    if arguments.positional:
        return Listed(arguments.positional)
    return Made("", arguments.keywords, arguments.rest)


def _header(name: str) -> Given:
    lowered = name.lower()
    if lowered == "authorization":
        return Given("credential", "bearer")
    if any(it in lowered for it in ("key", "token", "auth", "secret", "user", "role")):
        return Given("credential", f"header:{name}")
    return Given("header", name)


def _exception_status(name: str) -> int:
    """The status of a class of `werkzeug.exceptions`, by its name."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()
    return HTTPStatus[words].value if words in HTTPStatus.__members__ else 0
