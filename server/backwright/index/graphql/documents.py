"""Schemas in GraphQL's own language, and the objects of functions that resolve their fields.

const typeDefs = gql`type Query { book(id: ID!): Book }`
const resolvers = { Query: { book: (_, { id }) => … } }
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.code import Expr, FileFacts
from backwright.index.evaluation.runner import Runner
from backwright.index.frameworks import Framework
from backwright.index.graphql.operation import Operation
from backwright.index.graphql.sdl import declared, roots_of
from backwright.index.graphql.vocabulary import Kind
from backwright.index.values import FunctionValue, Map, ModuleValue, Object, Site, Value

SUFFIXES = (".graphql", ".graphqls", ".gql")
_TELLS = re.compile(r"\btype\s+\w+|\bschema\b")
MAX_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of a schema: the file and the line on which it begins."""

    text: str
    file: str
    line: int


def texts_in(facts: FileFacts) -> Iterator[Text]:
    """The strings of a file that may be schemas; what is put into them is left out."""
    for step in walk.every_step(facts):
        line = getattr(step, "line", 1)
        for whole in walk.own_expressions(step):
            for expr in walk.inner(whole):
                text = _text(expr)
                if "{" in text and _TELLS.search(text):
                    yield Text(text, facts.path, line)


def _text(expr: Expr) -> str:
    match expr:
        case code.Text(value):
            return value
        case code.Template(parts):
            return " ".join(it.value if isinstance(it, code.Text) else "" for it in parts)
        case _:
            return ""


def declarations(framework: Framework, texts: list[Text]) -> Iterator[Operation]:
    roots: dict[str, Kind] = {}
    for it in texts:
        roots.update(roots_of(it.text))
    for it in texts:
        for field in declared(it.text, roots):
            site = Site(it.file, 0, 0, it.line + field.line)
            yield Operation(framework, field.kind, field.name, site, None, field.arguments)


def names_a_root(facts: FileFacts, roots: Mapping[str, Kind]) -> bool:
    """Whether an object of the file has an entry called like a root type."""
    for step in walk.every_step(facts):
        if isinstance(step, code.Export) and step.name in roots:
            return True
        for whole in walk.own_expressions(step):
            for expr in walk.inner(whole):
                if isinstance(expr, code.Table) and any(
                    isinstance(key, code.Text) and key.value in roots for key, _ in expr.entries
                ):
                    return True
    return False


def resolved(
    framework: Framework, runner: Runner, path: str, roots: Mapping[str, Kind]
) -> Iterator[Operation]:
    """The operations that the objects of a module resolve."""
    module = runner.module(path)
    if module is None:
        return
    held = [*module.scope.names.values(), *module.exported.values(), module.exports]
    seen: set[int] = set()
    for value in [*held, Map(dict(module.exported))]:
        yield from _in_value(framework, runner, runner.settled(value), roots, seen)


def _in_value(
    framework: Framework,
    runner: Runner,
    value: Value,
    roots: Mapping[str, Kind],
    seen: set[int],
    depth: int = 0,
) -> Iterator[Operation]:
    if not isinstance(value, Map) or id(value) in seen or depth > MAX_DEPTH:
        return
    seen.add(id(value))
    for name, inner in list(value.items.items()):
        inner = runner.settled(inner)
        kind = roots.get(name)
        if kind is None:
            yield from _in_value(framework, runner, inner, roots, seen, depth + 1)
            continue
        entries = inner.exported if isinstance(inner, ModuleValue) else {}
        for field, resolver in (inner.items if isinstance(inner, Map) else entries).items():
            handler = _resolver(runner.settled(resolver))
            if isinstance(handler, FunctionValue | Object):
                yield Operation(framework, kind, field, handler.site, handler)


def _resolver(value: Value) -> Value:
    """The function of a field: itself, or an entry of an object."""
    if isinstance(value, Map):
        return value.items.get("subscribe") or value.items.get("resolve") or value
    return value
