"""What answers at an address: which methods, with which function or method of a class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backwright.index.evaluation import members
from backwright.index.frameworks import Framework, roles
from backwright.index.mounting.registrars import flat
from backwright.index.url_tables.roles import url_roles
from backwright.index.values import (
    Arguments,
    ClassValue,
    External,
    FunctionValue,
    Map,
    Method,
    Object,
    Seq,
    Site,
    Str,
    Value,
)

VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")
MAX_WRAPPERS = 8


@dataclass(frozen=True, slots=True)
class View:
    """What a view comes to: a function or a class behind the decorators around it.

    `given` are the arguments by which a class was made a handler.
    """

    around: tuple[Value, ...]
    inner: Value
    class_: ClassValue | None = None
    outside: str = ""
    """The name from outside of a class that is no one's in the project."""
    given: Arguments | None = None

    @property
    def is_class(self) -> bool:
        return self.class_ is not None or bool(self.outside)

    @property
    def framework(self) -> Framework | None:
        """The framework that its class or its decorators belong to."""
        known = url_roles().views
        for origin in (self.outside, *_origins(self.class_)):
            if origin in known:
                return known[origin][0]
        filters = (url_roles().filters.get(_origin(it)) for it in self.decorators)
        return next((it[0] for it in filters if it is not None), None)

    @property
    def decorators(self) -> tuple[Value, ...]:
        """All that stands around it, the outermost first."""
        own = self.inner.decorators if isinstance(self.inner, FunctionValue) else []
        return (*self.around, *own)

    def attribute(self, name: str) -> Value | None:
        """What the class has under the name, where `as_view(name=…)` says nothing else."""
        if self.given is not None and name in self.given.keywords:
            return self.given.keywords[name]
        return members.of_class(self.class_, name) if self.class_ is not None else None


@dataclass(frozen=True, slots=True)
class Answer:
    """One method with what answers it; `action` is what a resource calls it."""

    method: str
    handler: Value
    action: str = ""


def view_of(value: Value) -> View:
    around: list[Value] = []
    inner = value
    while len(around) < MAX_WRAPPERS:
        if made := _from_class(inner, tuple(around)):
            return made
        passed = _passed(inner)
        if passed is None:
            break
        around.append(inner)
        inner = passed
    return View(tuple(around), inner)


def answers(view: View, value: Value) -> list[Answer]:
    """What the view answers; `value` is the view with all that is around it."""
    if not view.is_class:
        return [Answer(method, value) for method in _let_through(view) or ("ANY",)]
    found = list(_mapped(view)) or list(_by_verb(view))
    allowed = _let_through(view) or _only(view)
    return [it for it in found if not allowed or it.method in allowed or it.method == "ANY"]


def action_handler(view: View, action: str) -> Value | None:
    """The method of a resource that answers the action; None when it has none."""
    own = members.of_class(view.class_, action) if view.class_ is not None else None
    if isinstance(own, FunctionValue):
        return own
    inherited = any(
        action in url_roles().views[origin][1].actions
        for origin in (view.outside, *_origins(view.class_))
        if origin in url_roles().views
    )
    return _inherited(view, action) if inherited else None


def members_from_outside(origin: str) -> bool:
    """Whether what a class from outside answers is known."""
    return origin in url_roles().views


def before_class(view: View, verb: str) -> list[Value]:
    """What the class has before its method for the verb: base classes that guard, decorators of
    the class and of the method that passes requests on."""
    if view.class_ is None:
        return []
    found: list[Value] = []
    for base in view.class_.lineage():
        if isinstance(base, External):
            found += [base] if base.origin in roles().guards else []
            continue
        found += [it for it in base.decorators if _concerns(it, verb)]
        for name in ("dispatch", verb):
            method = base.scope.names.get(name)
            found += method.decorators if isinstance(method, FunctionValue) else []
    return found


def _from_class(value: Value, around: tuple[Value, ...]) -> View | None:
    """The view that `Class.as_view()` is."""
    if not isinstance(value, Object):
        return None
    owner, _, name = value.origin.rpartition(".")
    if not any(it.convert == name for _, it in url_roles().views.values()):
        return None
    if value.receiver is not None:
        class_ = value.receiver.class_
        outside = "" if class_ is not None else value.receiver.origin
        return View(around, value, class_, outside, value.arguments)
    return View(around, value, None, owner, value.arguments)


def _passed(value: Value) -> Value | None:
    """The view that a wrapper was given."""
    if isinstance(value, FunctionValue):
        return value.wrapped
    if not isinstance(value, Object) or value.class_ is not None:
        return None
    given = [it for it in value.arguments.positional if isinstance(it, FunctionValue | Object)]
    return given[-1] if given else None


def _let_through(view: View) -> tuple[str, ...]:
    """The methods that decorators let through; () when they let all."""
    for value in view.decorators:
        found = url_roles().filters.get(_origin(value))
        if found is not None:
            role = found[1]
            given = value.arguments.get(role.methods) if isinstance(value, Object) else None
            return _upper(given) or role.default
    return ()


def _only(view: View) -> tuple[str, ...]:
    """The methods that the class names as all that it answers."""
    for _, role in url_roles().views.values():
        if role.only and (named := _upper(view.attribute(role.only))):
            return named
    return ()


def _mapped(view: View) -> Iterator[Answer]:
    """`as_view({"get": "list"})`"""
    given = view.given.get((0, "actions")) if view.given is not None else None
    for verb, action in given.items.items() if isinstance(given, Map) else ():
        if isinstance(action, Str) and action.known:
            handler = action_handler(view, action.text) or _inherited(view, action.text)
            yield Answer(verb.upper(), handler, action.text)


def _by_verb(view: View) -> Iterator[Answer]:
    """The methods of the class that are called like the methods of HTTP."""
    found = False
    outside = _outside_methods(view)
    for verb in VERBS:
        own = members.of_class(view.class_, verb) if view.class_ is not None else None
        if isinstance(own, FunctionValue):
            yield Answer(verb.upper(), own)
        elif verb.upper() in outside:
            yield Answer(verb.upper(), _inherited(view, verb))
        else:
            continue
        found = True
    if not found and (handler := _dispatching(view)) is not None:
        yield Answer("ANY", handler)


def _dispatching(view: View) -> Value | None:
    """What answers where no method of HTTP has one of its own: the class, in a way not known."""
    own = members.of_class(view.class_, "dispatch") if view.class_ is not None else None
    if own is not None:
        return own
    known = {*url_roles().views, *roles().guards, "builtins.object"}
    origins = [view.outside] if view.outside else list(_origins(view.class_))
    return view.class_ or view.inner if any(it not in known for it in origins) else None


def _outside_methods(view: View) -> set[str]:
    views = url_roles().views
    origins = (view.outside, *_origins(view.class_))
    return {method for it in origins if it in views for method in views[it][1].methods}


def _inherited(view: View, name: str) -> Value:
    """The method that the class has from outside."""
    class_ = view.class_
    if class_ is None:
        return External(f"{view.outside}.{name}") if not view.outside else External(view.outside)
    facts = class_.facts
    site = Site(class_.file, facts.start, facts.end, facts.line)
    return Method(Object("", Arguments(), site, class_, name=facts.name), name)


def _concerns(decorator: Value, verb: str) -> bool:
    """Whether a decorator of a class stands before the verb, as with `name="post"`."""
    if not isinstance(decorator, Object):
        return True
    named = decorator.arguments.keywords.get("name")
    return not isinstance(named, Str) or named.text in {"dispatch", verb, ""}


def _origins(class_: ClassValue | None) -> Iterator[str]:
    for base in class_.lineage() if class_ is not None else ():
        if isinstance(base, External):
            yield base.origin


def _origin(value: Value) -> str:
    return value.origin if isinstance(value, Object | External) else ""


def _upper(given: Value | None) -> tuple[str, ...]:
    items = given.items if isinstance(given, Seq) else []
    texts = (it.text.upper() for it in flat(items) if isinstance(it, Str) and it.known)
    return tuple(dict.fromkeys(texts))
