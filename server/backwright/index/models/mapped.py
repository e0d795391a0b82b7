"""Classes that are mapped to tables, their attributes being columns and relationships.

Columns come from annotations (`Mapped[str | None]`), from calls, or both; mixins and parents bring
theirs. Tables that are written without a class are models too.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts import code, walk
from backwright.facts.backend import Field, Index
from backwright.facts.code import Expr
from backwright.index.evaluate import Evaluator
from backwright.index.models.annotations import Annotation, AnnotationReader
from backwright.index.models.draft import Draft, Wanted, place_of
from backwright.index.models.lineage import bases, classes, lineage, origin_of
from backwright.index.models.names import snake, text_of
from backwright.index.models.text import Writer
from backwright.index.models.vocabulary import Mapped, origin_name, package_of
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    External,
    FunctionValue,
    Map,
    Method,
    Object,
    Scope,
    Seq,
    Str,
    Unknown,
    Value,
)

_DEFAULTS = ("default", "insert_default", "default_factory", "server_default")


@dataclass(slots=True)
class _Attribute:
    """What a class or one of its ancestors says of a name."""

    value: Value | None
    annotation: Annotation | None
    line: int
    written: Expr | None = None
    scope: Scope | None = None


@dataclass(slots=True)
class MappedFamily:
    words: Mapped
    evaluator: Evaluator
    drafts: list[Draft] = field(default_factory=list)
    _columns: dict[int, tuple[Draft, str]] = field(default_factory=dict)
    """Which model and column a call has made."""

    _selves: dict[int, Map] = field(default_factory=dict)
    """The classes as their own methods see them."""

    # Which classes

    def see_class(self, class_: ClassValue) -> Draft | None:
        """The model that the class is; None for a base, a mixin, or what is no such class."""
        ancestors = lineage(class_, self.evaluator, self.words.base_arguments)
        origins = [it for it in ancestors if isinstance(it, str)]
        decorated = any(self._is(origin_of(it), self.words.decorators) for it in class_.decorators)
        making = [it for it in origins if self._is(it, self.words.base_makers)]
        based = any(self._is(it, self.words.bases) for it in origins) or decorated
        if not making and not based and not self._looks_mapped(class_):
            return None
        own = class_.scope.names
        direct = {origin_of(it) for it in bases(class_, self.evaluator)}
        if _true(own.get("__abstract__")) or (making and direct & set(making)):
            return None
        table = self._table(class_, ancestors, origins)
        if not table:
            return None
        draft = Draft(class_.facts.name, self.words.kind, table, place_of(class_), class_)
        self._fill(draft, class_, classes(ancestors))
        self.drafts.append(draft)
        return draft

    def _looks_mapped(self, class_: ClassValue) -> bool:
        """A table's name and columns below a base from outside, which a plain mixin has not."""
        own = class_.scope.names
        outside = any(isinstance(it, External | Unknown) for it in bases(class_, self.evaluator))
        return (
            outside
            and isinstance(own.get("__tablename__"), Str)
            and any(isinstance(it, Object) and self._is_attribute(it) for it in own.values())
        )

    def see_object(self, object_: Object) -> None:
        """A table that is made by a call."""
        if self._is(object_.origin, self.words.tables) and object_.arguments.positional:
            name = self._table_name(object_)
            if name and all(it.source is not object_ for it in self.drafts):
                draft = Draft(name, self.words.kind, name, place_of(object_), object_)
                self.add_items(draft, object_.arguments.positional[1:])
                for it in draft.fields:
                    if it.references:
                        table = it.references.rpartition(".")[0]
                        draft.wanted.append(Wanted(it.name, table, many=False, keys=[it.name]))
                self.drafts.append(draft)

    def see_statement(self, file: str, step: code.Do, scope: Scope) -> None:
        """An index that is made beside the classes: `Index("name", User.email)`."""
        call = step.value
        if not isinstance(call, code.Call):
            return
        if walk.dotted(call.function).rpartition(".")[2] not in self.words.indexes:
            return
        owners = [it.value.object for it in call.arguments if isinstance(it.value, code.Member)]
        owner = self.evaluator.eval_in(owners[0], file, scope) if owners else None
        draft = next((it for it in self.drafts if it.source is owner), None)
        made = self.evaluator.eval_in(call, file, scope)
        if draft is not None and isinstance(made, Object):
            self.add_items(draft, [made])

    def _is(self, origin: str, names: tuple[str, ...]) -> bool:
        return self.words.means(origin, names)

    def _table(
        self, class_: ClassValue, ancestors: list[ClassValue | str], origins: list[str]
    ) -> str:
        inherited = ""
        for base in classes(ancestors):
            mapped = base is not class_ and next(
                (it for it in self.drafts if it.source is base), None
            )
            if mapped:
                inherited = inherited or mapped.table
                continue
            if (made := base.scope.names.get("__table__")) is not None and isinstance(made, Object):
                return self._table_name(made)
            named = base.scope.names.get("__tablename__")
            if isinstance(named, FunctionValue):
                named = self._late(named, class_)
            if table := text_of(named):
                return self._qualified(table, class_, ancestors)
        named_here = any(self.words.naming.get(package_of(it)) == "snake" for it in origins)
        if named_here and (not inherited or self._has_key(class_)):
            return snake(class_.facts.name)
        return inherited

    def _has_key(self, class_: ClassValue) -> bool:
        """Whether the class itself declares a primary key, which makes a table of its own."""
        return any(
            isinstance(it, Object)
            and self._is_attribute(it)
            and _true(it.arguments.get(("primary_key",)))
            for it in class_.scope.names.values()
        )

    def _qualified(self, table: str, class_: ClassValue, ancestors: list[ClassValue | str]) -> str:
        for base in classes(ancestors):
            for extra in self._table_arguments(base, class_):
                if isinstance(extra, Map) and isinstance(schema := extra.items.get("schema"), Str):
                    return f"{schema.text}.{table}"
        return table

    def _table_name(self, table: Object) -> str:
        name, schema = table.arguments.get((0, "name")), table.arguments.get(("schema",))
        if not isinstance(name, Str) or not name.known:
            return ""
        return f"{schema.text}.{name.text}" if isinstance(schema, Str) else name.text

    # What they hold

    def _fill(self, draft: Draft, class_: ClassValue, ancestors: list[ClassValue]) -> None:
        attributes: dict[str, _Attribute] = {}
        for base in reversed(ancestors):
            attributes.update(self._declared(base, class_))
        made = class_.scope.names.get("__table__")
        if isinstance(made, Object):
            self.add_items(draft, made.arguments.positional[1:])
        for name, attribute in attributes.items():
            self._attribute(draft, name, attribute)
        for base in ancestors:
            extras = self._table_arguments(base, class_)
            if extras:
                self.add_items(draft, extras)
                break

    def _declared(self, base: ClassValue, class_: ClassValue) -> dict[str, _Attribute]:
        reader = AnnotationReader(
            self.evaluator, frozenset(self.words.annotations) | {"ClassVar", "InitVar"}
        )
        found: dict[str, _Attribute] = {}
        for step in walk.steps(base.facts.steps):
            if isinstance(step, code.Assign) and isinstance(step.target, code.Name):
                name = step.target.name
                annotation = (
                    reader.read(step.annotation, base.file, base.scope)
                    if step.annotation is not None
                    else None
                )
                value = base.scope.names.get(name) if step.value is not None else None
                found[name] = _Attribute(value, annotation, step.line, step.value, base.scope)
            elif isinstance(step, code.Define):
                function = base.scope.names.get(self._name_of(base, step))
                if isinstance(function, FunctionValue) and self._is_late(function):
                    value = self._late(function, class_)
                    returns = function.facts.returns
                    annotation = (
                        reader.read(returns, base.file, function.scope) if returns else None
                    )
                    found[function.facts.name] = _Attribute(value, annotation, function.facts.line)
        for name, value in base.scope.names.items():
            if name not in found and isinstance(value, Object) and self._is_attribute(value):
                found[name] = _Attribute(value, None, value.site.line)
        return found

    def _name_of(self, base: ClassValue, step: code.Define) -> str:
        facts = self.evaluator.facts_of(base.file)
        return facts.functions[step.function].name if facts is not None else ""

    def _late(self, function: FunctionValue, class_: ClassValue) -> Value:
        """What a method that is run once for each class gives for this one."""
        if id(class_) not in self._selves:
            known: dict[str, Value] = {}
            ancestors = lineage(class_, self.evaluator, self.words.base_arguments)
            for base in reversed(classes(ancestors)):
                known.update(base.scope.names)
            known["__name__"] = Str((class_.facts.name,))
            self._selves[id(class_)] = Map(known)
        this = self._selves[id(class_)]
        return self.evaluator.call_function(function.bound(this), Arguments())

    def _table_arguments(self, base: ClassValue, class_: ClassValue) -> list[Value]:
        value = base.scope.names.get("__table_args__")
        if isinstance(value, FunctionValue):
            value = self._late(value, class_)
        if isinstance(value, Seq):
            return value.items
        return [value] if isinstance(value, Map) else []

    def _is_late(self, function: FunctionValue) -> bool:
        return any(
            self._is(origin_of(it).removesuffix(".directive"), self.words.late)
            or self._is(origin_of(it).removesuffix(".cascading"), self.words.late)
            for it in function.decorators
        )

    def _is_attribute(self, value: Object) -> bool:
        return self._is(value.origin, self.words.columns + self.words.relationships)

    def _attribute(self, draft: Draft, name: str, attribute: _Attribute) -> None:
        value = self.evaluator.settled(attribute.value) if attribute.value is not None else None
        if isinstance(value, Object) and self._is(value.origin, self.words.wrappers):
            inner = value.arguments.get((0,))
            value = inner if isinstance(inner, Object) else value
        note = attribute.annotation
        mapped = note is not None and any(it in self.words.annotations for it in note.wrappers)
        if note is not None and not mapped:
            note = None
        extras = [
            it
            for it in (note.metadata if note is not None else ())
            if isinstance(it, Object) and self._is(it.origin, self.words.columns)
        ]
        if isinstance(value, Object) and self._is(value.origin, self.words.relationships):
            draft.wanted.append(self._relationship(name, value, attribute, note))
        elif isinstance(value, Object) and self._is(value.origin, self.words.columns):
            self._add(draft, self._column(name, value, attribute, note), [value, *extras])
        elif mapped and note is not None and (value is None or not isinstance(value, Object)):
            self._add(draft, self._column(name, None, attribute, note), extras)
        elif value == Const(None):
            draft.fields = [it for it in draft.fields if it.name != name]

    def _add(self, draft: Draft, found: Field, made: list[Object]) -> None:
        draft.fields = [it for it in draft.fields if it.name != found.name]
        draft.fields.append(found)
        for it in made:
            self._columns[id(it)] = (draft, found.column or found.name)
        if any(_true(it.arguments.get(("index",))) for it in made):
            draft.indexes.append(Index([found.name], unique=found.unique))

    # Columns

    def _column(
        self, name: str, made: Object | None, attribute: _Attribute, note: Annotation | None
    ) -> Field:
        arguments = made.arguments if made is not None else Arguments()
        metadata = note.metadata if note is not None else []
        from_type = [
            it.arguments
            for it in metadata
            if isinstance(it, Object) and self._is(it.origin, self.words.columns)
        ]
        places = [arguments, *from_type]
        primary = any(_true(it.get(("primary_key",))) for it in places)
        return Field(
            name=name,
            type=self._type(places, note),
            nullable=_nullable(places, note, primary),
            unique=any(_true(it.get(("unique",))) for it in places),
            primary_key=primary,
            default=self._default(places),
            column=_column_name(arguments, name),
            references=self._written_reference(attribute) or self._reference(places),
            line=attribute.line,
        )

    def _type(self, places: list[Arguments], note: Annotation | None) -> str:
        writer = Writer(self.evaluator)
        for arguments in places:
            given = arguments.get(("type_",))
            if given is not None:
                return writer.type(given)
            for value in arguments.positional:
                value = self.evaluator.settled(value)
                if self._is_type(value):
                    return writer.type(value)
        return note.type if note is not None else ""

    def _is_type(self, value: Value) -> bool:
        if isinstance(value, External | ClassValue | Method):
            return True
        others = self.words.references + self.words.computed
        return isinstance(value, Object) and origin_name(value.origin) not in others

    def _default(self, places: list[Arguments]) -> str:
        for name in _DEFAULTS:
            for arguments in places:
                value = arguments.get((name,))
                if value is not None and value != Const(None):
                    return Writer(self.evaluator).code(value)
        return ""

    def _written_reference(self, attribute: _Attribute) -> str:
        """The `table.column` of `ForeignKey(User.id)`: a value alone does not tell the class when
        the column comes from a mixin."""
        if attribute.written is None or attribute.scope is None:
            return ""
        for expr in walk.inner(attribute.written):
            if not isinstance(expr, code.Call) or not expr.arguments:
                continue
            first = expr.arguments[0].value
            called = walk.dotted(expr.function).rpartition(".")[2]
            if called in self.words.references and isinstance(first, code.Member):
                owner = first.object
                while isinstance(owner, code.Member) and owner.name in {
                    "c",
                    "columns",
                    "__table__",
                }:
                    owner = owner.object
                file = attribute.scope.file
                value = self.evaluator.eval_in(owner, file, attribute.scope)
                table = self._table_of(value)
                return f"{table}.{first.name}" if table else ""
        return ""

    def _table_of(self, value: Value) -> str:
        if isinstance(value, Object) and self._is(value.origin, self.words.tables):
            return self._table_name(value)
        if isinstance(value, ClassValue):
            ancestors = lineage(value, self.evaluator, self.words.base_arguments)
            return self._table(value, ancestors, [it for it in ancestors if isinstance(it, str)])
        return ""

    def _reference(self, places: list[Arguments]) -> str:
        for arguments in places:
            for value in arguments.positional:
                if isinstance(value, Object) and self._is(value.origin, self.words.references):
                    return self._referred(value.arguments.get((0, "column")))
        return ""

    def _referred(self, value: Value | None) -> str:
        """`table.column` of what a key refers to: a string, or a column of a class or table."""
        if isinstance(value, Str):
            return value.text
        if isinstance(value, Object) and id(value) in self._columns:
            draft, column = self._columns[id(value)]
            return f"{draft.table}.{column}"
        return ""

    # Constraints, and the columns of a table without a class

    def add_items(self, draft: Draft, items: list[Value]) -> None:
        for item in items:
            if not isinstance(item, Object):
                continue
            if self._is(item.origin, self.words.columns):
                named = item.arguments.get((0, "name"))
                if isinstance(named, Str):
                    found = self._column(
                        named.text, item, _Attribute(item, None, item.site.line), None
                    )
                    self._add(draft, replace(found, column=""), [item])
            elif self._is(item.origin, self.words.uniques):
                self._unique(draft, self._names(draft, item.arguments.positional), _name(item))
            elif self._is(item.origin, self.words.indexes):
                fields = self._names(draft, item.arguments.positional[1:])
                unique = _true(item.arguments.get(("unique",)))
                if unique and len(fields) == 1:
                    self._mark(draft, fields, unique=True)
                given = item.arguments.get((0, "name"))
                name = given.text if isinstance(given, Str) else ""
                draft.indexes.append(Index(fields, name, unique))
            elif self._is(item.origin, self.words.primary_keys):
                self._mark(draft, self._names(draft, item.arguments.positional), primary_key=True)
            elif self._is(item.origin, self.words.reference_constraints):
                self._constrain(draft, item.arguments)

    def _unique(self, draft: Draft, fields: list[str], name: str) -> None:
        if len(fields) == 1:
            self._mark(draft, fields, unique=True)
        else:
            draft.indexes.append(Index(fields, name, unique=True))

    def _mark(
        self, draft: Draft, names: list[str], *, unique: bool = False, primary_key: bool = False
    ) -> None:
        for at, it in enumerate(draft.fields):
            if it.name in names:
                if unique:
                    it = replace(it, unique=True)
                if primary_key:
                    it = replace(it, primary_key=True, nullable=False)
                draft.fields[at] = it

    def _constrain(self, draft: Draft, arguments: Arguments) -> None:
        own, other = arguments.get((0, "columns")), arguments.get((1, "refcolumns"))
        if not isinstance(own, Seq) or not isinstance(other, Seq):
            return
        names = self._names(draft, own.items)
        for name, referred in zip(names, other.items, strict=False):
            for at, it in enumerate(draft.fields):
                if it.name == name:
                    draft.fields[at] = replace(it, references=self._referred(referred))

    def _names(self, draft: Draft, values: list[Value]) -> list[str]:
        """The fields that a constraint names, by their column or as attributes."""
        by_column = {it.column: it.name for it in draft.fields if it.column}
        found = []
        for value in values:
            value = _inner_column(value)
            if isinstance(value, Str):
                found.append(by_column.get(value.text, value.text))
            elif isinstance(value, Object):
                column = self._columns.get(id(value), (draft, value.name))[1]
                found.append(by_column.get(column, column))
        return found

    # Relationships

    def _relationship(
        self, name: str, made: Object, attribute: _Attribute, note: Annotation | None
    ) -> Wanted:
        arguments = made.arguments
        target = self._resolved(arguments.get(self.words.target)) or self._written(attribute)
        many = None
        if note is not None:
            many = note.many or any(it in self.words.collections for it in note.wrappers)
            if target is None:
                value = note.value
                known = isinstance(value, ClassValue)
                target = value if known else note.element or note.type
        uselist = arguments.get(("uselist",))
        if isinstance(uselist, Const) and isinstance(uselist.value, bool):
            many = uselist.value
        back, backref = arguments.get(("back_populates",)), arguments.get(("backref",))
        wanted = Wanted(
            name,
            target if target is not None else "",
            many,
            self._secondary(arguments.get(self.words.secondary)),
            self._keys(arguments.get(("foreign_keys",))),
            upwards=arguments.get(("remote_side",)) is not None,
        )
        if isinstance(back, Str):
            wanted.back = back.text
        elif isinstance(backref, Str):
            wanted.back, wanted.makes_back = backref.text, True
        elif isinstance(backref, Object) and isinstance(first := backref.arguments.get((0,)), Str):
            wanted.back, wanted.makes_back = first.text, True
            wanted.back_single = backref.arguments.get(("uselist",)) == Const(False)
        return wanted

    def _resolved(self, value: Value | None) -> str | Value | None:
        if isinstance(value, FunctionValue):
            value = self.evaluator.call_function(value, Arguments())
        if isinstance(value, Str):
            return value.text
        if isinstance(value, External):
            return value.origin
        return None if value is None or isinstance(value, Unknown) else value

    def _written(self, attribute: _Attribute) -> str | Value | None:
        """The target as it is written, where its class was not known yet when it was needed."""
        call, scope = attribute.written, attribute.scope
        if not isinstance(call, code.Call) or scope is None or not call.arguments:
            return None
        first = call.arguments[0]
        if first.name or not walk.dotted(first.value):
            return None
        value = self.evaluator.eval_in(first.value, scope.file, scope)
        return self._resolved(value) or walk.dotted(first.value)

    def _secondary(self, value: Value | None) -> str:
        if isinstance(value, FunctionValue):
            value = self.evaluator.call_function(value, Arguments())
        if isinstance(value, Str):
            return value.text
        if isinstance(value, Object) and self._is(value.origin, self.words.tables):
            return self._table_name(value)
        if isinstance(value, Object) and value.receiver is None and value.origin.endswith("()"):
            return ""
        if isinstance(value, ClassValue):
            return next((it.table for it in self.drafts if it.source is value), "")
        if isinstance(value, Method | Object):  # Association.__table__
            return _name(value) if isinstance(value, Object) else ""
        return ""

    def _keys(self, value: Value | None) -> list[str]:
        if isinstance(value, FunctionValue):
            value = self.evaluator.call_function(value, Arguments())
        if isinstance(value, Str):
            return [it.strip(" []").rpartition(".")[2] for it in value.text.split(",")]
        values = value.items if isinstance(value, Seq) else [value] if value is not None else []
        return [
            self._columns[id(it)][1] if id(it) in self._columns else _own_name(it)
            for it in values
            if isinstance(it, Object | Str)
        ]


def finish(family: MappedFamily) -> None:
    """Gives columns without a type the one of the column that they refer to."""
    by_table = {it.table: it for it in family.drafts}
    for draft in family.drafts:
        for at, it in enumerate(draft.fields):
            if it.references and not it.type:
                table, _, column = it.references.rpartition(".")
                other = by_table.get(table)
                fields = other.fields if other is not None else []
                type_ = next((f.type for f in fields if column in {f.name, f.column}), "")
                draft.fields[at] = replace(it, type=type_)


def _nullable(places: list[Arguments], note: Annotation | None, primary: bool) -> bool:
    for arguments in places:
        given = arguments.get(("nullable",))
        if isinstance(given, Const) and isinstance(given.value, bool):
            return given.value
    if primary:
        return False
    return note.nullable if note is not None else True


def _column_name(arguments: Arguments, attribute: str) -> str:
    named = arguments.get(("name",))
    if named is None and arguments.positional and isinstance(arguments.positional[0], Str):
        named = arguments.positional[0]
    return named.text if isinstance(named, Str) and named.text != attribute else ""


def _name(made: Object) -> str:
    name = made.arguments.get(("name",))
    return name.text if isinstance(name, Str) else ""


def _own_name(value: Value) -> str:
    return value.text if isinstance(value, Str) else value.name if isinstance(value, Object) else ""


def _inner_column(value: Value) -> Value:
    """The column in `column.desc()` or `func.lower(column)`."""
    depth = 0
    while isinstance(value, Object) and value.receiver is not None and depth < 4:
        value, depth = value.receiver, depth + 1
    return value


def _true(value: Value | None) -> bool:
    return isinstance(value, Const) and value.value is True
