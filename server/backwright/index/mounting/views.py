"""Which methods a route answers: by its name, its arguments or the class that answers it."""

from __future__ import annotations

from backwright.facts.backend import Protocol
from backwright.index.frameworks import Register, roles
from backwright.index.mounting.registrars import flat
from backwright.index.values import (
    Arguments,
    ClassValue,
    External,
    FunctionValue,
    Map,
    Object,
    Str,
    Value,
)

_ALL = {"*": "ANY"}
_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")


def targets(
    register: Register, name: str, arguments: Arguments, handler: Value
) -> tuple[tuple[str, Value], ...]:
    """Each method that the registration answers, with what answers it."""
    if register.responders:
        return _responding(register, arguments, handler)
    view = view_class(handler)
    if view is None:
        methods = _methods(register, name, arguments, handler)
        return tuple((method, handler) for method in methods)
    if protocol_of(view) == "websocket":
        return (("WEBSOCKET", _member(view, "open") or handler),)
    return tuple(
        (method, _answering(view, method) or handler)
        for method in _methods_of_view(register, arguments, view)
    )


def before_view(view: ClassValue, method: str) -> list[Value]:
    """What the class puts before its answer to a method."""
    origins = [it.origin for it in view.lineage() if isinstance(it, External)]
    found: list[Value] = []
    views = {id(role): role for it in origins if (role := roles().class_views.get(it))}
    for view_role in views.values():
        for name in view_role.decorators:
            value = _member(view, name)
            found += flat([value.items.get(method.lower()) if isinstance(value, Map) else value])
        found += [it for name in view_role.before if (it := _member(view, name)) is not None]
    return found


def protocol_of(view: ClassValue) -> Protocol | None:
    """What a class speaks, where it says so."""
    origins = [it.origin for it in view.lineage() if isinstance(it, External)]
    found = (roles().class_views.get(it) for it in origins)
    return next((it.protocol for it in found if it is not None and it.protocol), None)


def _responding(
    register: Register, arguments: Arguments, handler: Value
) -> tuple[tuple[str, Value], ...]:
    """The methods of an object's class that answer: `on_get`, `on_get_items`."""
    class_ = handler.class_ if isinstance(handler, Object) else handler
    if not isinstance(class_, ClassValue):
        return (("ANY", handler),)
    suffix = arguments.get(register.suffix) if register.suffix else None
    end = f"_{suffix.text}" if isinstance(suffix, Str) and suffix.text else ""
    found = ((verb, _member(class_, f"{register.responders}{verb}{end}")) for verb in _VERBS)
    return tuple((verb.upper(), answer) for verb, answer in found if answer is not None)


def view_class(handler: Value) -> ClassValue | None:
    """The class whose methods answer, when the handler is one or was made of one."""
    if isinstance(handler, Object) and handler.receiver is not None:
        convert = handler.origin.rpartition(".")[2]
        if any(view.convert == convert for view in roles().class_views.values()):
            handler = handler.receiver.class_ or handler
    if not isinstance(handler, ClassValue):
        return None
    origins = {it.origin for it in handler.lineage() if isinstance(it, External)}
    return handler if origins & set(roles().class_views) else None


def _methods(
    register: Register, name: str, arguments: Arguments, handler: Value
) -> tuple[str, ...]:
    if register.method:
        return (register.method,)
    if not register.methods and name in _VERBS:
        return (name.upper(),)
    given = arguments.get(register.methods) if register.methods else None
    if named := _upper(given):
        return named
    is_object = isinstance(handler, Object) and handler.class_ is not None and not handler.origin
    if register.object_methods and (is_object or isinstance(handler, ClassValue)):
        return register.object_methods
    return register.default_methods


def _methods_of_view(register: Register, arguments: Arguments, view: ClassValue) -> tuple[str, ...]:
    if register.method:
        return (register.method,)
    given = arguments.get(register.methods) if register.methods else None
    if named := _upper(given) or _upper(_member(view, "methods")):
        return named
    own = tuple(it.upper() for it in _VERBS if isinstance(_member(view, it), FunctionValue))
    return own or register.default_methods


def _answering(view: ClassValue, method: str) -> Value | None:
    named = _member(view, method.lower())
    if not named and method == "HEAD":
        named = _member(view, "get")
    return named or _member(view, "dispatch_request")


def _upper(given: Value | None) -> tuple[str, ...]:
    if isinstance(given, Map):
        return tuple(key.upper() for key in given.items)
    texts = [_method(it) for it in flat([given])]
    return tuple(dict.fromkeys(it for it in texts if it))


def _method(value: Value) -> str:
    """The method that a text or a constant from outside means: "get", `HTTPMethod.GET`."""
    if isinstance(value, Str) and value.known:
        return _ALL.get(value.text, value.text.upper())
    last = value.origin.rpartition(".")[2] if isinstance(value, External) else ""
    return last if last.lower() in _VERBS else ""


def _member(view: ClassValue, name: str) -> Value | None:
    for base in view.lineage():
        if isinstance(base, ClassValue) and name in base.scope.names:
            return base.scope.names[name]
    return None
