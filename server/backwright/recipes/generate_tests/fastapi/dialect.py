"""What FastAPI's own names mean to a run through a handler."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus

from backwright.facts import code, walk
from backwright.recipes.generate_tests.execute import Execution
from backwright.recipes.generate_tests.execution.core import Arguments, Outcomes
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.state import State
from backwright.recipes.generate_tests.values import (
    Answer,
    Code,
    Const,
    Given,
    Kind,
    Made,
    Outside,
    Unknown,
    Value,
)

_STATUS = re.compile(r"HTTP_(\d{3})_")
_EXCEPTIONS = frozenset({"HTTPException"})


@dataclass(slots=True)
class FastApiDialect:
    project: Project
    execution: Execution = field(init=False)

    def __post_init__(self) -> None:
        self.execution = Execution(self.project, self)

    def attribute(self, owner: Value, name: str) -> Value | None:
        if isinstance(owner, Outside):
            return status_constant(owner.origin, name)
        if isinstance(owner, Given) and owner.where == "credential":
            return owner if name in {"credentials", "scheme"} else None
        return None

    def call(self, function: Value, arguments: Arguments, state: State) -> Outcomes | None:
        if not isinstance(function, Outside):
            return None
        last = function.origin.rpartition(".")[2]
        if not function.origin.startswith(("fastapi.", "starlette.")):
            return None
        if last == "HTTPException":
            status = status_of(arguments.get(0, "status_code"))
            return [(state, Answer(status, arguments.get(1, "detail")))]
        if last.endswith("Response"):
            given = arguments.get(1, "status_code")
            usual = 307 if last == "RedirectResponse" else 200
            status = status_of(given) if given is not None else usual
            return [(state, Answer(status, arguments.get(0, "content")))]
        if last == "jsonable_encoder" and arguments.positional:
            return [(state, arguments.positional[0])]
        return None

    def caught_by(self, thrown: Value, name: str) -> bool:
        if name in {"", "Exception", "BaseException"}:
            return True
        if isinstance(thrown, Answer):
            return name in _EXCEPTIONS
        return isinstance(thrown, Made) and name in thrown.lineage

    def answer(self, thrown: Value, state: State) -> Answer:
        """What a client gets when `thrown` leaves the handler; status 0 when that is not known."""
        if isinstance(thrown, Answer):
            return thrown
        if not isinstance(thrown, Made):
            return Answer(0)
        handler = self._handler(thrown)
        if handler is not None:
            given = Arguments((Unknown(), thrown))
            found = self.execution.call(handler, given, State(writes=state.writes))
            answers = [it for _, it in found if isinstance(it, Answer)]
            return answers[0] if len(found) == 1 and answers else Answer(0)
        kind = self.execution.kind_of(thrown)
        if kind is None or not any(
            it.endswith("HTTPException") for it in self.project.base_origins(kind)
        ):
            return Answer(0)
        status = self.execution.part(thrown, "status_code", state)
        return Answer(status_of(status), self.execution.part(thrown, "detail", state))

    def _handler(self, thrown: Made) -> Code | None:
        """The exception handler that the app has for it, that of the nearest class first."""
        found: dict[str, Code] = {}
        for facts in self.project.sources((".py",)):
            for function in facts.functions:
                for decorator in function.decorators:
                    if isinstance(decorator, code.Call):
                        name = _handled(decorator, "exception_handler")
                        if name:
                            found[name] = Code(function, facts.path)
            bodies = [facts.steps, *(it.steps for it in facts.functions)]
            for call in (call for body in bodies for call in walk.calls(body)):
                name = _handled(call, "add_exception_handler")
                if name and len(call.arguments) > 1:
                    value = self.execution.constant(call.arguments[1].value, facts.path)
                    if isinstance(value, Code):
                        found[name] = value
        return next((found[it] for it in thrown.lineage if it in found), None)


def _handled(call: code.Call, registering: str) -> str:
    """The class that a registration of an exception handler names."""
    if not isinstance(call.function, code.Member) or call.function.name != registering:
        return ""
    return walk.dotted(call.arguments[0].value).rpartition(".")[2] if call.arguments else ""


def status_constant(origin: str, name: str) -> Const | None:
    """`status.HTTP_404_NOT_FOUND` and `HTTPStatus.NOT_FOUND` are numbers."""
    if found := _STATUS.match(name):
        return Const(int(found.group(1)))
    if origin.endswith("HTTPStatus") and name in HTTPStatus.__members__:
        return Const(HTTPStatus[name].value)
    return None


def status_of(value: Value | None) -> int:
    if isinstance(value, Const) and isinstance(value.value, int):
        return value.value
    return 0


def is_model(project: Project, kind: Kind) -> bool:
    """Whether a class is read from a request's body."""
    origins = project.base_origins(kind)
    return any(it.endswith((".BaseModel", ".SQLModel", ".RootModel")) for it in origins)
