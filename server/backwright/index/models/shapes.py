"""Schemas that calls make of an object of fields, each field a chain of calls that says more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts import code, walk
from backwright.facts.backend import Field
from backwright.index.evaluate import Evaluator
from backwright.index.models.draft import Draft, identity, place_of
from backwright.index.models.text import Writer
from backwright.index.models.vocabulary import Shapes, origin_name, package_of
from backwright.index.values import (
    Arguments,
    FunctionValue,
    Map,
    Method,
    Object,
    Seq,
    Str,
    Value,
)

_MAX_DEPTH = 30


@dataclass(slots=True)
class ShapesFamily:
    words: Shapes
    evaluator: Evaluator
    drafts: list[Draft] = field(default_factory=list)
    _names: dict[tuple[str, int, int], str] = field(default_factory=dict)
    """The names of the schemas that are kept under one."""
    _calls: dict[str, dict[tuple[int, int], code.Call]] = field(default_factory=dict)

    def see_objects(self, objects: list[Object]) -> None:
        """The schemas among the objects that the project keeps under a name."""
        ours = [it for it in objects if it.name and package_of(it.origin) in self.words.packages]
        self._names = {identity(it): it.name for it in ours}
        for object_ in ours:
            fields = self._fields(object_)
            if fields is not None:
                draft = Draft(object_.name, self.words.kind, "", place_of(object_), object_)
                draft.fields = list(fields.values())
                self.drafts.append(draft)

    # Objects of fields

    def _fields(self, value: Value | None, depth: int = 0) -> dict[str, Field] | None:
        """The fields of a schema by their names; None for what is no object of fields."""
        value = self.evaluator.settled(value) if value is not None else None
        if not isinstance(value, Object) or depth > _MAX_DEPTH:
            return None
        words, name = self.words, origin_name(value.origin)
        first = value.arguments.get((0,))
        if value.receiver is None:
            return self._shape(value, first, depth) if name in words.objects else None
        before = self._fields(value.receiver, depth + 1)
        if before is None:
            return None
        if name in words.extend:
            return {**before, **self._shape(value, first, depth)}
        if name in words.merge:
            return {
                **before,
                **(self._fields(first, depth + 1) or self._shape(value, first, depth)),
            }
        chosen = list(first.items) if isinstance(first, Map) else list(before)
        if name in words.pick:
            return {key: it for key, it in before.items() if key in chosen}
        if name in words.omit:
            return {key: it for key, it in before.items() if key not in chosen}
        if name in words.partial or name in words.required:
            optional = name in words.partial
            return {
                key: replace(it, optional=optional) if key in chosen else it
                for key, it in before.items()
            }
        return before if name in words.whole else None

    def _shape(self, call: Object, shape: Value | None, depth: int) -> dict[str, Field]:
        found: dict[str, Field] = {}
        for spread in self._spread(call) if isinstance(shape, Map) and not shape.whole else ():
            found.update(self._fields(spread, depth + 1) or {})
        for key, value in shape.items.items() if isinstance(shape, Map) else ():
            found[key] = self._field(key, self.evaluator.settled(value), call.site.line)
        return found

    def _spread(self, call: Object) -> Iterator[Value]:
        """The schemas whose shapes are spread: `z.object({ ...Base.shape, more: z.string() })`."""
        written = self._written(call)
        module = self.evaluator.module(call.site.file)
        for argument in written.arguments if written is not None and module is not None else ():
            entries = argument.value.entries if isinstance(argument.value, code.Table) else []
            for key, value in entries:
                if key is None and module is not None:
                    held = self.evaluator.eval_in(value, call.site.file, module.scope)
                    if isinstance(held, Method) and held.name == "shape":
                        yield held.object

    def _written(self, call: Object) -> code.Call | None:
        file = call.site.file
        facts = self.evaluator.facts_of(file)
        if file not in self._calls and facts is not None:
            self._calls[file] = {
                (expr.start, expr.end): expr
                for step in walk.every_step(facts)
                for whole in walk.own_expressions(step)
                for expr in walk.inner(whole)
                if isinstance(expr, code.Call)
            }
        return self._calls.get(file, {}).get((call.site.start, call.site.end))

    # Fields

    def _field(self, key: str, value: Value, line: int) -> Field:
        if isinstance(value, Method) and value.object.name:  # Other.shape.email
            shared = self._fields(value.object.receiver or value.object)
            value = value.object
            if shared and key in shared:
                return shared[key]
        calls = list(_calls(value))
        names = [origin_name(it.origin) for it in calls]
        words = self.words
        nullable = optional = False
        default = ""
        for it, name in zip(calls, names, strict=True):
            nullable = nullable or name in (*words.nullable, *words.both)
            optional = optional or name in (*words.optional, *words.both)
            if name in words.default:
                default = self._default(it)
        type_ = self.type(value)
        return Field(
            name=key,
            type=type_,
            nullable=nullable or type_.partition("(")[0] in words.always_nullable,
            optional=optional or bool(default),
            default=default,
            line=calls[0].site.line if calls else line,
        )

    def _default(self, call: Object) -> str:
        value = call.arguments.get((0,))
        return Writer(self.evaluator, python=False).code(value) if value is not None else ""

    def type(self, value: Value | None, depth: int = 0) -> str:
        """The type in the library's words: `string`, `array(Tag)`, `enum('a', 'b')`."""
        value = self.evaluator.settled(value) if value is not None else None
        if isinstance(value, FunctionValue):
            value = self.evaluator.call_function(value, Arguments())
        if not isinstance(value, Object) or depth > _MAX_DEPTH:
            return ""
        if depth and value.name and identity(value) in self._names:
            return value.name
        name = origin_name(value.origin)
        words = self.words
        if name in words.extend + words.merge + words.pick + words.omit + words.partial:
            return "object"
        if value.receiver is not None:
            named = self._named(value) if not depth else ""
            inner = named or self.type(value.receiver, depth)
            return f"array({inner})" if name == "array" else inner
        if name in words.nullable + words.optional + words.both + words.wrappers:
            given = value.arguments.positional
            return self.type(given[-1], depth) if given else ""
        if self._named(value):
            return value.name
        if name in words.objects:
            return "object"
        inner = self._inner(value, depth)
        return f"{name}({inner})" if inner else name

    def _named(self, value: Object) -> str:
        return value.name if value.name and identity(value) in self._names else ""

    def _inner(self, value: Object, depth: int) -> str:
        writer = Writer(self.evaluator, python=False)
        parts: list[str] = []
        for argument in value.arguments.positional:
            argument = self.evaluator.settled(argument)
            if isinstance(argument, Object | FunctionValue):
                parts.append(self.type(argument, depth + 1))
            elif isinstance(argument, Seq):
                parts += [self.type(it, depth + 1) or writer.code(it) for it in argument.items]
            elif isinstance(argument, Map):
                values = argument.items.values()
                parts += [writer.code(it) for it in values if isinstance(it, Str)]
                if not all(isinstance(it, Str) for it in values):
                    return ""
            elif origin_name(value.origin) in {"literal", "enum", "nativeEnum"}:
                parts.append(writer.code(argument))
        return ", ".join(it for it in parts if it)


def _calls(value: Value) -> Iterator[Object]:
    """The calls of a chain, the first one first."""
    found: list[Object] = []
    while isinstance(value, Object) and len(found) < _MAX_DEPTH:
        found.append(value)
        if value.receiver is None:
            break
        value = value.receiver
    return reversed(found)
