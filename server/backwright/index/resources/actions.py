"""The methods of a resource that have addresses of their own: `@action(detail=True)`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backwright.facts import code
from backwright.index.evaluation.runner import Runner
from backwright.index.mounting.registrars import flat
from backwright.index.url_tables.roles import url_roles
from backwright.index.values import ClassValue, Const, FunctionValue, Object, Str, Value


@dataclass(frozen=True, slots=True)
class Action:
    """`mapping` are HTTP methods, in lower case, with the method of the class for each; `options`
    are what it says in the place of its class."""

    path: str
    name: str
    detail: bool
    mapping: dict[str, str]
    options: dict[str, Value]


def actions_of(class_: Value, runner: Runner) -> Iterator[Action]:
    """The actions of the class and of its bases in the project, nearest first."""
    methods: dict[str, FunctionValue] = {}
    for base in class_.lineage() if isinstance(class_, ClassValue) else ():
        if isinstance(base, ClassValue):
            for name, value in base.scope.names.items():
                if isinstance(value, FunctionValue):
                    methods.setdefault(name, value)
    also = dict(_also(methods))
    for name, method in methods.items():
        made = _action_call(method)
        if made is not None:
            yield _action(name, made, also.get(name, {}))


def _action_call(method: FunctionValue) -> Object | None:
    """The decorator that makes the method an action."""
    known = url_roles().actions
    return next(
        (it for it in method.decorators if isinstance(it, Object) and it.origin in known), None
    )


def _action(name: str, made: Object, also: dict[str, str]) -> Action:
    role = url_roles().actions[made.origin]
    verbs = [it.text for it in flat([made.arguments.get(role.methods)]) if isinstance(it, Str)]
    detail = made.arguments.get(role.detail)
    path, named = made.arguments.get(role.path), made.arguments.get(role.name)
    own = {*role.methods, *role.detail, *role.path, *role.name}
    return Action(
        path.text if isinstance(path, Str) and path.text else name,
        named.text if isinstance(named, Str) else name.replace("_", "-"),
        isinstance(detail, Const) and detail.value is True,
        {**{verb.lower(): name for verb in verbs or ("get",)}, **also},
        {key: it for key, it in made.arguments.keywords.items() if key not in own},
    )


def _also(methods: dict[str, FunctionValue]) -> Iterator[tuple[str, dict[str, str]]]:
    """`@publish.mapping.delete`: further methods that answer where an action does."""
    found: dict[str, dict[str, str]] = {}
    for name, method in methods.items():
        for decorator in method.facts.decorators:
            match decorator:
                case code.Member(code.Member(code.Name(action), "mapping"), verb):
                    found.setdefault(action, {})[verb] = name
                case _:
                    pass
    yield from found.items()
