"""Classes with decorated properties: entities with columns and relations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts import code, walk
from backwright.facts.backend import Field, Index, Relation, RelationKind
from backwright.facts.code import Expr
from backwright.index.evaluate import Evaluator
from backwright.index.models.chains import flag, text_option
from backwright.index.models.draft import Draft, place_of
from backwright.index.models.lineage import classes, lineage
from backwright.index.models.names import text_of
from backwright.index.models.text import Writer
from backwright.index.models.vocabulary import Decorated, Names, origin_name, package_of
from backwright.index.values import (
    Arguments,
    ClassValue,
    External,
    FunctionValue,
    Map,
    Object,
    Seq,
    Str,
    Value,
)

_MAX_DEPTH = 4


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    annotation: Expr | None
    decorators: list[tuple[str, Arguments]]
    """Those of the library, by their name."""
    line: int

    def find(self, names: Names) -> Arguments | None:
        return next((given for name, given in self.decorators if name in names), None)


@dataclass(frozen=True, slots=True)
class _Link:
    """A relation that is declared on a property, before the other side is known."""

    draft: Draft
    property: _Property
    kind: RelationKind
    target: Value
    inverse: str


@dataclass(slots=True)
class DecoratedFamily:
    words: Decorated
    evaluator: Evaluator
    drafts: list[Draft] = field(default_factory=list)
    _links: list[_Link] = field(default_factory=list)

    def see_class(self, class_: ClassValue) -> None:
        decorators = dict(self._known(class_.decorators))
        entity = next(
            (decorators[name] for name in self.words.entities if name in decorators), None
        )
        if entity is None:
            return
        draft = Draft(class_.facts.name, self.words.kind, "", place_of(class_), class_)
        draft.table = self._table(class_, entity, decorators)
        for base in reversed(classes(lineage(class_, self.evaluator))):
            for property_ in self._properties(base):
                self._add(draft, property_, "", base, 0)
            for name, given in self._known(base.decorators):
                self._constrain(draft, name, given)
        self.drafts.append(draft)

    def finish(self) -> None:
        """Adds the relations, once every entity is known."""
        for it in self._links:
            it.draft.relations.append(self._relation(it))

    def _known(self, decorators: list[Value]) -> Iterator[tuple[str, Arguments]]:
        for value in decorators:
            value = self.evaluator.settled(value)
            origin = value.origin if isinstance(value, Object | External) else ""
            if package_of(origin) in self.words.packages:
                given = value.arguments if isinstance(value, Object) else Arguments()
                yield origin_name(origin), given

    # Tables

    def _table(
        self, class_: ClassValue, entity: Arguments, decorators: dict[str, Arguments]
    ) -> str:
        if not decorators.keys().isdisjoint(self.words.children):
            for base in classes(lineage(class_, self.evaluator))[1:]:
                parent = next((it for it in self.drafts if it.source is base), None)
                if parent is not None:
                    return parent.table
        options = next((it for it in entity.positional if isinstance(it, Map)), None)
        name = text_of(entity.get((0,))) or text_option(options, "name")
        schema = text_option(options, "schema")
        name = name or snake(class_.facts.name)
        return f"{schema}.{name}" if schema else name

    def _constrain(self, draft: Draft, name: str, given: Arguments) -> None:
        lists = [it for it in given.positional if isinstance(it, Seq)]
        if not lists or name not in self.words.indexes + self.words.uniques:
            return
        fields = [text_of(it) for it in lists[0].items]
        options = given.positional[-1]
        unique = name in self.words.uniques or flag(options, "unique") is True
        if unique and len(fields) == 1:
            draft.fields = [
                replace(it, unique=True) if it.name == fields[0] else it for it in draft.fields
            ]
        if not (name in self.words.uniques and len(fields) == 1):
            draft.indexes.append(Index(fields, text_of(given.get((0,))), unique))

    # Properties

    def _properties(self, class_: ClassValue) -> Iterator[_Property]:
        for step in walk.steps(class_.facts.steps):
            if isinstance(step, code.Assign) and step.decorators:
                values = [
                    self.evaluator.eval_in(it, class_.file, class_.scope) for it in step.decorators
                ]
                known = list(self._known(values))
                if known and isinstance(step.target, code.Name):
                    yield _Property(step.target.name, step.annotation, known, step.line)

    def _add(
        self, draft: Draft, property_: _Property, prefix: str, base: ClassValue, depth: int
    ) -> None:
        words = self.words
        kinds: tuple[tuple[Names, RelationKind], ...] = (
            (words.many_to_one, "many-to-one"),
            (words.one_to_many, "one-to-many"),
            (words.one_to_one, "one-to-one"),
            (words.many_to_many, "many-to-many"),
        )
        for names, kind in kinds:
            if (given := property_.find(names)) is not None:
                self._links = [
                    it
                    for it in self._links
                    if it.draft is not draft or it.property.name != property_.name
                ]
                target = self._called(given.get((0,)))
                self._links.append(
                    _Link(draft, property_, kind, target, self._inverse(given.get((1,))))
                )
                return
        given = property_.find(words.columns + words.keys + words.dates)
        if given is None:
            return
        embedded = self._called(given.get((0,)))
        if isinstance(embedded, ClassValue) and depth < _MAX_DEPTH:
            for inner in self._properties(embedded):
                self._add(draft, inner, f"{prefix}{property_.name}.", embedded, depth + 1)
            return
        found = self._field(property_, prefix, given)
        draft.fields = [it for it in draft.fields if it.name != found.name]
        draft.fields.append(found)
        index = property_.find(words.indexes)
        if index is not None:
            options = index.positional[-1] if index.positional else None
            unique = flag(options, "unique") is True
            draft.indexes.append(Index([found.name], text_of(index.get((0,))), unique))

    def _field(self, property_: _Property, prefix: str, given: Arguments) -> Field:
        options = next((it for it in given.positional if isinstance(it, Map)), None)
        words = self.words
        primary = property_.find(words.keys) is not None or flag(options, "primary") is True
        index = property_.find(words.indexes)
        indexed = index.positional[-1] if index is not None and index.positional else None
        nullable = flag(options, "nullable")
        if nullable is None:
            nullable = property_.find(words.nullable_dates) is not None
        default = options.items.get("default") if options is not None else None
        return Field(
            name=prefix + property_.name,
            type=self._type(property_, given, options),
            nullable=nullable and not primary,
            unique=flag(options, "unique") is True or flag(indexed, "unique") is True,
            primary_key=primary,
            default=Writer(self.evaluator, python=False).code(default) if default else "",
            column=text_option(options, "name"),
            line=property_.line,
        )

    def _type(self, property_: _Property, given: Arguments, options: Map | None) -> str:
        said = given.get((0,))
        type_ = text_of(said) if isinstance(said, Str) else text_option(options, "type")
        if isinstance(said, External):
            type_ = origin_name(said.origin)
        if property_.find(self.words.keys) is not None and type_ in {"increment", "rowid"}:
            type_ = ""
        type_ = type_ or _annotated(property_.annotation)
        length = options.items.get("length") if options is not None else None
        size = Writer(self.evaluator, python=False).code(length).strip("'") if length else ""
        return type_ + (f"({size})" if size else "") + "[]" * (flag(options, "array") is True)

    # Relations

    def _called(self, value: Value | None) -> Value:
        """What `() => User` gives."""
        if isinstance(value, FunctionValue):
            value = self.evaluator.call_function(value, Arguments())
        return self.evaluator.settled(value) if value is not None else Str((None,))

    def _inverse(self, value: Value | None) -> str:
        """The property that `(user) => user.posts` names."""
        if isinstance(value, FunctionValue):
            for step in value.facts.steps:
                if isinstance(step, code.Return) and isinstance(step.value, code.Member):
                    return step.value.name
        return text_of(value) if isinstance(value, Str) else ""

    def _relation(self, link: _Link) -> Relation:
        target = next((it for it in self.drafts if it.source is link.target), None)
        said = link.target.facts.name if isinstance(link.target, ClassValue) else ""
        name = target.name if target is not None else said or text_of(link.target)
        return Relation(link.property.name, name, link.kind, self._via(link, target))

    def _via(self, link: _Link, target: Draft | None) -> str:
        other = self._other(link, target)
        if link.kind == "many-to-many":
            owner = link if link.property.find(self.words.join_tables) is not None else other
            return self._join_table(owner, link.draft if owner is other else target)
        holds = link.kind == "many-to-one" or (
            link.property.find(self.words.join_columns) is not None
        )
        holder = link if holds else other
        if holder is None:
            return ""
        joined = holder.property.find(self.words.join_columns)
        named = text_option(joined.get((0,)), "name") if joined is not None else ""
        return named or f"{holder.property.name}Id"

    def _other(self, link: _Link, target: Draft | None) -> _Link | None:
        for it in self._links:
            if it.draft is target and target is not None and it.property.name == link.inverse:
                return it
        return None

    def _join_table(self, owner: _Link | None, other: Draft | None) -> str:
        if owner is None or other is None:
            return ""
        joined = owner.property.find(self.words.join_tables)
        named = text_option(joined.get((0,)), "name") if joined is not None else ""
        return named or snake(f"{owner.draft.table}_{owner.property.name}_{other.table}")


def snake(name: str) -> str:
    """`HTTPServer2` → `http_server2`, as TypeORM does it."""
    name = re.sub(r"([A-Z])([A-Z])([a-z])", r"\1_\2\3", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()


def _annotated(expr: Expr | None) -> str:
    """A type of TypeScript without what says that it may be null."""
    if isinstance(expr, code.Operation) and expr.operator == "|":
        kept = [it for it in expr.operands if it not in (code.Constant("none"), _UNDEFINED)]
        return " | ".join(_annotated(it) for it in kept)
    if isinstance(expr, code.Element) and expr.object == code.Name("Array"):
        return f"{_annotated(expr.key)}[]"
    return walk.type_text(expr)


_UNDEFINED = code.Name("undefined")
