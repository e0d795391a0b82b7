"""Schemas of documents, which are objects of paths, and the models that are made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts import code
from backwright.facts.backend import Field, Index, Relation, RelationKind
from backwright.index.evaluate import Evaluator
from backwright.index.models.chains import flag, text_option
from backwright.index.models.draft import Draft, place_of
from backwright.index.models.names import text_of
from backwright.index.models.plurals import plural
from backwright.index.models.text import Writer
from backwright.index.models.vocabulary import Documents, origin_name, package_of
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    External,
    Map,
    Method,
    ModuleValue,
    Object,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
)

_MAX_DEPTH = 12


@dataclass(slots=True)
class _Schema:
    """A schema: the objects of paths that make it up, and what is said of it afterwards."""

    made: Object
    shapes: list[Map]
    indexes: list[Index] = field(default_factory=list)
    virtuals: list[Relation] = field(default_factory=list)


@dataclass(slots=True)
class DocumentsFamily:
    words: Documents
    evaluator: Evaluator
    drafts: list[Draft] = field(default_factory=list)
    _schemas: dict[int, _Schema] = field(default_factory=dict)

    def see(self, modules: Sequence[ModuleValue], objects: Sequence[Object]) -> None:
        ours = [it for it in objects if package_of(it.origin) in self.words.packages]
        for made in ours:
            if self._is(made, self.words.schemas):
                self._schema(made)
        for module in modules:
            if module.facts.language != "python":
                for step in module.facts.steps:
                    if isinstance(step, code.Do):
                        self._see_statement(step, module)
        guarded = [it for module in modules for it in self._guarded(module)]
        for made in (*ours, *guarded):
            if self._is(made, self.words.models + self.words.discriminators):
                self._model(made)

    def _is(self, made: Object, names: tuple[str, ...]) -> bool:
        return self.words.means(made.origin, names)

    # Schemas

    def _schema(self, made: Object) -> _Schema:
        if id(made) not in self._schemas:
            shape = made.arguments.get((0,))
            self._schemas[id(made)] = _Schema(made, [shape] if isinstance(shape, Map) else [])
        return self._schemas[id(made)]

    def _see_statement(self, step: code.Do, module: ModuleValue) -> None:
        """`schema.index({ email: 1 })`, `schema.add({ … })`, `schema.virtual(…)`."""
        call = step.value
        if not isinstance(call, code.Call) or not isinstance(call.function, code.Member):
            return
        name = call.function.name
        if name not in {"index", "add", "virtual"}:
            return
        owner = self.evaluator.eval_in(call.function.object, module.file, module.scope)
        if not isinstance(owner, Object) or id(owner) not in self._schemas:
            return
        schema = self._schemas[id(owner)]
        given = [
            self.evaluator.eval_in(it.value, module.file, module.scope) for it in call.arguments
        ]
        first, second = (*given, None, None)[:2]
        if name == "add" and isinstance(first, Map):
            schema.shapes.append(first)
        elif name == "index" and isinstance(first, Map):
            unique = flag(second, "unique") is True
            schema.indexes.append(Index(list(first.items), text_option(second, "name"), unique))
        elif name == "virtual" and text_option(second, "ref"):
            single = flag(second, "justOne") is True
            schema.virtuals.append(
                Relation(
                    text_of(first),
                    text_option(second, "ref"),
                    "one-to-one" if single else "one-to-many",
                    text_option(second, "foreignField"),
                )
            )

    def _guarded(self, module: ModuleValue) -> Iterator[Object]:
        """The models of `models.User || model("User", schema)`."""
        for step in module.facts.steps:
            value = step.value if isinstance(step, code.Assign | code.Export) else None
            if isinstance(value, code.Operation) and value.operator in {"||", "??"}:
                made = self.evaluator.eval_in(value.operands[-1], module.file, module.scope)
                if isinstance(made, Object):
                    yield made

    # Models

    def _model(self, made: Object) -> None:
        name, schema_value = text_of(made.arguments.get((0,))), made.arguments.get((1,))
        schema_value = self.evaluator.settled(schema_value) if schema_value is not None else None
        if not name or any(it.name == name and _same(it, made) for it in self.drafts):
            return
        schema = self._of(schema_value)
        if schema is None:
            return
        options = schema.made.arguments.get((1,))
        given = text_of(made.arguments.get((2,))) or text_option(options, "collection")
        draft = Draft(name, self.words.kind, given or plural(name.lower()), place_of(made), made)
        if self._is(made, self.words.discriminators):
            self._take_parent(draft, made)
        self._fill(draft, schema, options)
        self.drafts.append(draft)

    def _of(self, value: Value | None) -> _Schema | None:
        if isinstance(value, Object) and self._is(value, self.words.schemas):
            return self._schema(value)
        if isinstance(value, Map):
            return _Schema(Object("", Arguments(), Site("", 0, 0, 0)), [value])
        return None

    def _take_parent(self, draft: Draft, made: Object) -> None:
        parent = next((it for it in self.drafts if it.source is made.receiver), None)
        if parent is not None:
            draft.table = parent.table
            draft.fields = list(parent.fields)
            draft.relations = list(parent.relations)

    def _fill(self, draft: Draft, schema: _Schema, options: Value | None) -> None:
        line = schema.made.site.line or draft.place.line
        for shape in schema.shapes:
            self._paths(draft, shape, "", line, 0)
        if draft.field_named("_id") is None and flag(options, "_id") is not False:
            key = Field(name="_id", type="ObjectId", primary_key=True, line=line)
            draft.fields.insert(0, key)
        for name in _timestamps(options):
            if draft.field_named(name) is None:
                draft.fields.append(Field(name=name, type="Date", nullable=True, line=line))
        for index in schema.indexes:
            if index.unique and len(index.fields) == 1:
                self._mark(draft, index.fields[0])
            draft.indexes.append(index)
        draft.relations += schema.virtuals

    def _mark(self, draft: Draft, name: str) -> None:
        draft.fields = [replace(it, unique=True) if it.name == name else it for it in draft.fields]

    # Paths

    def _paths(self, draft: Draft, shape: Map, prefix: str, line: int, depth: int) -> None:
        for key, value in shape.items.items():
            value = self.evaluator.settled(value)
            name = f"{prefix}{key}"
            if isinstance(value, Map) and not _has_type(value) and value.items:
                if depth < _MAX_DEPTH:
                    self._paths(draft, value, f"{name}.", line, depth + 1)
                continue
            self._path(draft, name, value, line)

    def _path(self, draft: Draft, name: str, value: Value, line: int) -> None:
        options = value if isinstance(value, Map) else None
        said = (
            options.items.get("type", Unknown()) if options is not None and options.items else value
        )
        type_, ref = self._type(self.evaluator.settled(said))
        ref = text_option(options, "ref") or self._ref(options) or ref
        primary = name == "_id"
        unique = _said(options, "unique")
        draft.fields = [it for it in draft.fields if it.name != name]
        draft.fields.append(
            Field(
                name=name,
                type=type_,
                nullable=not (_said(options, "required") or primary),
                unique=unique and not primary,
                primary_key=primary,
                default=self._default(options),
                references=ref,
                line=line,
            )
        )
        if _said(options, "index") and not unique:
            draft.indexes.append(Index([name]))
        if ref:
            many = type_.startswith("[")
            kind: RelationKind = (
                "one-to-many" if many else "one-to-one" if unique else "many-to-one"
            )
            draft.relations.append(Relation(name, ref, kind, name))

    def _type(self, value: Value) -> tuple[str, str]:
        """The type of a path, and the model that it refers to as an element of a list."""
        match value:
            case External(origin):
                name = origin_name(origin)
                return self.words.types.get(name, name), ""
            case Method():
                return self.words.types.get(value.name, value.name), ""
            case Str():
                name = value.text[:1].upper() + value.text[1:]
                return self.words.types.get(name, name), ""
            case ClassValue():
                return value.facts.name, ""
            case Seq(items):
                if not items:
                    return "[Mixed]", ""
                return self._element(self.evaluator.settled(items[0]))
            case Object() if self._is(value, self.words.schemas):
                return "Embedded", ""
            case Object():
                return Writer(self.evaluator, python=False).type(value), ""
            case _:
                return "Mixed", ""

    def _element(self, value: Value) -> tuple[str, str]:
        if isinstance(value, Map):
            if not _has_type(value):
                return "[Embedded]", ""
            inner = self._type(self.evaluator.settled(value.items["type"]))[0]
            return f"[{inner}]", text_option(value, "ref") or self._ref(value)
        return f"[{self._type(value)[0]}]", ""

    def _ref(self, options: Map | None) -> str:
        """The model that is named by its own object: `ref: User`."""
        found = options.items.get("ref") if options is not None else None
        found = self.evaluator.settled(found) if found is not None else None
        if isinstance(found, Object) and self._is(found, self.words.models):
            return text_of(found.arguments.get((0,)))
        return ""

    def _default(self, options: Map | None) -> str:
        found = options.items.get("default") if options is not None else None
        if found is None or found == Const(None):
            return ""
        return Writer(self.evaluator, python=False).code(found)


def _has_type(options: Map) -> bool:
    """Whether the object says of one path what it is, not which paths lie below it."""
    said = options.items.get("type")
    return said is not None and not (isinstance(said, Map) and "type" in said.items)


def _said(options: Map | None, name: str) -> bool:
    """Whether an option is set: `true`, or a list of it and a message."""
    found = options.items.get(name) if options is not None else None
    if isinstance(found, Seq) and found.items:
        found = found.items[0]
    if isinstance(found, Const):
        return bool(found.value)
    return isinstance(found, Str | Map)


def _timestamps(options: Value | None) -> Iterator[str]:
    said = options.items.get("timestamps") if isinstance(options, Map) else None
    for name in ("createdAt", "updatedAt"):
        if said == Const(True):
            yield name
        elif isinstance(said, Map):
            changed = said.items.get(name)
            if isinstance(changed, Str):
                yield changed.text
            elif changed is None or changed == Const(True):
                yield name


def _same(draft: Draft, made: Object) -> bool:
    return draft.place == place_of(made)
