"""Members: what `owner.name` is."""

from __future__ import annotations

from typing import TypeGuard

from backwright.index import builtin_calls
from backwright.index.evaluation import loading
from backwright.index.evaluation.runner import Runner
from backwright.index.values import (
    Arguments,
    ClassValue,
    External,
    FunctionValue,
    Map,
    Method,
    ModuleValue,
    Object,
    Package,
    Site,
    Str,
    Unknown,
    Value,
)

_OF_CLASS = frozenset({"builtins.classmethod", "django.utils.decorators.classonlymethod"})


def attribute(runner: Runner, owner: Value, name: str) -> Value:
    owner = runner.settled(owner)
    match owner:
        case Object():
            return _of_object(runner, owner, name)
        case ModuleValue():
            return loading.member(runner, owner, name)
        case External(origin):
            return External(f"{origin}.{name}")
        case Map():
            return runner.settled(owner.items.get(name, Unknown()))
        case ClassValue():
            return _of_class_itself(runner, owner, name)
        case Package(path):
            return loading.submodule(runner, path, name)
        case FunctionValue():
            return owner.attributes.get(name, Unknown())
        case Str() if name == "value":  # of an enum's member
            return owner
        case Method():
            origin = f"{owner.object.origin}().{owner.name}"
            return Method(Object(origin, Arguments(), owner.object.site), name)
        case _:
            return Unknown()


def of_class(class_: ClassValue, name: str, *, after: ClassValue | None = None) -> Value | None:
    """The member that instances have, sought in the bases behind `after` where that is given."""
    passed = after is None
    for base in class_.lineage():
        if passed and isinstance(base, ClassValue) and name in base.scope.names:
            return base.scope.names[name]
        passed = passed or base is after
    return None


def inherited(class_: ClassValue, name: str, *, after: ClassValue | None) -> Value:
    """What `super().name` is in a method that is called on the class itself."""
    found = of_class(class_, name, after=after)
    if isinstance(found, FunctionValue):
        return found.bound(class_)
    return _from_outside(class_, name) if found is None else found


def as_text(value: Value) -> Value:
    """A string for what stands for one: a settings field with a default, an enum's member."""
    if isinstance(value, Object):
        default = builtin_calls.default_of(value)
        return default if default is not None else value
    return value


def _of_object(runner: Runner, owner: Object, name: str) -> Value:
    if name in owner.attributes:
        return runner.settled(owner.attributes[name])
    found = of_class(owner.class_, name) if owner.class_ is not None else None
    if isinstance(found, FunctionValue):
        bound = found.bound(owner.class_ if _is_of_class(found) and owner.class_ else owner)
        getter = found.facts.role == "getter"
        return runner.call_function(bound, Arguments()) if getter else bound
    if found is not None:
        return as_text(runner.settled(found))
    if owner.class_ is not None and not owner.origin:
        return Unknown()
    return runner.observer.member(owner, name) or Method(owner, name)


def _of_class_itself(runner: Runner, class_: ClassValue, name: str) -> Value:
    found = of_class(class_, name)
    if found is None:
        return _from_outside(class_, name)
    value = runner.settled(found)
    return value.bound(class_) if _is_of_class(value) else value


def _is_of_class(value: Value) -> TypeGuard[FunctionValue]:
    """Whether it is a method that is called on the class itself."""
    if not isinstance(value, FunctionValue):
        return False
    above = {it.origin for it in value.decorators if isinstance(it, External)}
    return not above.isdisjoint(_OF_CLASS)


def _from_outside(class_: ClassValue, name: str) -> Value:
    """A member that the class inherits from outside the workspace, such as `as_view`."""
    origin = next((it.origin for it in class_.lineage() if isinstance(it, External)), "")
    if not origin:
        return Unknown()
    facts = class_.facts
    site = Site(class_.file, facts.start, facts.end, facts.line)
    return Method(Object(origin, Arguments(), site, class_), name)
