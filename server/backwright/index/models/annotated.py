"""Classes whose annotations are fields: schemas of requests, dataclasses, annotated tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts import code, walk
from backwright.facts.backend import Field, Index
from backwright.index.evaluate import Evaluator
from backwright.index.models.annotations import Annotation, AnnotationReader
from backwright.index.models.draft import Draft, Wanted, place_of
from backwright.index.models.generics import Generics
from backwright.index.models.lineage import classes, lineage, origin_of
from backwright.index.models.text import Writer
from backwright.index.models.vocabulary import Annotated
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    FunctionValue,
    Map,
    Object,
    Seq,
    Str,
    Value,
)

_ELLIPSIS = 3
"""The length of `...`, which says that a field has no default."""


@dataclass(frozen=True, slots=True)
class _Attribute:
    value: Value | None
    annotation: Annotation
    line: int
    required: bool
    """It says itself that it has no default, by `...`."""


@dataclass(slots=True)
class AnnotatedFamily:
    words: Annotated
    evaluator: Evaluator
    drafts: list[Draft] = field(default_factory=list)

    def see_class(self, class_: ClassValue) -> Draft | None:
        """The model that the class is, None for what is no such class."""
        ancestors = lineage(class_, self.evaluator)
        origins = [it for it in ancestors if isinstance(it, str)]
        names = {it.rpartition(".")[2] for it in origins}
        if names & set(self.words.not_bases) or not self._is_one(class_, origins):
            return None
        table = self._table(class_)
        draft = Draft(class_.facts.name, self.words.kind, table, place_of(class_), class_)
        inherits_all = any(self._is(it, self.words.bases) for it in origins)
        generics = Generics(self.evaluator, class_)
        for base in reversed(classes(ancestors)):
            if base is class_ or inherits_all or self._is_one(base, []):
                for name, attribute in self._declared(base).items():
                    attribute.annotation.type = generics.filled(attribute.annotation.type, base)
                    self._add(draft, name, attribute)
            self._add_root(draft, base)
        if table:
            self._constrain(draft, class_)
        self.drafts.append(draft)
        return draft

    def _is(self, origin: str, names: tuple[str, ...]) -> bool:
        return self.words.means(origin, names)

    def _is_one(self, class_: ClassValue, origins: list[str]) -> bool:
        if any(self._is(it, self.words.bases) for it in origins):
            return True
        return any(self._is(origin_of(it), self.words.decorators) for it in class_.decorators)

    def _table(self, class_: ClassValue) -> str:
        keyword = self.words.table_keyword
        given = any(it.name == keyword for it in class_.facts.bases) if keyword else False
        if not given:
            return ""
        named = class_.scope.names.get("__tablename__")
        if isinstance(named, FunctionValue):
            named = self.evaluator.call_function(named.bound(class_), Arguments())
        return named.text if isinstance(named, Str) and named.known else class_.facts.name.lower()

    def _declared(self, base: ClassValue) -> dict[str, _Attribute]:
        reader = AnnotationReader(self.evaluator, frozenset(self.words.ignored) | {"Mapped"})
        found: dict[str, _Attribute] = {}
        for step in walk.steps(base.facts.steps):
            if not isinstance(step, code.Assign) or not isinstance(step.target, code.Name):
                continue
            name = step.target.name
            if step.annotation is None or name.startswith("_") or name == "model_config":
                continue
            annotation = reader.read(step.annotation, base.file, base.scope)
            if set(annotation.wrappers) & set(self.words.ignored):
                continue
            value = base.scope.names.get(name) if step.value is not None else None
            if isinstance(value, Object) and self._is(value.origin, self.words.ignored):
                continue
            found[name] = _Attribute(value, annotation, step.line, _says_required(step.value))
        return found

    def _add(self, draft: Draft, name: str, attribute: _Attribute) -> None:
        value, note = attribute.value, attribute.annotation
        if isinstance(value, Object) and self._is(value.origin, self.words.relationships):
            draft.wanted.append(self._relationship(name, value, note))
            return
        draft.fields = [it for it in draft.fields if it.name != name]
        found = self._field(draft, name, attribute)
        draft.fields.append(found)

    def _add_root(self, draft: Draft, base: ClassValue) -> None:
        """The one field of `class Names(RootModel[list[str]])`."""
        for argument in base.facts.bases:
            expr = argument.value
            if not isinstance(expr, code.Element):
                continue
            owner = self.evaluator.eval_in(expr.object, base.file, base.scope)
            if self._is(origin_of(owner), self.words.root_bases):
                reader = AnnotationReader(self.evaluator, frozenset())
                note = reader.read(expr.key, base.file, base.scope)
                self._add(draft, "root", _Attribute(None, note, base.facts.line, required=False))

    def _field(self, draft: Draft, name: str, attribute: _Attribute) -> Field:
        value, note = attribute.value, attribute.annotation
        calls = [it for it in (value, *note.metadata) if isinstance(it, Object)]
        places = [it.arguments for it in calls if self._is(it.origin, self.words.fields)]
        column = _first(places, "sa_column")
        if isinstance(column, Object):
            places = [*places, column.arguments]
        primary = _true(_first(places, "primary_key"))
        nullable = _first(places, "nullable")
        refers = _first(places, "foreign_key")
        for it in column.arguments.positional if isinstance(column, Object) else ():
            if isinstance(it, Object) and it.origin.endswith(".ForeignKey"):
                refers = it.arguments.get((0,))
        if draft.table and _true(_first(places, "index")):
            unique = _true(_first(places, "unique"))
            draft.indexes.append(Index([name], unique=unique))
        default = "" if attribute.required else self._default(value, places)
        known = isinstance(nullable, Const) and isinstance(nullable.value, bool)
        return Field(
            name=name,
            type=self._type(places, column, note),
            nullable=bool(nullable.value)
            if known and isinstance(nullable, Const)
            else (note.nullable or note.type == "Any") and not (primary and draft.table),
            unique=_true(_first(places, "unique")),
            primary_key=primary,
            default=default,
            optional=bool(default),
            references=refers.text if isinstance(refers, Str) else "",
            line=attribute.line,
        )

    def _type(self, places: list[Arguments], column: Value | None, note: Annotation) -> str:
        writer = Writer(self.evaluator)
        given = _first(places, "sa_type")
        if given is None and isinstance(column, Object):
            given = next((it for it in column.arguments.positional if not _is_key(it)), None)
        return writer.type(given) if given is not None else note.type

    def _default(self, value: Value | None, places: list[Arguments]) -> str:
        writer = Writer(self.evaluator)
        if value is not None and not (
            isinstance(value, Object) and self._is(value.origin, self.words.fields)
        ):
            return writer.code(value)
        for arguments in places:
            factory = arguments.get(self.words.factory)
            if factory is not None:
                return writer.code(factory)
            default = arguments.get(self.words.default)
            if default is not None:
                return writer.code(default)
        return ""

    def _relationship(self, name: str, made: Object, note: Annotation) -> Wanted:
        arguments = made.arguments
        options = arguments.get(("sa_relationship_kwargs",))
        more = options.items if isinstance(options, Map) else {}
        target: str | Value = note.element or note.type
        if isinstance(note.value, ClassValue):
            target = note.value
        back = arguments.get(("back_populates",))
        single = more.get("uselist") == Const(False)
        keys = more.get("foreign_keys")
        named = keys.text.strip("[]") if isinstance(keys, Str) else ""
        return Wanted(
            name,
            target,
            note.many and not single,
            self._link(arguments.get(self.words.secondary)),
            [it.strip().rpartition(".")[2] for it in named.split(",") if it],
            back=back.text if isinstance(back, Str) else "",
            upwards="remote_side" in more,
        )

    def _link(self, value: Value | None) -> str:
        return self._table(value) if isinstance(value, ClassValue) else ""

    def _constrain(self, draft: Draft, class_: ClassValue) -> None:
        extras = class_.scope.names.get("__table_args__")
        for item in extras.items if isinstance(extras, Seq) else ():
            if not isinstance(item, Object):
                continue
            given = [it.text for it in item.arguments.positional if isinstance(it, Str)]
            named = item.arguments.get(("name",))
            if self._is(item.origin, self.words.uniques):
                name = named.text if isinstance(named, Str) else ""
                if len(given) == 1:
                    _mark_unique(draft, given[0])
                else:
                    draft.indexes.append(Index(given, name, unique=True))
            elif self._is(item.origin, self.words.indexes) and given:
                unique = _true(item.arguments.get(("unique",)))
                draft.indexes.append(Index(given[1:], given[0], unique))


def _first(places: list[Arguments], name: str) -> Value | None:
    return next((found for it in places if (found := it.get((name,))) is not None), None)


def _says_required(expr: code.Expr | None) -> bool:
    if isinstance(expr, code.Call):
        first = next((it.value for it in expr.arguments if it.name in {"", "default"}), None)
        return _is_ellipsis(first)
    return _is_ellipsis(expr)


def _is_ellipsis(expr: code.Expr | None) -> bool:
    return isinstance(expr, code.Other) and expr.end - expr.start == _ELLIPSIS


def _is_key(value: Value) -> bool:
    return isinstance(value, Str) or (
        isinstance(value, Object) and value.origin.endswith(".ForeignKey")
    )


def _mark_unique(draft: Draft, name: str) -> None:
    draft.fields = [replace(it, unique=True) if it.name == name else it for it in draft.fields]


def _true(value: Value | None) -> bool:
    return isinstance(value, Const) and value.value is True
