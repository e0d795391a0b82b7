"""Models that a call defines by name, and classes that a call initialises.

Such calls stand in functions that are handed the connection (`(sequelize, DataTypes) => …`) as
often as in modules, so they are looked for wherever they are written, and evaluated there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts import code, walk
from backwright.facts.backend import Field, Index, Place, Relation, RelationKind
from backwright.facts.code import Call, Expr, Function
from backwright.index.evaluate import Evaluator
from backwright.index.models.chains import flag, text_option
from backwright.index.models.draft import Draft, place_of
from backwright.index.models.lineage import lineage
from backwright.index.models.names import text_of
from backwright.index.models.plurals import plural, singular
from backwright.index.models.text import Writer
from backwright.index.models.vocabulary import Defined, origin_name, package_of
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    External,
    Map,
    Method,
    ModuleValue,
    Object,
    Scope,
    Seq,
    Site,
    Str,
    Value,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A call with the function it stands in, if it does."""

    call: Call
    function: Function | None
    module: ModuleValue


@dataclass(frozen=True, slots=True)
class _Association:
    owner: str
    method: str
    target: str
    options: Value | None


@dataclass(slots=True)
class DefinedFamily:
    words: Defined
    evaluator: Evaluator
    drafts: list[Draft] = field(default_factory=list)
    _options: dict[str, Map] = field(default_factory=dict)
    _globals: Map = field(default_factory=Map)
    """What all models are given that a connection makes."""

    def see(self, modules: Sequence[ModuleValue], objects: Sequence[Object]) -> None:
        for object_ in objects:
            if package_of(object_.origin) in self.words.packages and object_.receiver is None:
                self._connection(object_)
        calls = [it for module in modules for it in self._calls(module)]
        for found in calls:
            name = _method(found.call)
            if name in self.words.define:
                self._define(found)
            elif name in self.words.initialise:
                self._initialise(found)
        associations = [it for found in calls if (it := self._association(found)) is not None]
        for association in associations:
            self._associate(association)
        for association in associations:
            if association.method in self.words.many_to_many:
                self._add_between(association, associations)

    def _calls(self, module: ModuleValue) -> Iterator[_Found]:
        words = self.words
        wanted = {*words.define, *words.initialise, *words.one_to_many, *words.one_to_one}
        wanted |= {*words.many_to_one, *words.many_to_many}
        facts = module.facts
        if facts.language == "python" or not facts.may_call(wanted):
            return
        for function in (None, *facts.functions):
            for call in walk.calls(function.steps if function is not None else facts.steps):
                if _method(call) in wanted and isinstance(call.function, code.Member):
                    yield _Found(call, function, module)

    def _connection(self, made: Object) -> None:
        for given in made.arguments.positional:
            if isinstance(given, Map) and isinstance(define := given.items.get("define"), Map):
                self._globals = define

    # Where a call stands

    def _scope(self, found: _Found) -> Scope:
        """The names as they are at the call: parameters stand for what libraries pass by them."""
        outer = found.module.scope
        function = found.function
        if function is None:
            return outer
        class_ = outer.names.get(_class_of(function))
        scope = Scope(found.module.file, class_.scope if isinstance(class_, ClassValue) else outer)
        scope.this = class_
        for parameter in function.parameters:
            known = self.words.parameters.get(parameter.name)
            if known is not None:
                scope.names[parameter.name] = (
                    Object(known[:-2], Arguments(), _nowhere(found.module.file))
                    if known.endswith("()")
                    else External(known)
                )
        for step in walk.steps(function.steps):
            if isinstance(step, code.Assign) and isinstance(step.target, code.Name | code.Table):
                self._bind(step, scope)
        return scope

    def _bind(self, step: code.Assign, scope: Scope) -> None:
        """What the function keeps for itself: `const { STRING } = DataTypes`."""
        if step.value is None or (
            isinstance(step.value, code.Call) and step.value.function == code.Name("require")
        ):
            return
        value = self.evaluator.eval_in(step.value, scope.file, scope)
        if isinstance(step.target, code.Name):
            scope.names.setdefault(step.target.name, value)
        elif isinstance(step.target, code.Table):
            for key, local in step.target.entries:
                if isinstance(key, code.Text) and isinstance(local, code.Name):
                    scope.names.setdefault(local.name, self.evaluator.attribute(value, key.value))

    def _arguments(self, found: _Found, scope: Scope) -> list[Value]:
        return [
            self.evaluator.eval_in(it.value, found.module.file, scope)
            for it in found.call.arguments
        ]

    # Models

    def _define(self, found: _Found) -> None:
        """`sequelize.define("User", { … }, options)`."""
        scope = self._scope(found)
        owner = self._owner(found)
        origin = owner.origin if isinstance(owner, Object) else ""
        if package_of(origin) not in self.words.packages:
            owner = self.evaluator.eval_in(_object(found.call), found.module.file, scope)
            origin = owner.origin if isinstance(owner, Object) else ""
        given = self._arguments(found, scope)
        name = text_of(given[0]) if given else ""
        if package_of(origin) in self.words.packages and name and len(given) > 1:
            site = _site(found)
            made = Object(f"{origin}().define", Arguments(given), site)
            self._add(name, made, given[1], given[2] if len(given) > 2 else None)

    def _owner(self, found: _Found) -> Value:
        return self.evaluator.eval_in(_object(found.call), found.module.file, found.module.scope)

    def _initialise(self, found: _Found) -> None:
        """`User.init({ … }, { sequelize, modelName: "User" })`, `super.init(…)` in the class."""
        scope = self._scope(found)
        written = _object(found.call)
        name = walk.dotted(written)
        class_ = scope.this if name in {"super", "this"} else None
        facts = None
        if isinstance(class_, ClassValue):
            if not self._is_model(class_):
                return
        else:
            value = self.evaluator.eval_in(written, found.module.file, scope)
            if isinstance(value, ClassValue) and self._is_model(value):
                class_ = value
            else:
                facts = next((it for it in found.module.facts.classes if it.name == name), None)
                if facts is None or not self._extends(facts, found, scope):
                    return
        given = self._arguments(found, scope)
        options = given[1] if len(given) > 1 else None
        own = class_.facts if isinstance(class_, ClassValue) else facts
        if own is None or not given:
            return
        model = text_option(options, "modelName") or own.name
        if isinstance(class_, ClassValue):
            self._add(model, class_, given[0], options)
        else:
            place = Place(found.module.file, own.line, own.start, own.end)
            self._add(model, place, given[0], options)

    def _is_model(self, class_: ClassValue) -> bool:
        origins = [it for it in lineage(class_, self.evaluator) if isinstance(it, str)]
        return any(self.words.means(it, self.words.bases) for it in origins)

    def _extends(self, facts: code.Class, found: _Found, scope: Scope) -> bool:
        for base in facts.bases:
            value = self.evaluator.eval_in(base.value, found.module.file, scope)
            if isinstance(value, External) and self.words.means(value.origin, self.words.bases):
                return True
            if isinstance(value, ClassValue) and self._is_model(value):
                return True
        return False

    def _add(
        self, name: str, source: ClassValue | Object | Place, shape: Value, options: Value | None
    ) -> None:
        if not isinstance(shape, Map) or any(it.name == name for it in self.drafts):
            return
        merged = Map({**self._globals.items, **(options.items if isinstance(options, Map) else {})})
        place = source if isinstance(source, Place) else place_of(source)
        table = text_option(merged, "tableName")
        if not table:
            table = name if flag(merged, "freezeTableName") else plural(name)
            table = _underscored(table) if flag(merged, "underscored") else table
        schema = text_option(merged, "schema")
        draft = Draft(name, self.words.kind, f"{schema}.{table}" if schema else table, place)
        draft.source = None if isinstance(source, Place) else source
        self._fill(draft, shape, merged)
        self._options[name] = merged
        self.drafts.append(draft)

    # Attributes

    def _fill(self, draft: Draft, shape: Map, options: Map) -> None:
        line = draft.place.line
        fields = [self._field(key, value, line) for key, value in shape.items.items()]
        if not any(it.primary_key for it in fields):
            fields.insert(0, Field(name="id", type="INTEGER", primary_key=True, line=line))
        known = {it.name for it in fields}
        for name, nullable in _dates(options):
            if name not in known:
                fields.append(Field(name=name, type="DATE", nullable=nullable, line=line))
        draft.fields = fields
        listed = options.items.get("indexes")
        for item in listed.items if isinstance(listed, Seq) else ():
            named = item.items.get("fields") if isinstance(item, Map) else None
            names = [text_of(it) or text_option(it, "name") for it in _items(named)]
            if names:
                unique = flag(item, "unique") is True
                draft.indexes.append(Index(names, text_option(item, "name"), unique))

    def _field(self, name: str, value: Value, line: int) -> Field:
        value = self.evaluator.settled(value)
        options = value if isinstance(value, Map) else Map({"type": value})
        writer = Writer(self.evaluator, python=False)
        type_ = options.items.get("type")
        default = options.items.get("defaultValue")
        primary = flag(options, "primaryKey") is True
        unique = options.items.get("unique")
        references = options.items.get("references")
        return Field(
            name=name,
            type=self._type(type_, writer),
            nullable=not primary and flag(options, "allowNull") is not False,
            unique=unique == Const(True) or isinstance(unique, Str | Map),
            primary_key=primary,
            default=writer.code(default) if default is not None and default != Const(None) else "",
            column=text_option(options, "field"),
            references=self._reference(references),
            line=line,
        )

    def _type(self, value: Value | None, writer: Writer) -> str:
        if isinstance(value, Str):
            return value.text
        if isinstance(value, Object) and value.receiver is not None:  # INTEGER(11).UNSIGNED
            return f"{self._type(value.receiver, writer)}.{origin_name(value.origin)}"
        if isinstance(value, Method):
            return f"{self._type(value.object, writer)}.{value.name}"
        if isinstance(value, External):
            after = (
                value.origin.partition("DataTypes.")[2] or value.origin.partition("Sequelize.")[2]
            )
            return after or origin_name(value.origin)
        return writer.type(value) if value is not None else ""

    def _reference(self, value: Value | None) -> str:
        if not isinstance(value, Map):
            return ""
        model = value.items.get("model")
        model = self.evaluator.settled(model) if model is not None else None
        name = text_of(model) or text_option(model, "tableName")
        if not name and isinstance(model, ClassValue):
            name = next((it.table for it in self.drafts if it.source is model), model.facts.name)
        key = text_option(value, "key") or "id"
        return f"{name}.{key}" if name else ""

    # Associations

    def _association(self, found: _Found) -> _Association | None:
        method = _method(found.call)
        words = self.words
        if method not in {
            *words.one_to_many,
            *words.one_to_one,
            *words.many_to_one,
            *words.many_to_many,
        }:
            return None
        arguments = found.call.arguments
        if not arguments:
            return None
        owner = self._name(_object(found.call), found)
        target = self._name(arguments[0].value, found)
        options = None
        if len(arguments) > 1:
            scope = self._scope(found)
            options = self.evaluator.eval_in(arguments[1].value, found.module.file, scope)
            through = _through(arguments[1].value)
            if through is not None and isinstance(options, Map):
                known = options.items.get("through")
                if not isinstance(known, Str):
                    options.items["through"] = Str((self._name(through, found),))
        return _Association(owner, method, target, options) if owner and target else None

    def _name(self, expr: Expr, found: _Found) -> str:
        """The model that an expression means: `this`, a class, `models.User`, `db.User`."""
        dotted = walk.dotted(expr)
        if dotted in {"this", "super"} and found.function is not None:
            return _class_of(found.function)
        value = self.evaluator.eval_in(expr, found.module.file, found.module.scope)
        if isinstance(value, ClassValue | Object):
            place = place_of(value)
            for it in self.drafts:
                if it.source is value or (it.place.file, it.place.start) == (
                    place.file,
                    place.start,
                ):
                    return it.name
        return dotted.rpartition(".")[2]

    def _associate(self, association: _Association) -> None:
        draft = self._draft(association.owner)
        target = self._draft(association.target)
        if draft is None or target is None:
            return
        words, options = self.words, association.options
        given = text_option(options, "as")
        many = association.method in (*words.one_to_many, *words.many_to_many)
        name = given or (plural(target.name) if many else singular(target.name))
        kind: RelationKind = "many-to-many"
        if association.method in words.many_to_many:
            via = self._between(text_option(options, "through"), draft).table
        else:
            holder = draft if association.method in words.many_to_one else target
            referred = target if holder is draft else draft
            via = self._key(options, given if holder is draft else "", referred)
            self._add_key(holder, via, referred, options)
            kind = "many-to-one" if holder is draft else "one-to-many" if many else "one-to-one"
            if kind == "many-to-one" and self._is_single(target, draft, via):
                kind = "one-to-one"
        if all(it.name != name for it in draft.relations):
            draft.relations.append(Relation(name, target.name, kind, via))

    def _between(self, name: str, near: Draft) -> Draft:
        """The model that joins two others; the library makes one where only a table is named."""
        known = next((it for it in self.drafts if name in {it.name, it.table}), None)
        if known is not None:
            return known
        made = Draft(name, self.words.kind, name, near.place)
        made.fields = [
            Field(name=it, type="DATE", nullable=nullable, line=near.place.line)
            for it, nullable in _dates(self._globals)
        ]
        self.drafts.append(made)
        return made

    def _add_between(self, association: _Association, others: list[_Association]) -> None:
        """The keys of the model between: that of this side, and of the other where it is silent."""
        draft, target = self._draft(association.owner), self._draft(association.target)
        through = text_option(association.options, "through")
        if draft is None or target is None or not through:
            return
        between = self._between(through, draft)
        line = between.place.line
        if _implicit_key(between):
            between.fields = [it for it in between.fields if it.name != "id"]
        keyless = not any(it.primary_key and not it.references for it in between.fields)
        sides = [(self._key(association.options, "", draft), draft)]
        paired = any(
            it.owner == association.target
            and it.target == association.owner
            and text_option(it.options, "through") == through
            for it in others
        )
        if not paired:
            other = text_option(association.options, "otherKey")
            sides.append((other or self._key(None, "", target), target))
        for name, referred in sides:
            key = next((it for it in referred.fields if it.primary_key), None)
            if key is not None and between.field_named(name) is None:
                made = Field(
                    name=name,
                    type=key.type,
                    nullable=not keyless,
                    primary_key=keyless,
                    references=f"{referred.table}.{key.column or key.name}",
                    line=line,
                )
                between.fields.append(made)

    def _draft(self, name: str) -> Draft | None:
        return next((it for it in self.drafts if it.name == name), None)

    def _key(self, options: Value | None, alias: str, referred: Draft) -> str:
        """The name of the key: as it is given, else made of what it refers to."""
        said = options.items.get("foreignKey") if isinstance(options, Map) else None
        if named := text_of(said) or text_option(said, "name"):
            return named
        base = alias or singular(referred.name)
        key = next((it.name for it in referred.fields if it.primary_key), "id")
        return _joined(base, key)

    def _add_key(self, holder: Draft, name: str, referred: Draft, options: Value | None) -> None:
        key = next((it for it in referred.fields if it.primary_key), None)
        if key is None:
            return
        references = f"{referred.table}.{key.column or key.name}"
        for at, it in enumerate(holder.fields):
            if name in {it.name, it.column}:
                holder.fields[at] = replace(it, references=it.references or references)
                return
        said = options.items.get("foreignKey") if isinstance(options, Map) else None
        nullable = flag(said, "allowNull") is not False
        holder.fields.append(
            Field(
                name=name,
                type=key.type,
                nullable=nullable,
                references=references,
                line=holder.place.line,
            )
        )

    def _is_single(self, target: Draft, draft: Draft, via: str) -> bool:
        """Whether the other side says that there is one at most."""
        return any(
            it.target == draft.name and it.kind == "one-to-one" and it.via == via
            for it in target.relations
        )


def _method(call: Call) -> str:
    return call.function.name if isinstance(call.function, code.Member) else ""


def _class_of(function: Function) -> str:
    """The class that a method stands in."""
    return function.qualname.rpartition(".")[0].rpartition(".")[2]


def _joined(name: str, key: str) -> str:
    return f"{name}{key[:1].upper()}{key[1:]}"


def _object(call: Call) -> Expr:
    return call.function.object if isinstance(call.function, code.Member) else call.function


def _through(options: Expr) -> Expr | None:
    """The model of `{ through: models.Membership }` or `{ through: { model: … } }`."""
    if not isinstance(options, code.Table):
        return None
    for key, value in options.entries:
        if key == code.Text("through"):
            if isinstance(value, code.Table):
                return next((it for k, it in value.entries if k == code.Text("model")), None)
            return value
    return None


def _implicit_key(draft: Draft) -> bool:
    """Whether its only key is the one that the library adds."""
    keys = [it for it in draft.fields if it.primary_key]
    return [it.name for it in keys] == ["id"] and keys[0].line == draft.place.line


def _dates(options: Map) -> Iterator[tuple[str, bool]]:
    """The attributes that are kept by themselves, and whether each may be null."""
    if flag(options, "timestamps") is False:
        return
    names = [("createdAt", False), ("updatedAt", False)]
    if flag(options, "paranoid"):
        names.append(("deletedAt", True))
    for name, nullable in names:
        said = options.items.get(name)
        if said != Const(False):
            yield (said.text if isinstance(said, Str) else name), nullable


def _underscored(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def _items(value: Value | None) -> list[Value]:
    return value.items if isinstance(value, Seq) else []


def _site(found: _Found) -> Site:
    call = found.call
    return Site(found.module.file, call.start, call.end, call.line)


def _nowhere(file: str) -> Site:
    return Site(file, 0, 0, 0)
