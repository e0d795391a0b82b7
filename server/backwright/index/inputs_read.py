"""The inputs that a handler takes from its request, by looking at what it does with it."""

from __future__ import annotations

from backwright.facts import code, walk
from backwright.facts.backend import Location, RouteParameter
from backwright.facts.code import Expr, FileFacts
from backwright.index.frameworks import RequestObject
from backwright.index.inputs import unique
from backwright.index.values import External, FunctionValue


def read_inputs(
    request: RequestObject, function: FunctionValue, facts: FileFacts
) -> list[RouteParameter]:
    """What a handler reads of its request, by looking at what it does with it."""
    reader = _Reader(request, function)
    for step in walk.steps(function.facts.steps):
        if isinstance(step, code.Assign):
            reader.see_assignment(step)
    for expr in walk.deep_expressions(function.facts, facts):
        reader.see(expr)
    return unique(reader.found)


class _Reader:
    def __init__(self, request: RequestObject, function: FunctionValue) -> None:
        self.places = _places(request)
        self.function, self.request = function, request
        self.name = _request_name(request, function)
        self.inner: set[str] = set()
        """Names of what is the request too, such as the `url` of `({ url }) => …`."""
        self.aliases: dict[str, Location] = {}
        self.found: list[RouteParameter] = []
        self.take_apart(_request_pattern(request, function))

    def location(self, expr: Expr) -> Location | None:
        """The part of the request that `expr` is, such as `req.query`."""
        if isinstance(expr, code.Call):
            expr = expr.function
        if isinstance(expr, code.Operation) and expr.operator in {"or", "||", "??"}:
            return self.location(expr.operands[0])
        if isinstance(expr, code.Member) and self.is_request(expr.object):
            return self.places.get(expr.name)
        if isinstance(expr, code.Name):
            return self.aliases.get(expr.name)
        return None

    def is_request(self, expr: Expr) -> bool:
        if isinstance(expr, code.Member) and expr.name in self.request.inner:
            return self.is_request(expr.object)
        if isinstance(expr, code.Call) and walk.dotted(expr.function) in self.request.parsers:
            given = expr.arguments[0].value if expr.arguments else None
            return isinstance(given, code.Member) and self.is_request(given.object)
        if isinstance(expr, code.Member) and expr.name == self.request.attribute:
            return expr.object == code.Name("self")
        if not isinstance(expr, code.Name):
            return False
        if expr.name in self.inner:
            return True
        if self.name:
            return expr.name == self.name
        value = self.function.scope.find(expr.name)
        return isinstance(value, External) and value.origin in self.request.origins

    def see(self, expr: Expr) -> None:
        match expr:
            case code.Call(code.Member(owner, name), [code.Argument(code.Text(key)), *_]):
                if name in _ACCESSORS and (where := self.location(owner)):
                    self.add(key, where)
                elif (place := self.places.get(name)) and self.is_request(owner):
                    self.add(key, place)  # c.req.query("page")
                elif (place := self.request.calls.get(name)) and (
                    owner == code.Name("self") or self.is_request(owner)
                ):
                    self.add(key, place)  # self.get_argument("page")
                elif name in {"get", "header"} and self.is_parameter(owner):
                    self.add(key, "header")
            case code.Member(owner, name) if name not in _METHODS:
                if where := self.location(owner):
                    self.add(name, where)
            case _:
                pass

    def is_parameter(self, expr: Expr) -> bool:
        """Whether `expr` is a request that was passed, not one that is imported."""
        return self.is_request(expr) and not self.request.origins

    def take_apart(self, target: Expr | None) -> None:
        """`const { query, body } = req`: names for parts of the request."""
        for key, local in target.entries if isinstance(target, code.Table) else ():
            if not isinstance(key, code.Text):
                continue
            where = self.places.get(key.value)
            if key.value in self.request.inner and isinstance(local, code.Name):
                self.inner.add(local.name)
            elif where is not None and isinstance(local, code.Name):
                self.aliases[local.name] = where
            elif where is not None and isinstance(local, code.Table):
                for name, _ in local.entries:
                    if isinstance(name, code.Text):
                        self.add(name.value, where)

    def see_assignment(self, step: code.Assign) -> None:
        if step.value is not None and self.is_request(step.value):
            self.take_apart(step.target)
        where = self.location(step.value) if step.value is not None else None
        if where is None:
            return
        if isinstance(step.target, code.Name):
            self.aliases[step.target.name] = where
        elif isinstance(step.target, code.Table):
            for key, _ in step.target.entries:
                if isinstance(key, code.Text):
                    self.add(key.value, where)

    def add(self, name: str, where: Location) -> None:
        if where != "path":
            self.found.append(RouteParameter(name, where, "", required=False))


def _request_name(request: RequestObject, function: FunctionValue) -> str:
    parameters = function.facts.parameters
    if parameters and parameters[0].name == "self":
        parameters = parameters[1:]  # a method's object stands first
    if 0 <= request.parameter < len(parameters):
        return parameters[request.parameter].name
    return ""


def _request_pattern(request: RequestObject, function: FunctionValue) -> Expr | None:
    """What the request is taken apart into where it is passed: `({ query, body }, res) => …`."""
    parameters = function.facts.parameters
    return (
        parameters[request.parameter].pattern if 0 <= request.parameter < len(parameters) else None
    )


def _places(request: RequestObject) -> dict[str, Location]:
    parts: tuple[tuple[Location, tuple[str, ...]], ...] = (
        ("path", request.path),
        ("query", request.query),
        ("body", request.body),
        ("form", request.form),
        ("header", request.header),
        ("cookie", request.cookie),
    )
    return {name: location for location, names in parts for name in names}


_ACCESSORS = frozenset({"get", "getlist", "pop"})
_METHODS = frozenset({"copy", "dict", "get", "getlist", "items", "keys", "to_dict", "values"})
