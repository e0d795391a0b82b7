"""From an endpoint to the route that readers see: its handler, inputs, guards and limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.backend import Location, Place, Route, RouteParameter
from backwright.facts.code import Expr, FileFacts, Function
from backwright.index import checks, paths
from backwright.index.evaluate import Evaluator
from backwright.index.frameworks import RequestObject, Signature, roles
from backwright.index.mounting.events import Endpoint
from backwright.index.values import (
    ClassValue,
    Const,
    External,
    FunctionValue,
    Method,
    Object,
    Site,
    Value,
)

Checked = tuple[Value, checks.Source]


@dataclass(slots=True)
class Handlers:
    """Looks into handlers. `files` holds the facts of every file by its path."""

    evaluator: Evaluator
    files: dict[str, FileFacts]

    def routes(self, endpoint: Endpoint) -> Iterator[Route]:
        event = endpoint.event
        for method, answering in event.targets:
            handler = _unwrapped(answering)
            function = handler if isinstance(handler, FunctionValue) else None
            place = _place(event.site)
            handler_place = _place(function.site) if function is not None else place
            if (
                function is not None
                and place.file == handler_place.file
                and handler_place.start <= place.start < handler_place.end
            ):
                place = handler_place  # a decorated function is registered where it stands
            found = self._inputs(endpoint, function)
            model, status = self._declared(endpoint, function)
            checked = checks.sort_out(
                self._before(endpoint, answering, function) + found.checked, self.files
            )
            yield Route(
                method=method,
                path=endpoint.path,
                handler=_handler_name(handler, answering),
                framework=endpoint.framework.name,
                place=place,
                handler_place=handler_place,
                local_path=endpoint.local_path,
                parameters=found.parameters,
                request_model=found.model,
                response_model=model,
                status=status,
                guards=list(checked.guards),
                rate_limit=checked.rate_limit,
                validators=list(checked.validators),
                owner=event.owner.name,
                protocol=event.protocol,
                resolved=endpoint.resolved,
            )

    def _before(
        self, endpoint: Endpoint, answering: Value, function: FunctionValue | None
    ) -> list[Checked]:
        """What stands before the handler: of its routers, of its registration, its decorators."""
        before: list[Checked] = []
        for value in endpoint.before:
            before += self._dependency(value) or [(value, "middleware")]
        if function is not None:
            before += [(value, "decorator") for value in function.decorators]
        wrapper = answering
        while isinstance(wrapper, Object) and wrapper.arguments.positional:
            before.append((wrapper, "decorator"))
            wrapper = wrapper.arguments.positional[0]
        return before

    def _dependency(self, value: Value, depth: int = 0) -> list[Checked]:
        """What `Depends(f)` runs: `f`, and what `f` depends on; [] for what is no dependency."""
        if not isinstance(value, Object) or depth > 5:
            return []
        role = roles().dependencies.get(value.origin)
        if role is None:
            return []
        called = value.arguments.get(role.callable)
        if called is None:
            return []
        found: list[Checked] = [(called, "dependency")]
        function = called
        if isinstance(called, ClassValue):
            function = called.scope.names.get("__init__", called)
        elif isinstance(called, Object) and called.class_ is not None:
            function = called.class_.scope.names.get("__call__", called)
        if isinstance(function, FunctionValue):
            for parameter in function.facts.parameters:
                for meta in self._metadata(parameter, function):
                    found += self._dependency(meta, depth + 1)
        return found

    def _metadata(self, parameter: code.Parameter, function: FunctionValue) -> list[Value]:
        """The values that say how a parameter is filled: its default and its annotation's extras."""
        found: list[Value] = []
        if parameter.annotation is not None:
            annotation = self._value(parameter.annotation, function)
            if isinstance(annotation, Object) and annotation.origin.endswith(".Annotated"):
                found += annotation.arguments.positional[1:]
        if parameter.default is not None:
            found.append(self._value(parameter.default, function))
        return found

    def _value(self, expr: Expr, function: FunctionValue) -> Value:
        return self.evaluator.eval_in(expr, function.file, function.scope)

    def _declared(self, endpoint: Endpoint, function: FunctionValue | None) -> tuple[str, int]:
        """The response's model and status as the registration declares them."""
        event = endpoint.event
        model = _class_name(event.response_model)
        call = _call_at(event.site, function, self.files)
        for argument in call.arguments if call is not None else ():
            if argument.name == "response_model":
                model = walk.type_text(argument.value)
        if not model and function is not None and endpoint.framework.signature is not None:
            model = walk.type_text(function.facts.returns)
        status = event.status
        if isinstance(status, Const) and isinstance(status.value, int):
            return model, status.value
        if isinstance(status, External):  # status.HTTP_201_CREATED
            digits = [part for part in status.origin.split("_") if part.isdigit()]
            return model, int(digits[0]) if digits else 0
        return model, 0

    def _inputs(self, endpoint: Endpoint, function: FunctionValue | None) -> _Inputs:
        in_path = paths.names(endpoint.path)
        if function is None:
            return _Inputs([RouteParameter(name, "path") for name in in_path if name], "", [])
        if endpoint.framework.signature is not None:
            return self._signature(endpoint.framework.signature, in_path, function)
        found = [
            RouteParameter(name, "path", _parameter_type(name, function))
            for name in in_path
            if name
        ]
        request = endpoint.framework.request
        facts = self.files.get(function.file)
        if request is not None and facts is not None:
            found += _read_inputs(request, function, facts, self.evaluator)
        return _Inputs(found, "", [])

    def _signature(
        self, signature: Signature, in_path: list[str], function: FunctionValue, depth: int = 0
    ) -> _Inputs:
        parameters: list[RouteParameter] = []
        checked: list[Checked] = []
        model = ""
        for parameter in function.facts.parameters:
            if parameter.name in {"self", "cls"} or parameter.kind:
                continue
            metadata = self._metadata(parameter, function)
            dependencies = [it for meta in metadata for it in self._dependency(meta)]
            if dependencies:
                checked += dependencies
                called = dependencies[0][0]
                if isinstance(called, FunctionValue) and depth < 3:
                    inner = self._signature(signature, in_path, called, depth + 1)
                    parameters += [it for it in inner.parameters if it.location != "body"]
                continue
            location = _location(signature, metadata)
            bare = _bare_type(parameter.annotation)
            kind = self._value(bare, function) if bare is not None else None
            type_ = walk.type_text(bare)
            if location is None and parameter.name in in_path:
                location = "path"
            if location is None and _origin_of(kind) in signature.ignored:
                continue
            if location is None:
                location = "body" if _is_model(kind, signature) else "query"
            if location == "body":
                model = model or type_
            required = parameter.default is None or _requires(metadata)
            parameters.append(RouteParameter(parameter.name, location, type_, required))
        known = {parameter.name for parameter in parameters}
        if not depth:
            parameters += [RouteParameter(it, "path") for it in in_path if it and it not in known]
        return _Inputs(_unique(parameters), model, checked)


@dataclass(frozen=True, slots=True)
class _Inputs:
    parameters: list[RouteParameter]
    model: str
    checked: list[Checked]


def _place(site: Site) -> Place:
    return Place(site.file, site.line, site.start, site.end)


def _unwrapped(value: Value) -> Value:
    """The function inside `asyncHandler(function)` and the like."""
    depth = 0
    while isinstance(value, Object) and depth < 5:
        inner = [it for it in value.arguments.positional if isinstance(it, FunctionValue | Object)]
        if not inner:
            return value
        value, depth = inner[-1], depth + 1
    return value


def _handler_name(handler: Value, answering: Value) -> str:
    if isinstance(handler, FunctionValue):
        name = handler.facts.qualname if handler.owner is not None else handler.facts.name
        return name or "(anonymous)"
    if isinstance(handler, Method):
        return f"{handler.object.name}.{handler.name}".lstrip(".")
    return checks.name_of(handler) or checks.name_of(answering) or "(unknown)"


def _call_at(
    site: Site, function: FunctionValue | None, files: dict[str, FileFacts]
) -> code.Call | None:
    for decorator in function.facts.decorators if function is not None else ():
        if isinstance(decorator, code.Call) and decorator.start == site.start:
            return decorator
    return None


def _class_name(value: Value | None) -> str:
    return value.facts.name if isinstance(value, ClassValue) else ""


def _bare_type(annotation: Expr | None) -> Expr | None:
    """The type without `Annotated[…]` and `Optional[…]`."""
    if isinstance(annotation, code.Element):
        name = walk.dotted(annotation.object).rpartition(".")[2]
        if name == "Annotated" and isinstance(annotation.key, code.Items):
            return _bare_type(annotation.key.values[0])
        if name == "Optional":
            return _bare_type(annotation.key)
    if isinstance(annotation, code.Operation) and annotation.operator == "|":
        kept = [it for it in annotation.operands if not isinstance(it, code.Constant)]
        return _bare_type(kept[0]) if len(kept) == 1 else annotation
    return annotation


def _location(signature: Signature, metadata: list[Value]) -> Location | None:
    for meta in metadata:
        origin = meta.origin if isinstance(meta, Object) else ""
        if origin in signature.query:
            return "query"
        if origin in signature.path:
            return "path"
        if origin in signature.body:
            return "body"
        if origin in signature.header:
            return "header"
        if origin in signature.cookie:
            return "cookie"
        if origin in signature.form:
            return "form"
    return None


def _requires(metadata: list[Value]) -> bool:
    """Whether a declaration such as `Query(...)` leaves the parameter without a default."""
    for meta in metadata:
        if isinstance(meta, Object):
            default = meta.arguments.get((0, "default"))
            return default is None or isinstance(default, External)
    return False


def _origin_of(value: Value | None) -> str:
    if isinstance(value, External):
        return value.origin
    return ""


def _is_model(value: Value | None, signature: Signature) -> bool:
    if isinstance(value, ClassValue):
        return any(
            isinstance(it, External) and it.origin in signature.models for it in value.lineage()
        ) or any(
            isinstance(it, External) and it.origin.endswith("dataclass") for it in value.decorators
        )
    return isinstance(value, External) and value.origin in {"builtins.dict", "typing.Dict"}


def _parameter_type(name: str, function: FunctionValue) -> str:
    for parameter in function.facts.parameters:
        if parameter.name == name:
            return walk.type_text(parameter.annotation)
    return ""


def _unique(parameters: list[RouteParameter]) -> list[RouteParameter]:
    return list({(it.name, it.location): it for it in reversed(parameters)}.values())[::-1]


def _read_inputs(
    request: RequestObject, function: FunctionValue, facts: FileFacts, evaluator: Evaluator
) -> list[RouteParameter]:
    """What a handler reads of its request, by looking at what it does with it."""
    reader = _InputReader(request, function, evaluator)
    for expr in walk.deep_expressions(function.facts, facts):
        reader.see(expr)
    for step in walk.steps(function.facts.steps):
        if isinstance(step, code.Assign):
            reader.see_assignment(step)
    for expr in walk.expressions(function.facts.steps):
        reader.see_alias(expr)
    return _unique(reader.found)


class _InputReader:
    def __init__(
        self, request: RequestObject, function: FunctionValue, evaluator: Evaluator
    ) -> None:
        self.places: dict[str, Location] = {}
        for location, names in (
            ("path", request.path),
            ("query", request.query),
            ("body", request.body),
            ("form", request.form),
            ("header", request.header),
            ("cookie", request.cookie),
        ):
            self.places.update(dict.fromkeys(names, location))
        self.function, self.evaluator, self.request = function, evaluator, request
        self.name = _request_name(request, function.facts)
        self.aliases: dict[str, Location] = {}
        self.found: list[RouteParameter] = []

    def location(self, expr: Expr) -> Location | None:
        """The part of the request that `expr` is, such as `req.query`."""
        if isinstance(expr, code.Call):
            expr = expr.function
        if isinstance(expr, code.Operation) and expr.operator in {"or", "||", "??"}:
            expr = expr.operands[0]
            return self.location(expr)
        if isinstance(expr, code.Member) and self.is_request(expr.object):
            return self.places.get(expr.name)
        if isinstance(expr, code.Name):
            return self.aliases.get(expr.name)
        return None

    def is_request(self, expr: Expr) -> bool:
        if not isinstance(expr, code.Name):
            return False
        if self.name:
            return expr.name == self.name
        value = self.function.scope.find(expr.name)
        return isinstance(value, External) and value.origin in self.request.origins

    def see(self, expr: Expr) -> None:
        if isinstance(expr, code.Call) and isinstance(expr.function, code.Member):
            owner, first = expr.function.object, expr.arguments[0].value if expr.arguments else None
            if not isinstance(first, code.Text):
                return
            if expr.function.name in {"get", "getlist", "pop"} and (where := self.location(owner)):
                self.add(first.value, where)
            elif (
                self.is_request(owner)
                and expr.function.name in {"get", "header"}
                and not self.request.origins
            ):
                self.add(first.value, "header")
        elif isinstance(expr, code.Member) and (where := self.location(expr.object)):
            if expr.name not in {"get", "getlist", "items", "keys", "to_dict", "values"}:
                self.add(expr.name, where)

    def see_assignment(self, step: code.Assign) -> None:
        where = self.location(step.value) if step.value is not None else None
        if where is None:
            return
        if isinstance(step.target, code.Name):
            self.aliases[step.target.name] = where
        elif isinstance(step.target, code.Table):
            for key, _ in step.target.entries:
                if isinstance(key, code.Text):
                    self.add(key.value, where)

    def see_alias(self, expr: Expr) -> None:
        if self.aliases:
            self.see(expr)

    def add(self, name: str, where: Location) -> None:
        if where != "path":
            self.found.append(RouteParameter(name, where, "", required=False))


def _request_name(request: RequestObject, function: Function) -> str:
    if 0 <= request.parameter < len(function.parameters):
        return function.parameters[request.parameter].name
    return ""
