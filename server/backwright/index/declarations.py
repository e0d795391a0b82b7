"""What the decorators of a handler declare: the model it takes, the one it answers with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backwright.facts.backend import RouteParameter
from backwright.index.frameworks import roles
from backwright.index.inputs_parsed import PARTS, known_to, parser_of
from backwright.index.mounting.registrars import flat
from backwright.index.mounting.vocabulary import Declaration
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    FunctionValue,
    Object,
    Str,
    Value,
)


@dataclass(slots=True)
class Declared:
    request_model: str = ""
    response_model: str = ""
    status: int = 0


def declared(function: FunctionValue | None, method: str) -> tuple[Declared, list[RouteParameter]]:
    """What is declared of a handler, with the parameters that it has by that."""
    found = Declared()
    parameters: list[RouteParameter] = []
    for role, arguments in _declarations(function):
        model = next(iter(flat([arguments.get(role.model)])), None)
        if role.part == "response":
            found.response_model = found.response_model or model_name(model)
            status = arguments.get(role.status) if role.status else None
            if isinstance(status, Const) and isinstance(status.value, int) and not found.status:
                found.status = status.value
            continue
        if parser_of(model) is not None:
            parameters += known_to(model, method)
            continue
        place = arguments.get(role.location) if role.location else None
        where = place.text if isinstance(place, Str) else role.bodies[0]
        if where in role.bodies:
            found.request_model = found.request_model or model_name(model)
        elif where in PARTS:
            parameters += [RouteParameter(n, PARTS[where], t, r) for n, t, r in _fields(model)]
    return found, parameters


def declares_check(value: Value) -> str:
    """What a declaration holds requests against; "" for one that refuses none."""
    role = roles().declarations.get(value.origin) if isinstance(value, Object) else None
    if role is None or not isinstance(value, Object):
        return ""
    flag = value.arguments.get(role.validating) if role.validating else None
    if not role.validates and flag != Const(True):
        return ""
    model = next(iter(flat([value.arguments.get(role.model)])), None)
    return model_name(model) or value.origin.rpartition(".")[2]


def model_name(value: Value | None) -> str:
    """What code calls a model: its class, the name that it is given, or that it is kept under."""
    if isinstance(value, ClassValue):
        return value.facts.name
    if not isinstance(value, Object):
        return ""
    if value.class_ is not None:
        return value.class_.facts.name
    first = value.arguments.get((0, "name"))
    if isinstance(first, Str) and first.known and value.receiver is not None:
        return first.text  # ns.model("Item", {…})
    return value.name


def _declarations(function: FunctionValue | None) -> Iterator[tuple[Declaration, Arguments]]:
    for decorator in function.decorators if function is not None else ():
        if isinstance(decorator, Object) and decorator.origin in roles().declarations:
            yield roles().declarations[decorator.origin], decorator.arguments


def _fields(model: Value | None) -> Iterator[tuple[str, str, bool]]:
    """The fields of a schema with their types, and whether they have to be there."""
    class_ = model.class_ if isinstance(model, Object) else model
    for base in class_.lineage() if isinstance(class_, ClassValue) else ():
        for name, value in base.scope.names.items() if isinstance(base, ClassValue) else ():
            if isinstance(value, Object) and ".fields." in value.origin:
                required = value.arguments.get(("required",)) == Const(True)
                yield name, value.origin.rpartition(".")[2], required
