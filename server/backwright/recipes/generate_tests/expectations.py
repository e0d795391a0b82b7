"""What an answer of an endpoint is expected to hold, derived from where its parts come from."""

from __future__ import annotations

from dataclasses import replace

from backwright.recipes.generate_tests.case import Expect, Key, Sent
from backwright.recipes.generate_tests.fields import Field
from backwright.recipes.generate_tests.fold import folded
from backwright.recipes.generate_tests.scene import Scene
from backwright.recipes.generate_tests.state import State
from backwright.recipes.generate_tests.values import (
    BODY,
    Const,
    Given,
    Listed,
    Made,
    Outside,
    Part,
    Result,
    Test,
    Value,
)

_PLAIN = frozenset({"string", "integer", "boolean", "email", "date", "any"})


def expected(scene: Scene) -> Expect:
    """Status, fields, and the values that the code fixes."""
    scene = _with_settled_body(scene)
    end, declared = scene.end, scene.behaviour.response
    if end.status == 204 or end.body is None:
        return Expect(status=(end.status,), empty=end.status == 204)
    if declared is not None and declared.type == "array":
        return Expect(status=(end.status,), is_list=True)
    if declared is None and _is_list(end.body):
        return Expect(status=(end.status,), is_list=True)
    keys, open_ = _keys(scene)
    equal = tuple(
        ((name,), value)
        for name in keys
        if (value := _value(scene, name)) is not _UNKNOWN and not isinstance(value, _Nothing)
    )
    nested = tuple((name, inner) for name in keys if (inner := _inner_keys(scene, name)))
    return Expect(status=(end.status,), keys=keys, more_keys=open_, nested=nested, equal=equal)


def _inner_keys(scene: Scene, name: str) -> tuple[str, ...]:
    """The names of the fields of an object in the answer, where they are fixed."""
    declared, body = scene.behaviour.response, scene.end.body
    if declared is not None:
        field = _field(declared, name)
        plain = field is not None and field.type == "object" and not field.nullable
        return tuple(it.name for it in field.fields) if field is not None and plain else ()
    inner = body.get(name) if isinstance(body, Made) and not body.class_ else None
    if not isinstance(inner, Made) or inner.class_ or inner.rest:
        return ()
    return tuple(key for key, _ in inner.fields)


def _with_settled_body(scene: Scene) -> Scene:
    """What was found in a store is what was put there before, where that is known."""
    if not isinstance(scene.end.body, Result) or scene.behaviour.response is not None:
        return scene
    settled = scene.world.settled(scene.end.body)
    if not isinstance(settled, Made) or settled.class_:
        return scene
    return replace(scene, end=replace(scene.end, body=settled))


def list_place(scene: Scene) -> tuple[Key, ...] | None:
    """Where in the answer the list stands; None when there is none or more than one."""
    declared, body = scene.behaviour.response, scene.end.body
    if declared is not None:
        if declared.type == "array":
            return ()
        lists = [it.name for it in declared.fields if it.type == "array"]
        return (lists[0],) if len(lists) == 1 else None
    if body is not None and _is_list(body):
        return ()
    if isinstance(body, Made) and not body.class_:
        lists = [name for name, it in body.fields if _is_list(it)]
        return (lists[0],) if len(lists) == 1 else None
    return None


class _Nothing:
    pass


_UNKNOWN = _Nothing()


def _keys(scene: Scene) -> tuple[tuple[str, ...], bool]:
    """The names of the fields, and whether there may be more of them."""
    declared, body = scene.behaviour.response, scene.end.body
    if declared is not None and declared.fields:
        return tuple(it.name for it in declared.fields), False
    if isinstance(body, Made) and not body.class_:
        names = [name for name, _ in body.fields]
        more = bool(body.rest)
        for rest in body.rest:
            if rest == BODY:
                names += [it for it in scene.body if it not in names]
            elif isinstance(rest, Made) and not rest.class_:
                names += [name for name, _ in rest.fields if name not in names]
        return tuple(names), more
    return (), True


def _value(scene: Scene, name: str) -> Sent | _Nothing:
    """The value of a field of the answer where the code fixes it."""
    end, world = scene.end, scene.world
    if end.body is None:
        return _UNKNOWN
    declared = scene.behaviour.response
    field = _field(declared, name) if declared is not None else None
    if field is not None and (field.type not in _PLAIN or field.changed):
        return _UNKNOWN
    source = world.execution.part(end.body, name, State(writes=end.writes))
    if source == Part(BODY, name) and not _takes(scene, name) and isinstance(end.body, Made):
        source = world.execution.part(replace(end.body, rest=()), name, State(writes=end.writes))
    return _known(scene, _whole(source))


def _takes(scene: Scene, name: str) -> bool:
    body = scene.behaviour.inputs.body
    return body is not None and (not body.fields or _field(body, name) is not None)


def _known(scene: Scene, source: Value) -> Sent | _Nothing:
    if isinstance(source, Part) and source.of == BODY:
        return _echo(scene, source.name)
    if isinstance(source, Given):
        return _given(scene, source)
    settled = folded(scene.world.settled(source))
    if isinstance(settled, Const) and settled.value is not None:
        return settled.value
    return _UNKNOWN


def _given(scene: Scene, source: Given) -> Sent | _Nothing:
    if source.where == "path" and source.name in scene.path:
        return scene.path[source.name].ref
    if source.where == "query":
        settled = scene.world.settled(source)
        return settled.value if isinstance(settled, Const) else _UNKNOWN
    return _UNKNOWN


def _echo(scene: Scene, name: str) -> Sent | _Nothing:
    """What was sent under that name, where it comes back as it was."""
    if name in scene.references:
        return scene.references[name].ref
    given = scene.behaviour.inputs.body
    field = _field(given, name) if given is not None else None
    if field is None:
        return _UNKNOWN
    if name not in scene.body:
        created = scene.behaviour.route.method == "POST" and field.has_default
        return field.default if created and field.type in _PLAIN else _UNKNOWN
    if field.changed or field.type not in _PLAIN:
        return _UNKNOWN
    return scene.body[name]


def _whole(value: Value) -> Value:
    """`x ?? default` and the like, of something that is sent, is what is sent."""
    value = folded(value)
    if isinstance(value, Test) and value.operator in {"??", "or"}:
        first = value.operands[0]
        if isinstance(first, Part) and first.of == BODY:
            return first
    return value


def _field(parent: Field, name: str) -> Field | None:
    return next((it for it in parent.fields if it.name == name), None)


def _is_list(value: Value) -> bool:
    match value:
        case Listed():
            return True
        case Result(Outside(origin)):
            return origin.rpartition(".")[2] in {"each", "list", "sorted"}
        case Result(Part(_, method)):
            return method in {"map", "filter", "values", "all", "findAll", "toArray", "slice"}
        case _:
            return False
