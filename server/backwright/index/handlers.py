"""From an endpoint to the route that readers see: its handler, inputs, guards and limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.backend import Place, Route, RouteParameter
from backwright.facts.code import FileFacts
from backwright.index import checks, paths
from backwright.index.conduct import Conducts
from backwright.index.declarations import declared
from backwright.index.dependencies import Dependencies
from backwright.index.evaluate import Evaluator
from backwright.index.frameworks import roles
from backwright.index.inputs import Checked, Inputs, unique
from backwright.index.inputs_declared import Declarations
from backwright.index.inputs_parsed import parsed_inputs
from backwright.index.inputs_read import read_inputs
from backwright.index.mounting.events import Endpoint
from backwright.index.values import (
    ClassValue,
    Const,
    External,
    FunctionValue,
    Method,
    Site,
    Value,
)
from backwright.index.wrappers import unwrapped


@dataclass(slots=True)
class Handlers:
    """Looks into handlers. `files` holds the facts of every file by its path."""

    evaluator: Evaluator
    files: dict[str, FileFacts]
    dependencies: Dependencies = field(init=False)
    conducts: Conducts = field(init=False)

    def __post_init__(self) -> None:
        self.dependencies = Dependencies(self.evaluator)
        self.conducts = Conducts(self.files)

    def routes(self, endpoint: Endpoint) -> Iterator[Route]:
        """One route for each method that the endpoint answers."""
        event = endpoint.event
        for method, answering in event.targets:
            *wrappers, handler = unwrapped(answering)
            function = handler if isinstance(handler, FunctionValue) else None
            place, handler_place = _places(event.site, handler)
            said, parameters = declared(function, method)
            inputs = self._inputs(endpoint, function, method, parameters)
            model, status = self._declared(endpoint, function)
            before = self._before(endpoint, wrappers, function)
            checked = checks.sort_out([*before, *inputs.checked], self.conducts)
            yield Route(
                method=method,
                path=endpoint.path,
                handler=_handler_name(handler, answering),
                framework=endpoint.framework.name,
                place=place,
                handler_place=handler_place,
                local_path=endpoint.local_path,
                parameters=inputs.parameters,
                request_model=inputs.model
                or _class_name(event.request_model)
                or said.request_model,
                response_model=model or said.response_model,
                status=status or said.status,
                guards=list(checked.guards),
                rate_limit=checked.rate_limit,
                validators=[*checked.validators, *inputs.parsers],
                owner=event.owner.name,
                protocol=event.protocol,
                resolved=endpoint.resolved,
            )

    def _before(
        self, endpoint: Endpoint, wrappers: list[Value], function: FunctionValue | None
    ) -> list[Checked]:
        """What stands before the handler: of its routers, of its registration, its decorators."""
        before: list[Checked] = []
        for value in endpoint.before:
            before += self.dependencies.of(value) or [(value, "middleware")]
        decorators = list(wrappers)
        declared = endpoint.event.declared
        if declared is not None:
            decorators += declared
        elif function is not None and function.owner is not None:
            decorators += function.owner.decorators
        if function is not None and not endpoint.event.bare:
            decorators += function.decorators
        for value in decorators:
            before += self.dependencies.of(value) or [(value, "decorator")]
        return before

    def _declared(self, endpoint: Endpoint, function: FunctionValue | None) -> tuple[str, int]:
        """The response's model and status as the registration declares them."""
        event = endpoint.event
        model = _class_name(event.response_model)
        call = _call_at(event.site, function)
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

    def _inputs(
        self,
        endpoint: Endpoint,
        function: FunctionValue | None,
        method: str,
        said: list[RouteParameter],
    ) -> Inputs:
        in_path = [name for name in paths.names(endpoint.path) if name]
        framework = endpoint.framework
        types = endpoint.types
        given = [it for it in endpoint.event.parameters if it.name not in in_path]
        if function is None or given:
            named = [RouteParameter(it, "path", types.get(it, "")) for it in in_path]
            return Inputs([*named, *given])
        if framework.signature is not None:
            declared_inputs = Declarations(
                framework.signature, in_path, self.dependencies, endpoint.provided
            )
            return declared_inputs.inputs(function)
        found = [
            RouteParameter(it, "path", _parameter_type(it, function) or types.get(it, ""))
            for it in in_path
        ]
        facts = self.files.get(function.file)
        if framework.request is not None and facts is not None:
            read = read_inputs(framework.request, function, facts)
            found += [it for it in read if not (it.location == "query" and it.name in in_path)]
        if facts is not None and roles().parsers:
            parsed, parsers = parsed_inputs(
                function, facts, method, lambda it: self.dependencies.value(it, function)
            )
            return Inputs(unique([*found, *parsed, *said]), parsers=tuple(parsers))
        return Inputs(unique([*found, *said]))


def _places(site: Site, answering: Value) -> tuple[Place, Place]:
    """Where a route is registered, and where its handler stands."""
    place = _place(site)
    found = _site_of(answering)
    if found is None:
        return place, place
    handler = _place(found)
    if place.file == handler.file and handler.start <= place.start < handler.end:
        place = handler  # a decorated function is registered where it stands
    return place, handler


def _site_of(answering: Value) -> Site | None:
    """Where a handler is defined; for a method from outside that is the class which has it."""
    if isinstance(answering, Method) and answering.object.class_ is not None:
        return answering.object.site
    return answering.site if isinstance(answering, FunctionValue) else None


def _place(site: Site) -> Place:
    return Place(site.file, site.line, site.start, site.end)


def _handler_name(handler: Value, answering: Value) -> str:
    if isinstance(handler, FunctionValue):
        name = handler.facts.qualname if handler.owner is not None else handler.facts.name
        return name or handler.maker or "(anonymous)"
    if isinstance(handler, Method):
        return f"{handler.object.name}.{handler.name}".replace(".#", "#").lstrip(".")
    return checks.name_of(handler) or checks.name_of(answering) or "(unknown)"


def _call_at(site: Site, function: FunctionValue | None) -> code.Call | None:
    """The decorator that registers the function, as it is written."""
    for decorator in function.facts.decorators if function is not None else ():
        if isinstance(decorator, code.Call) and decorator.start == site.start:
            return decorator
    return None


def _class_name(value: Value | None) -> str:
    return value.facts.name if isinstance(value, ClassValue) else ""


def _parameter_type(name: str, function: FunctionValue) -> str:
    for parameter in function.facts.parameters:
        if parameter.name == name:
            return walk.type_text(parameter.annotation)
    return ""
