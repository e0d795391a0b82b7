"""Schemas that code makes of objects: `new GraphQLObjectType({ name: "Query", fields })`, and
builders whose functions are handed what makes fields."""

from __future__ import annotations

from collections.abc import Iterator

from backwright.index.evaluation.runner import Runner
from backwright.index.frameworks import Framework
from backwright.index.graphql.operation import Operation
from backwright.index.graphql.vocabulary import GraphqlTable, Kind
from backwright.index.values import Arguments, FunctionValue, Map, Object, Site, Str, Value

KINDS: dict[str, Kind] = {
    "query": "QUERY",
    "mutation": "MUTATION",
    "subscription": "SUBSCRIPTION",
}
_FIELDS = "graphql.fields"
"""What makes the fields of a builder; its calls are known by what they are given."""


def of_schema(
    framework: Framework, table: GraphqlTable, runner: Runner, schema: Object
) -> Iterator[Operation]:
    """The operations of the types that a schema begins with."""
    given = schema.arguments.get((0,))
    for keyword, kind in KINDS.items():
        value = given.items.get(keyword) if isinstance(given, Map) else None
        root = runner.settled(value) if value is not None else None
        if isinstance(root, Object) and root.origin in table.objects:
            settings = root.arguments.get((0,))
            fields = settings.items.get("fields") if isinstance(settings, Map) else None
            yield from _fields(framework, runner, kind, fields, schema.site)


def of_builder(
    framework: Framework,
    table: GraphqlTable,
    runner: Runner,
    call: tuple[str, Arguments, Site],
) -> Iterator[Operation]:
    """`builder.queryField("book", (t) => …)`, `builder.queryType({ fields: (t) => ({ … }) })`."""
    name, arguments, site = call
    if name in table.built:
        first, second = arguments.get((0,)), arguments.get((1,))
        if isinstance(first, Str) and first.known:
            value = _made(runner, second, site)
            yield from _one(framework, runner, table.built[name], first.text, value, site)
        return
    given = arguments.get((0,))
    fields = given.items.get("fields") if isinstance(given, Map) else given
    if isinstance(fields, FunctionValue):
        yield from _fields(framework, runner, table.built_types[name], fields, site)


def _fields(
    framework: Framework, runner: Runner, kind: Kind, fields: Value | None, site: Site
) -> Iterator[Operation]:
    held = _made(runner, fields, site)
    for name, value in held.items.items() if isinstance(held, Map) else ():
        yield from _one(framework, runner, kind, name, runner.settled(value), site)


def _made(runner: Runner, value: Value | None, site: Site) -> Value | None:
    """What a function that is handed what makes fields answers with."""
    value = runner.settled(value) if value is not None else None
    if isinstance(value, FunctionValue):
        maker = Object(_FIELDS, Arguments(), site)
        return runner.settled(runner.call_function(value, Arguments([maker])))
    return value


def _one(
    framework: Framework, runner: Runner, kind: Kind, name: str, field: Value | None, site: Site
) -> Iterator[Operation]:
    settings = _settings(runner, field)
    handler = settings.items.get("subscribe") or settings.items.get("resolve")
    handler = runner.settled(handler) if handler is not None else None
    arguments = settings.items.get("args")
    names = tuple(arguments.items) if isinstance(arguments, Map) else ()
    place = field.site if isinstance(field, Object) else site
    place = handler.site if isinstance(handler, FunctionValue) else place
    yield Operation(framework, kind, name, place, handler, tuple((it, "", True) for it in names))


def _settings(runner: Runner, field: Value | None) -> Map:
    if isinstance(field, Map):
        return field
    if isinstance(field, Object):
        given = [runner.settled(it) for it in field.arguments.positional]
        return next((it for it in reversed(given) if isinstance(it, Map)), Map())
    return Map()
