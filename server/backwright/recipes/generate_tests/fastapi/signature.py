"""How FastAPI fills a handler's parameters: from the request, and from dependencies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import msgspec

from backwright.facts import code, walk
from backwright.facts.code import Expr, Parameter
from backwright.recipes.generate_tests.behaviour import DENIED
from backwright.recipes.generate_tests.execute import Execution
from backwright.recipes.generate_tests.execution.core import Arguments
from backwright.recipes.generate_tests.fastapi.annotations import (
    Annotation,
    Said,
    annotation_of,
    said_in,
)
from backwright.recipes.generate_tests.fastapi.dialect import is_model
from backwright.recipes.generate_tests.fastapi.models import Models
from backwright.recipes.generate_tests.fields import Field
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
    Unknown,
    Value,
)

_LOCATIONS = {
    "Query": "query",
    "Path": "path",
    "Header": "header",
    "Cookie": "cookie",
    "Body": "body",
    "Form": "form",
    "File": "file",
}
INVALID = 422
_IGNORED = frozenset(
    {"Request", "Response", "WebSocket", "BackgroundTasks", "HTTPConnection", "SecurityScopes"}
)


@dataclass(slots=True)
class Signature:
    """Binds parameters and collects what they read of the request."""

    project: Project
    execution: Execution
    models: Models
    path: dict[str, Field]
    query: dict[str, Field] = field(default_factory=dict)
    header: dict[str, Field] = field(default_factory=dict)
    bodies: list[tuple[str, Field]] = field(default_factory=list)
    form: bool = False
    opaque: str = ""
    required: set[Value] = field(default_factory=set)
    """Credentials without which a request is invalid, whatever the code that takes them does."""
    refusals: list[tuple[Condition, ...]] = field(default_factory=list)
    """When the models that are taken refuse what their fields allow."""

    def bind(self, function: Code, states: list[State]) -> list[State]:
        """The runs with the function's parameters bound, dependencies run first."""
        frames = [replace(it, names=dict(function.scope)) for it in states]
        for parameter in function.function.parameters:
            if parameter.kind or parameter.name in {"self", "cls"}:
                continue
            frames = [
                after
                for state in frames
                for after in self._parameter(parameter, function.file, state)
            ]
        return frames

    def depend(self, said: Said, state: State) -> Iterator[tuple[State, Value]]:
        """The runs of what `Depends(…)` names, with its result."""
        first = next(
            (it.value for it in said.call.arguments if it.name in {"", "dependency"}), None
        )
        if first is None:
            yield state, Unknown()
            return
        called = self.execution.constant(first, said.file)
        if isinstance(called, Kind | Made):
            yield from self._of_object(called, state)
        elif isinstance(called, Code):
            scopes = self._scopes(said)
            yield from self._run(called, state, scopes)
        elif isinstance(called, Result):
            yield from self._scheme(called, state)
        else:
            yield state, Result(called)

    def _run(
        self, called: Code, state: State, scopes: Value | None
    ) -> Iterator[tuple[State, Value]]:
        names = state.names
        key = f"@{called.file}:{called.function.start}:{sorted(called.scope)}"
        if scopes is None and key in names:  # a dependency runs once a request
            yield state, names[key]
            return
        for bound in self.bind(called, [state]):
            if bound.thrown is not None:
                yield replace(bound, names=names), Unknown()
                continue
            if scopes is not None:
                bound = _with_scopes(called, bound, scopes)
            arguments = {
                it.name: bound.names[it.name]
                for it in called.function.parameters
                if it.name in bound.names
            }
            kept = {it: value for it, value in bound.names.items() if it.startswith("@")}
            outer = replace(bound, names={**names, **kept})
            for after, value in self.execution.call(
                called, Arguments(keywords=tuple(arguments.items())), outer
            ):
                yield after.bind(key, value), value

    def _of_object(self, called: Kind | Made, state: State) -> Iterator[tuple[State, Value]]:
        """A class as a dependency is made; an instance is called."""
        kind = called if isinstance(called, Kind) else self.execution.kind_of(called)
        if kind is None:
            yield state, Unknown()
            return
        methods = self.project.methods(kind)
        method = methods.get("__init__" if isinstance(called, Kind) else "__call__")
        if method is None:
            yield state, Made(f"{kind.file}:{kind.name}")
            return
        bare = msgspec.structs.replace(method[0], parameters=method[0].parameters[1:])
        for bound in self.bind(Code(bare, method[1]), [state]):
            arguments = Arguments(
                keywords=tuple((it.name, bound.names[it.name]) for it in bare.parameters)
            )
            outer = replace(bound, names=state.names)
            if bound.thrown is not None:
                yield outer, Unknown()
            elif isinstance(called, Kind):
                yield from self.execution.instantiate(called, arguments, outer)
            else:
                yield from self.execution.call(Code(*method, this=called), arguments, outer)

    def _scheme(self, scheme: Result, state: State) -> Iterator[tuple[State, Value]]:
        """A security scheme of FastAPI: without credentials it answers or gives None."""
        origin = scheme.function.origin if isinstance(scheme.function, Outside) else ""
        name = origin.rpartition(".")[2]
        options = dict(scheme.keywords)
        if not origin.startswith("fastapi.security"):
            yield state, scheme
            return
        kind = "bearer"
        if name == "HTTPBasic":
            kind = "basic"
        elif name.startswith("APIKey"):
            named = options.get("name")
            place = name.removeprefix("APIKey").lower()
            kind = f"{place}:{named.value}" if isinstance(named, Const) else place
        credential = Given("credential", kind)
        missing = state.assume(Condition(credential, False))
        present = state.assume(Condition(credential, True))
        if missing is not None and options.get("auto_error") == Const(False):
            yield missing, NONE
        elif missing is not None:
            status = 401 if name.startswith(("OAuth2", "HTTPBasic")) else DENIED
            yield missing.throw(Answer(status)), Unknown()
        if present is not None:
            yield present, credential

    def _scopes(self, said: Said) -> Value | None:
        for argument in said.call.arguments:
            if argument.name == "scopes":
                return self.execution.constant(argument.value, said.file)
        return None

    def _parameter(self, parameter: Parameter, file: str, state: State) -> Iterator[State]:
        if state.thrown is not None:
            yield state
            return
        annotation = annotation_of(self.project, parameter.annotation, file)
        said = list(annotation.said)
        if parameter.default is not None:
            extra = said_in(self.project, parameter.default, file)
            said += [extra] if extra is not None else []
        depends = next((it for it in said if _last(it) in {"Depends", "Security"}), None)
        if depends is not None:
            if not any(it.value for it in depends.call.arguments if not it.name):
                depends = _with_class(depends, parameter.annotation, file)
            for after, value in self.depend(depends, state):
                yield after if after.thrown is not None else after.bind(parameter.name, value)
            return
        where = next((_LOCATIONS[_last(it)] for it in said if _last(it) in _LOCATIONS), "")
        if annotation.name.endswith("SecurityScopes"):
            yield state.bind(parameter.name, Made("", (("scopes", Listed(())),)))
            return
        if not where and annotation.name.rpartition(".")[2] in _IGNORED:
            yield state.bind(parameter.name, Given("header", "*"))
            return
        value = self._input(parameter, annotation, where, file)
        for after in self._required(value, state):
            yield after.bind(parameter.name, value)

    def _required(self, value: Value, state: State) -> Iterator[State]:
        """The runs with and without a credential that has to be there."""
        if value not in self.required:
            yield state
            return
        if (missing := state.assume(Condition(value, False))) is not None:
            yield missing.throw(Answer(INVALID))
        if (present := state.assume(Condition(value, True))) is not None:
            yield present

    def _input(self, parameter: Parameter, annotation: Annotation, where: str, file: str) -> Value:
        name = parameter.name
        read = self.models.parameter(name, annotation, parameter.default, file)
        if where == "path" or (not where and name in self.path):
            self.path[name] = replace(read, required=True)
            return Given("path", name)
        if where in {"form", "file"}:
            self.form = True
            if where == "file":
                self.opaque = "it takes a file"
            self.bodies.append((name, read))
            return Part(BODY, name)
        kind = annotation.kind
        model = kind is not None and is_model(self.project, kind)
        if where == "body" or (not where and (model or read.type == "object")):
            embedded = where == "body" and not model
            self.bodies.append((name if embedded else "", read))
            if kind is not None and model and not embedded:
                self.refusals += self.models.refusals(kind)
            return Part(BODY, name) if embedded else BODY
        if model and kind is not None:  # a model of query parameters
            for inner in self.models.fields(kind):
                self.query[inner.name] = inner
            return Made("", tuple((it, Given("query", it)) for it in self.query))
        if where in {"header", "cookie"}:
            title = read.name if read.name != name else name.replace("_", "-")
            return self._header(title, read) if where == "header" else Given("cookie", read.name)
        self.query[read.name] = read
        return Given("query", read.name)

    def _header(self, title: str, read: Field) -> Given:
        """A header; one that tells who asks counts as a credential."""
        if not _secret(title):
            self.header[title] = replace(read, name=title)
            return Given("header", title)
        credential = Given("credential", f"header:{title}")
        if read.required:
            self.required.add(credential)
        return credential


def _last(said: Said) -> str:
    return said.origin.rpartition(".")[2]


def _secret(header: str) -> bool:
    return any(it in header.lower() for it in ("auth", "key", "token", "secret", "user", "role"))


def _with_class(depends: Said, annotation: Expr | None, file: str) -> Said:
    """`x: Thing = Depends()` depends on `Thing`."""
    bare = annotation
    if isinstance(bare, code.Element) and walk.dotted(bare.object).endswith("Annotated"):
        bare = bare.key.values[0] if isinstance(bare.key, code.Items) else bare.key
    if bare is None:
        return depends
    call = depends.call
    whole = code.Call(
        call.function, [code.Argument(bare), *call.arguments], call.start, call.end, call.line
    )
    return Said(whole, file, depends.origin)


def _with_scopes(called: Code, state: State, scopes: Value) -> State:
    """The scopes that `Security(…, scopes=…)` asks for reach the parameter that takes them."""
    for parameter in called.function.parameters:
        if walk.type_text(parameter.annotation).endswith("SecurityScopes"):
            held = scopes if isinstance(scopes, Listed) else Listed(())
            return state.bind(parameter.name, Made("", (("scopes", held),)))
    return state
