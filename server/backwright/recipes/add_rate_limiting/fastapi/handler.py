"""The handler of a FastAPI endpoint under slowapi: the decorator, and the `request` it asks for."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.edits.change import Edit, apply_edits
from backwright.edits.units import Unit
from backwright.facts import code, walk
from backwright.facts.backend import Route
from backwright.facts.code import Function, Parameter
from backwright.recipes.add_rate_limiting.decorated import exemption, place_among, registers
from backwright.recipes.add_rate_limiting.fastapi.callers import direct_call
from backwright.recipes.outcome import Refused
from backwright.recipes.pieces import edited_symbol
from backwright.recipes.project import Project
from backwright.recipes.python_code import (
    PythonFunction,
    function_in,
    renamed,
    with_decorator,
    with_first_parameter,
)
from backwright.syntax.tree import text
from backwright.text.snapshot import Snapshot
from backwright.text.span import Span

_REQUESTS = frozenset({"fastapi.Request", "fastapi.requests.Request", "starlette.requests.Request"})
_READS_WRAPPED = (0, 124)
_BODY_NAMES = ("payload", "body", "data", "request_data")


@dataclass(frozen=True, slots=True)
class Limited:
    units: tuple[Unit, ...]


def limited_handler(project: Project, route: Route, decorator: str) -> Limited | Refused:
    """The handler with the limit, below the decorators that register it."""
    place = route.handler_place
    function = project.function_at(place.file, place.start)
    source = project.source(place.file)
    found = function_in(source, place.start, place.end) if function is not None else None
    if function is None or found is None or not function.name:
        return Refused(f"the function that answers {route.title} is not found")
    if exempt := exemption(function):
        return Refused(f"{function.name} is taken out of all limits by @{exempt}; take that off")
    if reason := _version_too_old(project, place.file):
        return Refused(reason)
    if _is_bound(project, place.file, function):
        return Refused(
            f"{function.qualname} is a method, and slowapi can only limit functions; move what it"
            " does to the endpoint into a function first"
        )
    signature = _with_request(project, route, function, found)
    if isinstance(signature, Refused):
        return signature
    below = place_among(project, route, function)
    edited = _edited(signature.found, [with_decorator(signature.found, decorator, below)])
    units = edited_symbol(
        place.file, source, function.qualname, [Edit(Span(place.start, place.end), _text(edited))]
    )
    return Limited((*units, *signature.imports))


# The request


@dataclass(frozen=True, slots=True)
class _Signature:
    """The function once it takes the request, in a file that is otherwise the same."""

    found: PythonFunction
    imports: tuple[Unit, ...] = ()


def _with_request(
    project: Project, route: Route, function: Function, found: PythonFunction
) -> _Signature | Refused:
    """The function with a parameter `request` that is the request, as slowapi looks for one."""
    path = route.handler_place.file
    is_request = {it.name: _is_request(project, path, it) for it in function.parameters}
    if is_request.get("request"):
        return _Signature(found)
    misleading = next((it for it in ("request", "websocket") if it in is_request), "")
    if misleading:
        other = _without_misleading(route, found, misleading)
        if isinstance(other, Refused):
            return other
        found = other
    present = next((name for name, yes in is_request.items() if yes), "")
    if present:
        edits = renamed(found, present, "request")
        if edits is None:
            return Refused(
                f"slowapi needs the request under the name `request`, which {function.name} uses"
                f" for something else beside its `{present}`"
            )
        return _Signature(_edited(found, edits))
    if caller := direct_call(project, path, function):
        return Refused(
            f"{function.name} would need the request, but {caller} calls it as a plain function;"
            " part the two first"
        )
    name, imports = _request_type(project, path)
    edit = with_first_parameter(found, f"request: {name}")
    return _Signature(_edited(found, [edit]), imports)


def _without_misleading(route: Route, found: PythonFunction, name: str) -> PythonFunction | Refused:
    """The function with its body under another name than `request`; clients don't see that name.

    They do see the names of query parameters, and of bodies where there are several.
    """
    location = next((it.location for it in route.parameters if it.name == name), None)
    bodies = [it for it in route.parameters if it.location in {"body", "form"}]
    if location == "body" and len(bodies) == 1:
        for other in _BODY_NAMES:
            if (edits := renamed(found, name, other)) is not None:
                return _edited(found, edits)
    return Refused(
        f"the parameter `{name}` of {route.handler} is no request, which slowapi takes it for;"
        " clients know it by that name, so it has to be renamed by hand, with an alias"
    )


def _is_request(project: Project, path: str, parameter: Parameter) -> bool:
    annotation = parameter.annotation
    if isinstance(annotation, code.Element) and walk.dotted(annotation.object) in {
        "Annotated",
        "typing.Annotated",
    }:
        key = annotation.key
        annotation = key.values[0] if isinstance(key, code.Items) else key
    return project.origin(path, walk.type_text(annotation)) in _REQUESTS


def _request_type(project: Project, path: str) -> tuple[str, tuple[Unit, ...]]:
    """What the file calls the request's type, and the import it needs for that."""
    for it in project.imports(path):
        if it.early and it.name and f"{it.module}.{it.name}" in _REQUESTS:
            return it.local, ()
    if "Request" not in project.names(path):
        return "Request", (Unit(path, "imports", text="from fastapi import Request\n"),)
    statement = "from fastapi import Request as HTTPRequest\n"
    return "HTTPRequest", (Unit(path, "imports", text=statement),)


def _edited(found: PythonFunction, edits: list[Edit]) -> PythonFunction:
    """The function after edits of it. It still begins where it began."""
    whole = found.node.parent if found.decorators else found.node
    assert whole is not None, "decorators have a parent"
    grown = sum(len(it.text.encode()) - (it.span.end - it.span.start) for it in edits)
    source = apply_edits(Snapshot("", found.source, 0), edits)
    again = function_in(source, whole.start_byte, whole.end_byte + grown)
    assert again is not None, "a function stays a function"
    return again


def _text(found: PythonFunction) -> str:
    whole = found.node.parent if found.decorators else found.node
    return text(whole) if whole is not None else ""


# Where it can't be done


def _is_bound(project: Project, path: str, function: Function) -> bool:
    """Whether it is a method that gets its object by position, which slowapi can't cope with.

    A class that a decorator turns into views gets everything by name.
    """
    facts = project.facts(path)
    holder = function.qualname.rpartition(".")[0]
    class_ = next((it for it in facts.classes if it.qualname == holder), None) if facts else None
    if class_ is None or function.role == "static":
        return False
    return not (class_.decorators and any(registers(it, "fastapi") for it in function.decorators))


def _version_too_old(project: Project, path: str) -> str:
    """Older versions of FastAPI can't read annotations that a decorated function keeps as text."""
    if not any(
        it.module == "__future__" and it.name == "annotations" for it in project.imports(path)
    ):
        return ""
    locked = project.situation.stack.dependencies.get("fastapi", "").lstrip("=")
    parts = locked.split(".")
    numbers = tuple(int(it) for it in parts[:2] if it.isdigit())
    if len(numbers) < 2 or numbers >= _READS_WRAPPED:
        return ""
    return (
        f"FastAPI {locked} can't resolve the annotations of a decorated function in a file with"
        " `from __future__ import annotations`; update it or drop that import"
    )
